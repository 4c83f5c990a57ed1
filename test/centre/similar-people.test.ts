import { describe, expect, it } from 'vitest'
import { maskedText } from '#shared/screen/contract.ts'
import { addCase, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

const person = (family_name: string, given_names: string) => ({ identity: { family_name, given_names, usual_name: '' } })
const namesLike = async (desk: TestCentre, caseId: string) =>
  (await desk.get('people.similar', { caseId })).rows.map((row) => row.name)

describe('people with a name like it', () => {
  it('are shown while a card is filled in, likest first, and the person is not among them', async () => {
    const desk = await openTestCentre()
    await addCase(desk, person('Oumarou', 'Aïssatou'))
    await addCase(desk, person('Umaru', 'Aichatou'))
    await addCase(desk, person('Oumarou', 'Moussa'))
    await addCase(desk, person('Ngono', 'Essomba'))
    const caseId = await addCase(desk, person('Aishatu', 'Umaru'))
    expect((await namesLike(desk, caseId)).toSorted()).toEqual(['Oumarou Aïssatou', 'Umaru Aichatou'])
    await desk.get('cases.saveAnswers', { caseId, answers: { family_name: 'Mbarga', given_names: 'Paul' } })
    expect(await namesLike(desk, caseId)).toEqual([])
  })

  it('H40 change nothing: both stay two records', async () => {
    const desk = await openTestCentre()
    const first = await addCase(desk, person('Bello', 'Hawa'))
    const second = await addCase(desk, person('Bello', 'Haoua'))
    expect(await namesLike(desk, second)).toEqual(['Bello Hawa'])
    expect(await namesLike(desk, first)).toEqual(['Bello Haoua'])
    const { total } = await desk.get('cases.list', { text: '', after: null, limit: 10 })
    expect(total).toBe(2)
  })

  it('H29 are masked like any list: initials for whoever may only know that somebody is there', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'CW', 'DIR'] })
    await addCase(desk, person('Bello', 'Hawa'))
    await addUser(desk, 'zara', ['CW'])
    await signInAs(desk, 'zara')
    const mine = await addCase(desk, person('Ɓello', 'Haoua'))
    const { rows } = await desk.get('people.similar', { caseId: mine })
    expect(rows).toMatchObject([{ name: 'B. H.', opens: false, sex: '', ageYears: null }])
    expect(await desk.refusal('people.similar', { caseId: rows[0]!.id })).toBe('not-found')
    await desk.get('screen.setSafe', { on: true })
    expect(await namesLike(desk, mine)).toEqual([maskedText])
  })
})
