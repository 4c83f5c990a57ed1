import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openContainer, uncoverVault } from '#main/centre/crypto/vault-file.ts'
import { Envelope, EnvelopeAnswers, envelopeTextMax, noAnswers } from '#shared/envelope/envelope.ts'
import { openDatabaseCopy, openRealDatabase } from '#test/support/database-dump.ts'
import { quickCard } from '#shared/forms/quick-card.ts'
import { shippedForm } from '#test/support/form-files.ts'
import {
  addAgreement,
  addEnvelope,
  focalLogin,
  openEnvelopes,
  openFocalDesk,
  signInSupervisor,
} from '#test/support/focal-point.ts'
import { ownValueOf } from '#test/support/own-value.ts'
import { testPassword, type TestCentre } from '#test/support/open-test-centre.ts'
import { addUser, signInAs, userPassword } from '#test/support/test-users.ts'

const hour = 3_600_000

/** What lies under the outer layer of the vault now. */
async function innerOf(desk: TestCentre): Promise<Uint8Array> {
  const db = await openDatabaseCopy(desk)
  const key = db.prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'vault.key'").get()?.value ?? ''
  db.close()
  const inner = uncoverVault(Buffer.from(key, 'hex'), readFileSync(path.join(desk.folder, 'data/vault.db')))
  if (!inner) throw new Error('vault')
  return inner
}

describe('envelopes', () => {
  it('are written, found by code and by case, and there again after a lock and a restart', async () => {
    const { desk, caseId } = await openFocalDesk()
    expect(await desk.get('envelope.state', {})).toMatchObject({ open: false })
    expect(await openEnvelopes(desk)).toMatchObject({ open: true, changedAt: null, paperDue: true })
    const made = await addEnvelope(desk, caseId, { safeNow: 'yes', providerCaseRef: 'R-17' })
    await addEnvelope(desk, caseId)
    expect((await desk.get('envelope.list', { text: made.code.slice(0, 6) })).rows.map((r) => r.id)).toEqual([made.id])
    const again = await desk.restart()
    await signInAs(again, focalLogin)
    expect(await again.refusal('envelope.list', { text: '' })).toBe('private-closed')
    await openEnvelopes(again)
    const { rows } = await again.get('envelope.list', { text: '' })
    expect(rows).toHaveLength(2)
    expect((await again.get('envelope.get', { id: made.id })).envelope.answers).toMatchObject({ providerCaseRef: 'R-17' })
    const { whole, rows: lines } = await again.get('envelope.audit', {})
    expect(whole).toBe(true)
    expect(lines.map((l) => l.action)).toEqual(['read', 'save', 'create', 'save', 'create'])
  })

  it('H29 close after two minutes without an act, and with every lock', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    await addEnvelope(desk, caseId)
    desk.ports.clock.advance(119_000)
    await desk.get('envelope.stay', {})
    desk.ports.clock.advance(119_000)
    expect((await desk.get('envelope.list', { text: '' })).rows).toHaveLength(1)
    desk.ports.clock.advance(121_000)
    expect(await desk.refusal('envelope.list', { text: '' })).toBe('private-closed')
    await openEnvelopes(desk)
    await signInAs(desk, focalLogin)
    expect(await desk.refusal('envelope.list', { text: '' })).toBe('private-closed')
  })

  it('H19 hold no text above 60 characters, and nothing but the thirteen fields', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const { id } = await addEnvelope(desk, caseId)
    const answers = { ...noAnswers, providerCaseRef: 'x'.repeat(61) }
    expect(await desk.refusal('envelope.save', { id, answers })).toBe('bad-input')
    const free = Object.entries(EnvelopeAnswers.shape).filter(
      ([, schema]) => schema.safeParse('a free text of an account').success,
    )
    expect(free.map(([name]) => name)).toEqual(['providerCaseRef'])
    expect(EnvelopeAnswers.shape.providerCaseRef.safeParse('x'.repeat(envelopeTextMax)).success).toBe(true)
    const fields = [...Object.keys(z.toJSONSchema(Envelope, { unrepresentable: 'any', io: 'input' }).properties ?? {})]
    expect(fields.toSorted()).toEqual(['answers', 'caseId', 'clockFrom', 'code', 'consents', 'focalId', 'id', 'opened'])
  })

  it('ask nothing more of whoever only wanted to be heard', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const { id } = await addEnvelope(desk, caseId)
    for (const more of [{ safeNow: 'yes' as const }, { within72h: '72' as const }, { servicesWanted: ['health' as const] }])
      expect(await desk.refusal('envelope.save', { id, answers: { ...noAnswers, listenedOnly: 'yes', ...more } })).toBe(
        'bad-input',
      )
    expect(await desk.refusal('envelope.save', { id, answers: { ...noAnswers, listenedOnly: 'yes' } })).toBe('accepted')
  })

  it('H20 the hours that are left stand in the open envelopes alone', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const { id } = await addEnvelope(desk, caseId, { within72h: '72' })
    const left = async () => (await desk.get('envelope.list', { text: '' })).rows[0]?.hoursLeft
    expect(await left()).toBe(72)
    desk.ports.clock.set(desk.ports.clock.now() + 50 * hour)
    // written again without change, it does not begin anew
    await desk.get('envelope.save', { id, answers: { ...noAnswers, listenedOnly: 'no', within72h: '72' } })
    expect(await left()).toBe(22)
    desk.ports.clock.set(desk.ports.clock.now() + 30 * hour)
    expect(await left()).toBe(0)
    await signInSupervisor(desk)
    for (const name of ['envelope.list', 'envelope.state'] as const)
      expect(await desk.refusal(name, { text: '' } as never)).toMatch(/not-found|bad-input/)
    expect(JSON.stringify(desk.events)).not.toMatch(/hoursLeft|envelope|72/)
  })

  it('H16 only services that a focal point found fit within 90 days are offered or can be agreed to', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const { id } = await addEnvelope(desk, caseId, { servicesWanted: ['health'] })
    const { rows } = await desk.get('envelope.directory', { text: '' })
    const serviceId = rows[0]?.serviceId ?? ''
    const agree = () =>
      desk.refusal('envelope.consent', { id, service: 'health', serviceId, consent: 'yes', method: 'verbal', mayCallBack: 'no' })
    const offered = async () => (await desk.get('envelope.services', { service: 'health' })).rows.map((r) => r.serviceId)
    expect(await offered()).toEqual([])
    expect(await agree()).toBe('service-needs-check')
    await desk.get('envelope.markService', { serviceId, services: ['legal'] })
    expect(await agree()).toBe('service-needs-check')
    await desk.get('envelope.markService', { serviceId, services: ['health'] })
    desk.ports.clock.set(desk.ports.clock.now() + 90 * 24 * hour)
    expect(await offered()).toEqual([serviceId])
    desk.ports.clock.set(desk.ports.clock.now() + 24 * hour)
    expect(await offered()).toEqual([])
    expect(await agree()).toBe('service-needs-check')
  })

  it('H24 a minor, or somebody whose age is not told, is not sent to a security actor', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const { rows } = await desk.get('envelope.directory', { text: '' })
    const serviceId = rows[0]?.serviceId ?? ''
    await desk.get('security.lock', {})
    const { db, close } = await openRealDatabase(desk)
    const sql = `UPDATE organization SET security_actor = 1 WHERE id = (SELECT s.organization_id FROM service s
      JOIN service_point p ON p.service_id = s.id WHERE p.id = ?)`
    expect(db.prepare(sql).run(serviceId).changes).toBe(1)
    close()
    await signInAs(desk, focalLogin)
    await openEnvelopes(desk)
    await desk.get('envelope.markService', { serviceId, services: ['police'] })
    for (const [isMinor, outcome] of [
      ['yes', 'service-not-for-minors'],
      [null, 'service-not-for-minors'],
      ['no', 'accepted'],
    ] as const) {
      const { id } = await addEnvelope(desk, caseId, { isMinor, servicesWanted: ['police'] })
      const asked = { id, service: 'police', serviceId, consent: 'yes', method: 'verbal', mayCallBack: 'no' } as const
      expect(await desk.refusal('envelope.consent', asked)).toBe(outcome)
    }
  })

  it('H17 the slip is of variant code: no person, no need, no name of a service; the coupon is entered by the focal point', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const { id, code: survivor } = await addEnvelope(desk, caseId, { servicesWanted: ['health'] })
    const { envelope } = await addAgreement(desk, id)
    const { code, providerFr } = envelope.consents[0] ?? { code: '', providerFr: '' }
    const job = await desk.get('envelope.previewSlip', { id, code, format: 'a5' })
    if (job.kind !== 'slip') throw new Error('no slip')
    expect(job.slip).toMatchObject({ variant: 'code', person: [], provider: { name: { fr: '', en: '' }, phone: '' } })
    expect(providerFr.length).toBeGreaterThan(3)
    expect(JSON.stringify(job)).not.toContain(providerFr)
    expect(JSON.stringify(job)).not.toMatch(new RegExp(`${survivor}|Ŋgono|Aïssatou`))
    const { job: kept } = await desk.get('envelope.prepareSlip', { id, code, format: 'a5' })
    expect(await desk.get('printing.job', { job: kept })).toEqual(job)
    expect(await desk.refusal('referrals.byCode', { code })).toBe('not-found')
    const told = await desk.get('envelope.outcome', { id, code, outcome: 'came' })
    expect(told.envelope.consents[0]?.outcome).toBe('came')
  })

  it('H21 an erased envelope is in no byte of the file that any key of before or now opens', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const { code } = await desk.get('envelope.newPaper', {})
    await desk.get('envelope.keepPaper', { code })
    const marked = await addEnvelope(desk, caseId, { providerCaseRef: 'MARKED-REFERENCE-91' })
    const kept = await addEnvelope(desk, caseId)
    const own = await ownValueOf(desk, focalLogin)
    const textOf = (inner: Uint8Array) => new TextDecoder().decode(openContainer(inner, own))
    const before = await innerOf(desk)
    expect(textOf(before)).toContain('MARKED-REFERENCE-91')
    await desk.get('envelope.erase', { id: marked.id })
    const now = await innerOf(desk)
    expect(textOf(now)).toContain(kept.code)
    expect(textOf(now)).not.toMatch(new RegExp(`MARKED-REFERENCE-91|${marked.code}`))
    // the ways in of before, each over what lies there now: their content key is gone
    const oldWays = new Uint8Array(now)
    oldWays.set(before.subarray(0, 1280))
    expect(openContainer(oldWays, own)).toBeUndefined()
    expect(await desk.refusal('envelope.get', { id: marked.id })).toBe('not-found')
    expect((await desk.get('envelope.audit', {})).whole).toBe(true)
  })

  it('the chain of acts shows a line that was changed or taken out', async () => {
    const { chainIsWhole, containerIn, withLine } = await import('#main/centre/features/envelope/container.ts')
    let c = containerIn(null)
    for (const action of ['create', 'read', 'erase'] as const) c = withLine(c, { at: 1, user: 'u', action, about: 'e' })
    expect(chainIsWhole(c)).toBe(true)
    expect(chainIsWhole({ audit: [c.audit[0]!, c.audit[2]!] })).toBe(false)
    expect(chainIsWhole({ audit: c.audit.map((l, i) => (i === 1 ? { ...l, user: 'x' } : l)) })).toBe(false)
  })
})

describe('the offer of a private talk', () => {
  it('H14 is a question of every profile, required of everybody whatever else was answered', async () => {
    const section = quickCard(shippedForm('profile')).sections.find((s) =>
      s.questions.some((q) => q.name === 'private_talk_offered'),
    )
    const question = section?.questions.find((q) => q.name === 'private_talk_offered')
    expect(question?.required).toBe(true)
    expect([section?.relevant, question?.relevant]).toEqual([undefined, undefined])
  })
})

describe('who can open the envelopes', () => {
  it('a second focal point to whom the first gave access, and only then', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const made = await addEnvelope(desk, caseId)
    await signInSupervisor(desk)
    await addUser(desk, 'hadja', ['GBV'])
    await signInAs(desk, 'hadja')
    expect(await desk.refusal('envelope.open', { password: userPassword })).toBe('private-no-key')
    const { words } = await desk.get('envelope.state', {})
    await signInAs(desk, focalLogin)
    await openEnvelopes(desk)
    const { rows } = await desk.get('envelope.holders', {})
    const hadja = rows.find((r) => r.name.includes('hadja'))
    expect(hadja).toMatchObject({ hasAccess: false, self: false })
    expect(words).toHaveLength(6)
    expect(hadja?.words).toEqual(words)
    await desk.get('envelope.giveAccess', { userId: hadja?.id ?? '' })
    await signInAs(desk, 'hadja')
    await openEnvelopes(desk)
    expect((await desk.get('envelope.list', { text: '' })).rows.map((r) => r.id)).toEqual([made.id])
    // taken off with the next change, once she is no focal point any more
    await signInSupervisor(desk)
    await desk.get('users.setRoles', { userId: hadja?.id ?? '', roles: ['CW'] })
    await signInAs(desk, focalLogin)
    await openEnvelopes(desk)
    await addEnvelope(desk, caseId)
    expect(openContainer(await innerOf(desk), await ownValueOf(desk, 'hadja'))).toBeUndefined()
  })

  it('nobody by a supervisor’s code or the desk’s paper: only the own paper code of the envelopes', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const made = await addEnvelope(desk, caseId)
    const { code: paper } = await desk.get('envelope.newPaper', {})
    expect(await desk.refusal('envelope.keepPaper', { code: '0'.repeat(26) })).toBe('wrong-recovery-code')
    expect(await desk.get('envelope.keepPaper', { code: paper.toLowerCase() })).toMatchObject({ paperDue: false })
    const { user } = await desk.get('security.status', {})
    await signInSupervisor(desk)
    const { code } = await desk.get('users.giveCode', { userId: user?.id ?? '', password: testPassword })
    const newPassword = 'la-rizière-est-verte'
    await desk.get('security.start', { login: focalLogin, code, newPassword })
    expect(await desk.refusal('envelope.open', { password: newPassword })).toBe('private-no-key')
    expect(openContainer(await innerOf(desk), await ownValueOf(desk, focalLogin, newPassword))).toBeUndefined()
    const wrong = { code: '0'.repeat(26), password: newPassword }
    expect(await desk.refusal('envelope.openWithPaper', wrong)).toBe('wrong-recovery-code')
    await desk.get('envelope.openWithPaper', { code: paper, password: newPassword })
    expect((await desk.get('envelope.list', { text: '' })).rows.map((r) => r.id)).toEqual([made.id])
    await desk.get('security.lock', {})
    await desk.get('security.unlock', { login: focalLogin, password: newPassword })
    await desk.get('envelope.open', { password: newPassword })
    expect((await desk.get('envelope.list', { text: '' })).rows).toHaveLength(1)
  })

  it('one’s own change of password keeps them', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    await addEnvelope(desk, caseId)
    const newPassword = 'la-rizière-est-verte'
    await desk.get('security.changePassword', { oldPassword: userPassword, newPassword })
    await desk.get('envelope.open', { password: newPassword })
    expect((await desk.get('envelope.list', { text: '' })).rows).toHaveLength(1)
  })

  it('what nobody can open any more is given up with the password of whoever may keep envelopes', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    await addEnvelope(desk, caseId)
    const { user } = await desk.get('security.status', {})
    await signInSupervisor(desk)
    const { code } = await desk.get('users.giveCode', { userId: user?.id ?? '', password: testPassword })
    await desk.get('security.start', { login: focalLogin, code, newPassword: 'la-rizière-est-verte' })
    expect(await desk.refusal('envelope.beginAnew', { password: userPassword })).toBe('wrong-password')
    await desk.get('envelope.beginAnew', { password: 'la-rizière-est-verte' })
    expect((await desk.get('envelope.list', { text: '' })).rows).toEqual([])
  })
})
