import { describe, expect, it } from 'vitest'
import type { WaitingAnswers } from '#shared/review/contract.ts'
import { maskedText } from '#shared/screen/contract.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { meet, pass } from '#test/support/exchange.ts'
import { addCase, openTestCentre, testLogin, testPassword, type TestCentre } from '#test/support/open-test-centre.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

const save = (desk: TestCentre, caseId: string, answers: Record<string, string>) =>
  desk.get('cases.saveAnswers', { caseId, answers })
const signInFirst = (desk: TestCentre) => desk.get('security.unlock', { login: testLogin, password: testPassword })

/** Two PCs of Mora, where the name and the telephone of a person were changed at the same time. */
async function inConflict(): Promise<{ front: TestCentre; back: TestCentre; caseId: string }> {
  const front = await openTestCentre({ site: 'MOR', seed: 11 })
  const back = await openTestCentre({ site: 'MOR', seed: 12 })
  await meet(front, back)
  const caseId = await addCase(front)
  await pass(front, back)
  await save(front, caseId, { family_name: 'Abba', phone: '+237600000011', safe_contact_notes: 'le matin' })
  await save(back, caseId, { family_name: 'Oumar', phone: '+237600000022' })
  await pass(front, back)
  await pass(back, front)
  return { front, back, caseId }
}

const fieldsOf = (rows: readonly WaitingAnswers[]) => rows.map((r) => `${r.fields.join(' ')} ${String(r.whole)}`).toSorted()

describe('answers that wait for a choice, for who has the case open', () => {
  it('I8 are shown at both with their other value, author, place and time; decided there it is final at the other', async () => {
    const { front, back, caseId } = await inConflict()
    const { rows, confidential } = await back.get('review.ofCase', { caseId })
    expect(confidential).toBe(true)
    expect(fieldsOf(rows)).toEqual(['a_family_name true', 'a_phone a_phone_owner a_phone_safe a_safe_contact_methods true'])
    const name = rows.find((r) => r.fields.includes('a_family_name'))!
    const listed = (await back.get('review.list', {})).find((c) => c.fields.includes('a_family_name'))!
    expect(name.candidates).toEqual(listed.candidates)
    const [shown, other] = name.candidates
    const file = await back.get('cases.get', { caseId })
    expect(shown!.values['a_family_name']).toBe(file.answers['family_name'])
    expect([shown!.values['a_family_name'], other!.values['a_family_name']].toSorted()).toEqual(['Abba', 'Oumar'])
    expect(other).toMatchObject({ site: 'Mora', clockWrong: false })
    await back.get('review.decide', { kind: 'case', row: caseId, fields: name.fields, change: other!.change })
    expect((await back.get('cases.get', { caseId })).answers['family_name']).toBe(other!.values['a_family_name'])
    expect(fieldsOf((await back.get('review.ofCase', { caseId })).rows)).toEqual([
      'a_phone a_phone_owner a_phone_safe a_safe_contact_methods true',
    ])
    await pass(back, front)
    expect(fieldsOf((await front.get('review.ofCase', { caseId })).rows)).toEqual([
      'a_phone a_phone_owner a_phone_safe a_safe_contact_methods true',
    ])
    expect((await front.get('cases.get', { caseId })).answers['family_name']).toBe(other!.values['a_family_name'])
  })

  it('E.1 H29 H33 each role gets those of them that it gets of the card, decided together or not; reading them is written down', async () => {
    const { front, caseId } = await inConflict()
    const look = async () => {
      const got = await front.ask('review.ofCase', { caseId })
      if (!got.ok) return got.error.code
      const { answers } = await front.get('cases.get', { caseId })
      const fields = got.value.rows.flatMap((r) => [...r.fields, ...r.candidates.flatMap((c) => Object.keys(c.values))])
      // a value that this reader does not get of the card stands nowhere
      expect(fields.filter((f) => !(f.slice(2) in answers))).toEqual([])
      return fieldsOf(got.value.rows)
    }
    /** Of the inbox: which may be chosen here, and whether the values of this person are readable. */
    const inbox = async () =>
      (await front.get('review.list', {})).map(
        (c) => `${String(c.whole)} ${String(/Abba|Oumar|\+237/.test(JSON.stringify(c.candidates)))}`,
      )
    const users = new Map<string, string>()
    for (const role of ['GBV', 'CW', 'NAT', 'DPO', 'ADM', 'COO'] as const)
      users.set(role, await addUser(front, role.toLowerCase(), [role]))
    await front.get('cases.assign', { caseId, userId: users.get('GBV')! })
    await signInAs(front, 'adm')
    await front.get('users.decideRoles', { userId: users.get('COO')!, approve: true })
    // who opened the case had the whole card that day
    front.ports.clock.advance(25 * 3_600_000)
    const seen: Record<string, unknown> = {}
    for (const login of ['cw', 'nat', 'dpo', 'gbv']) {
      await signInAs(front, login)
      seen[login] = await look()
    }
    // her own case: with a reason its identity, never the confidential rest
    await front.get('screen.reveal', { caseId, reason: 'identity', note: '' })
    seen['gbv, revealed'] = await look()
    expect((await auditEvents(front)).at(-2)).toMatchObject({ action: 'review.ofCase', object: caseId, details: { rows: 2 } })
    expect((await front.get('cases.get', { caseId })).confidential).toBe(false)
    expect(await front.refusal('review.decide', { kind: 'case', row: caseId, fields: ['a_family_name'], change: null })).toBe(
      'forbidden',
    )
    // a coordinator sees who it is after a reason, and chooses between nothing that stays closed
    await signInAs(front, 'coo')
    expect(await inbox()).toEqual(['false false', 'false false'])
    await front.get('screen.reveal', { caseId, reason: 'supervision', note: '' })
    expect((await inbox()).toSorted()).toEqual(['false true', 'true true'])
    const shown = (await front.get('review.list', {})).flatMap((c) => c.candidates.map((o) => o.values['a_safe_contact_methods']))
    expect(shown.filter((value) => value !== undefined && value !== maskedText)).toEqual([])
    expect(shown).toContain(maskedText)
    await signInFirst(front)
    seen['sup'] = await look()
    expect(await inbox()).toEqual(['false false', 'false false'])
    await front.get('screen.reveal', { caseId, reason: 'supervision', note: '' })
    seen['sup, revealed'] = await look()
    expect((await auditEvents(front)).at(-2)).toMatchObject({ action: 'review.ofCase', details: { rows: 2, confidential: 1 } })
    expect(await inbox()).toEqual(['true true', 'true true'])
    expect(seen).toEqual({
      cw: 'not-found',
      nat: 'forbidden',
      dpo: 'forbidden',
      gbv: [],
      'gbv, revealed': ['a_family_name true', 'a_phone a_phone_owner a_phone_safe false'],
      sup: [],
      'sup, revealed': ['a_family_name true', 'a_phone a_phone_owner a_phone_safe a_safe_contact_methods true'],
    })
  })
})
