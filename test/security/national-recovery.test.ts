import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#test/support/audit-events.ts'
import { listOf, ceremony, joinNetwork, nationalWordsOf, openOffice, takeList } from '#test/support/national.ts'
import { addCase, openTestCentre, testLogin, testPassword, type TestCentre } from '#test/support/open-test-centre.ts'
import { addUser } from '#test/support/test-users.ts'

const newPassword = 'la-pluie-tombe-tard'
const recovery = async (desk: TestCentre) => (await desk.get('roster.status', {})).recovery
const recover = (sheets: readonly string[], login: string = testLogin) => ({ sheets: [...sheets], login, newPassword })

/** An office with its three sheets, and Mora, whose key is sealed for them. */
async function sealedDesk(): Promise<{ office: TestCentre; mora: TestCentre; sheets: readonly string[] }> {
  const office = await openOffice()
  const sheets = await ceremony(office)
  const mora = await openTestCentre()
  expect(await recovery(mora)).toBe('unknown')
  expect(await mora.refusal('roster.allowRecovery', { password: testPassword })).toBe('national-none')
  await joinNetwork(office, mora)
  expect(await recovery(mora)).toBe('known')
  expect(await mora.refusal('roster.allowRecovery', { password: 'pas-le-bon-mot' })).toBe('wrong-password')
  await mora.get('roster.allowRecovery', { password: testPassword })
  expect(await recovery(mora)).toBe('here')
  return { office, mora, sheets }
}

describe('recovery by two sheets of the national key', () => {
  it('H36 any two sheets set a new password at a locked desk, the files are read again, and the register says how', async () => {
    const { mora, sheets } = await sealedDesk()
    const caseId = await addCase(mora)
    await addUser(mora, 'hadja', ['CW'])
    for (const [first, second] of [
      [0, 1],
      [2, 1],
      [0, 2],
    ] as const) {
      await mora.get('security.lock', {})
      const status = await mora.get('security.recoverNational', recover([sheets[first]!.toLowerCase(), ` ${sheets[second]!} `]))
      expect(status).toMatchObject({ phase: 'unlocked', user: { name: 'Aminatou B.' } })
    }
    expect((await mora.get('cases.get', { caseId })).row.number).toMatch(/^MOR-/)
    await mora.get('security.lock', {})
    expect(await mora.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('wrong-password')
    expect(await mora.refusal('security.unlock', { login: testLogin, password: newPassword })).toBe('accepted')
    await mora.get('security.changePassword', { oldPassword: newPassword, newPassword: testPassword })
    const events = await auditEvents(mora)
    expect(events.filter((e) => e.action === 'password.recover-national')).toHaveLength(3)
    expect(events.find((e) => e.action === 'recovery.national')).toBeDefined()
    const told = await mora.get('audit.list', { caseId: null, day: null, user: null, kind: 'sign-in', before: null, limit: 100 })
    expect(told.entries.some((e) => e.action === 'password.recover-national')).toBe(true)
    // others keep what they had, and the next password is as good as the first
    await mora.get('security.lock', {})
    expect(await mora.refusal('security.recoverNational', recover(sheets.slice(0, 2), 'personne'))).toBe('not-found')
  })

  it('H36 one sheet, the same twice, a wrong letter, sheets of two ceremonies, of another office: nothing opens, and only what opens nothing counts', async () => {
    const { mora, sheets } = await sealedDesk()
    await mora.get('security.lock', {})
    const other = await ceremony(await openOffice({ seed: 501 }))
    const refusal = (a: string, b: string) => mora.refusal('security.recoverNational', recover([a, b]))
    expect(await refusal(sheets[0]!, '')).toBe('share-incomplete')
    expect(await refusal(sheets[0]!, sheets[0]!)).toBe('share-twice')
    const wrong = sheets[1]!.replace(/^./, (letter) => (letter === '2' ? '3' : '2'))
    expect(await refusal(sheets[0]!, wrong)).toBe('share-wrong')
    expect(await refusal(sheets[0]!, other[1]!)).toBe('share-other-ceremony')
    expect(await refusal(other[0]!, other[1]!)).toBe('wrong-shares')
    expect(await mora.refusal('security.recoverNational', { ...recover(sheets.slice(0, 2)), newPassword: 'motdepasse1' })).toBe(
      'weak-password',
    )
    for (let i = 0; i < 4; i += 1) await refusal(other[0]!, other[1]!)
    expect(await refusal(sheets[0]!, sheets[1]!)).toBe('wait-before-retry')
    // and nobody who has a password has to wait for that
    expect(await mora.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('accepted')
    expect((await auditEvents(mora)).some((e) => e.action === 'login.failed' && e.details?.['failures'] === 5)).toBe(true)
  })

  it('H36 a renewed national key needs the desk’s word again; until then the former sheets open, then the new ones alone', async () => {
    const { office, mora, sheets } = await sealedDesk()
    const renewed = await ceremony(office, true)
    await takeList(mora, await listOf(office), await nationalWordsOf(office))
    expect(await recovery(mora)).toBe('former')
    await mora.get('security.lock', {})
    expect(await mora.refusal('security.recoverNational', recover(renewed.slice(0, 2)))).toBe('wrong-shares')
    await mora.get('security.recoverNational', recover(sheets.slice(0, 2)))
    await mora.get('roster.allowRecovery', { password: newPassword })
    expect(await recovery(mora)).toBe('here')
    await mora.get('security.lock', {})
    expect(await mora.refusal('security.recoverNational', recover(sheets.slice(0, 2)))).toBe('wrong-shares')
    await mora.get('security.recoverNational', recover(renewed.slice(1)))
  })

  it('H36 a list that names a recipient which the national key did not sign is believed without it', async () => {
    const office = await openOffice()
    await ceremony(office)
    const stranger = await openOffice({ seed: 501 })
    await ceremony(stranger)
    const mora = await openTestCentre()
    const read = async (desk: TestCentre) => JSON.parse(readFileSync(await listOf(desk), 'utf8')) as Record<string, unknown>
    const { psrl, v, national, statements } = await read(office)
    const forged = path.join(mora.folder, 'forged.psrlcard')
    writeFileSync(forged, `${JSON.stringify({ psrl, v, national, recovery: (await read(stranger))['recovery'], statements })}\n`)
    await takeList(mora, forged, await nationalWordsOf(office))
    expect(await recovery(mora)).toBe('unknown')
    await takeList(mora, await listOf(office), [])
    expect(await recovery(mora)).toBe('known')
  })

  it('H36 H52 after an evacuation the two sheets are the one way back', async () => {
    const { mora, sheets } = await sealedDesk()
    const caseId = await addCase(mora)
    expect(await mora.get('security.evacuationPlan', {})).toEqual({ wayBack: 'national' })
    await mora.get('security.evacuate', { password: testPassword, siteName: 'Mora' })
    expect(await mora.refusal('security.unlock', { login: testLogin, password: testPassword })).toBe('wrong-password')
    const again = await mora.restart()
    await again.get('security.recoverNational', recover([sheets[2]!, sheets[0]!]))
    expect((await again.get('cases.get', { caseId })).row.id).toBe(caseId)
  })
})
