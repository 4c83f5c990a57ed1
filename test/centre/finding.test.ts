import { describe, expect, it } from 'vitest'
import { addCase, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

const found = async (desk: TestCentre, text: string) =>
  (await desk.get('cases.list', { text, after: null, limit: 50 })).rows.map((r) => r.name)

const people = [
  {
    family_name: 'Oumarou',
    given_names: 'Aïssatou',
    usual_name: 'unknown',
    phone: '+237612345678',
    mother_name: 'Fadimatou Bello',
    father_name: '',
  },
  { family_name: "N'Gono", given_names: 'Zara', usual_name: 'Abdoulkarim', phone: '', mother_name: 'unknown', father_name: '' },
  { family_name: 'Ɓouba', given_names: 'Ɗiya', usual_name: '', phone: '', mother_name: '', father_name: 'Zakari' },
]
async function deskOfPeople() {
  const desk = await openTestCentre({ roles: ['SUP', 'CW', 'DIR'] })
  for (const { family_name, given_names, usual_name, ...answers } of people) {
    const caseId = await addCase(desk, { identity: { family_name, given_names, usual_name } })
    await desk.get('cases.saveAnswers', { caseId, answers })
  }
  return desk
}

describe('finding people', () => {
  it('U7 one letter finds the names that begin with it; apostrophes, letters of the country and ways to write a number do not matter', async () => {
    const desk = await deskOfPeople()
    const finds = async (name: string, texts: readonly string[]) => {
      for (const text of texts) expect([text, ...(await found(desk, text))]).toEqual([text, ...(name === '' ? [] : [name])])
    }
    await finds("N'Gono Zara", ['z', 'ngono', 'N’Gono', 'ŋgono', "n'go z"])
    await finds("N'Gono Zara", ['Abdul Karim', 'zara abdoul karim', 'abdoul karim ngono', 'abdoulkarim'])
    await finds('Ɓouba Ɗiya', ['bouba', 'DIYA bouba', 'ɗiya'])
    // what the index holds beside names cannot be typed
    await finds('', ['zq', 'zt', 'q', 'unknown', "'", '.', '+', '\u{E000}', '\u{E001}6', '"*', 'NOT AND OR'])

    await finds('Oumarou Aïssatou', ['612345678', '6 12 34 56 78', '+237 612 34 56 78', '00237612345678', '(+237) 612-345-678'])
    await finds('Oumarou Aïssatou', ['6123', '6 12 34', '+237 612', 'umaru 612345678', '612 34 oumarou'])
    await finds('', ['612345679', '345678', 'bouba 612345678'])

    const { rows } = await desk.get('cases.list', { text: 'zara', after: null, limit: 1 })
    const begun = rows[0]!.number.slice(0, 13)
    await finds("N'Gono Zara", [begun, begun.replaceAll('-', ' '), begun.replaceAll('-', ''), begun.slice(7)])
  })

  it('E.1 a parent’s name beside the person’s own or whole finds them and says so, and a telephone number that is begun: but only those whose answers one may read', async () => {
    const desk = await deskOfPeople()
    const marked = async (text: string) =>
      (await desk.get('cases.list', { text, after: null, limit: 50 })).rows.map((r) => [r.name, r.byParent])
    for (const text of ['aissatou bello', 'Fatimatou Belo', 'fadi umaru'])
      expect([text, ...(await marked(text))]).toEqual([text, ['Oumarou Aïssatou', true]])
    expect(await marked('diya zakari')).toEqual([['Ɓouba Ɗiya', true]])
    expect(await marked('abdul karim')).toEqual([["N'Gono Zara", false]])
    expect(await marked('aissatou oumarou')).toEqual([['Oumarou Aïssatou', false]])
    for (const text of ['bello', 'fadimatou']) expect([text, await found(desk, text)]).toEqual([text, []])

    await addUser(desk, 'zara', ['CW'])
    await addUser(desk, 'hawa', ['REG'])
    await signInAs(desk, 'zara')
    await desk.get('cases.saveAnswers', {
      caseId: await addCase(desk, { identity: { family_name: 'Oumarou', given_names: 'Moussa', usual_name: '' } }),
      answers: { phone: '+237612399999', mother_name: 'Fadimatou Bello' },
    })
    for (const text of ['6123', 'oumarou 612', 'oumarou bello', 'fadimatou bello'])
      expect([text, await found(desk, text)]).toEqual([text, ['Oumarou Moussa']])
    expect(await found(desk, '612345678')).toEqual(['O. A.'])
    await signInAs(desk, 'hawa')
    for (const text of ['6123', 'oumarou bello']) expect([text, await found(desk, text)]).toEqual([text, []])
    expect(await found(desk, 'oumarou')).toEqual(['O. M.', 'O. A.'])
  })
})
