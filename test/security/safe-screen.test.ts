import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { contract, isCallName, type CallInput, type CallName } from '#shared/contract.ts'
import { maskedText } from '#shared/screen/contract.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import {
  addCase,
  addCaseForm,
  addDirectory,
  addIssuedReferral,
  fullConsent,
  fullIdentity,
  openTestCentre,
  testLogin,
  testPassword,
  type TestCentre,
} from '#test/support/open-test-centre.ts'
import { instanceXml } from '#test/support/submission-files.ts'

/** Words of the person that no answer may hold while they are masked. */
const personal = ['Ŋgono', 'Aïssatou', '600000042', 'CM004005']
const readable = (value: unknown) => personal.filter((word) => JSON.stringify(value).includes(word))

async function deskWithPerson(): Promise<{ desk: TestCentre; caseId: string; referralId: string; caseFormId: string }> {
  const desk = await openTestCentre({ roles: ['SUP', 'CW', 'DIR'] })
  await addDirectory(desk)
  const caseId = await addCase(desk)
  const referralId = await addIssuedReferral(desk, caseId)
  const caseFormId = await addCaseForm(desk, caseId, 'counselling', { session_decisions: 'Aïssatou veut coudre' })
  await desk.get('cases.keepDraft', { form: 'quick-card', subject: caseId, texts: { given_names: 'Aïssatou B' } })
  const interview = path.join(desk.folder, 'interview.xml')
  writeFileSync(interview, instanceXml({ answers: { ...fullConsent, ...fullIdentity } }))
  const { previewId } = await desk.get('submissions.preview', { files: [desk.token(interview)], job: 'p' })
  await desk.get('submissions.take', { previewId, job: 't' })
  await desk.get('cases.keepDraft', { form: 'case-form', subject: caseFormId, texts: { session_note: 'chez Aïssatou' } })
  return { desk, caseId, referralId, caseFormId }
}

/** Every call that reads, and those that write and answer with a person: a new one has to stand here. */
function readsOf({ caseId, referralId, caseFormId }: Awaited<ReturnType<typeof deskWithPerson>>): {
  readonly [K in CallName]?: CallInput<K>
} {
  return {
    'cases.get': { caseId },
    'cases.list': { text: '', after: null, limit: 50 },
    'people.similar': { caseId },
    'people.possible': { job: 'j' },
    'people.linked': { caseId },
    'people.decisions': { caseId, otherId: 'nobody' },
    'cases.draft': { form: 'quick-card', subject: caseId },
    'caseForms.list': { caseId },
    'caseForms.get': { caseFormId },
    'caseForms.create': { caseId, form: 'plan' },
    'caseForms.save': { caseFormId, answers: { session_type: 'individual' } },
    'users.list': {},
    'cases.drafts': {},
    'submissions.waiting': { limit: 10 },
    'cases.saveAnswers': { caseId, answers: { sex: 'F' } },
    'referrals.get': { referralId },
    'referrals.byCode': { code: '' },
    'referrals.list': { caseId: null, show: 'all', after: null, limit: 50 },
    'referrals.step': { referralId, to: 'acknowledged', on: '2026-11-24', toldBy: 'staff', reason: '' },
    'history.ofCase': { caseId, skip: 0, limit: 50 },
    'erasure.preview': { caseId },
    'rights.receivers': { caseId },
    'rights.tasks': {},
    'rights.requests': { caseId },
    'cases.lookAtText': { caseId, written: 'Aïssatou Ngono' },
    'printing.previewOwnRecord': { caseId, language: 'fr' },
    'audit.list': { caseId, day: null, user: null, kind: null, before: null, limit: 100 },
    'audit.findFile': { number: 'MOR-26-000001-25' },
    'printing.previewSlip': { referralId, format: 'a5' },
    'review.list': {},
    'review.ofCase': { caseId },
  }
}

describe('safe screen', () => {
  it('H29 no answer of the centre holds a masked person, until the person is revealed', async () => {
    const made = await deskWithPerson()
    const { desk, caseId, referralId } = made
    const { row } = await desk.get('referrals.get', { referralId })
    const reads: Record<string, unknown> = { ...readsOf(made), 'referrals.byCode': { code: row.code } }
    const readNames = Object.keys(contract).filter(isCallName)
    expect(readNames.filter((name) => contract[name].audited === 'read' && !(name in reads))).toEqual([])
    const before = await Promise.all(Object.entries(reads).map(([name, input]) => desk.centre.call(name, input)))
    expect(before.filter((answer) => readable(answer).length > 0).length).toBeGreaterThan(8)

    await desk.get('screen.setSafe', { on: true })
    for (const [name, input] of Object.entries(reads)) {
      const answer = await desk.centre.call(name, input)
      expect(`${name}: ${readable(answer).join(' ')}`).toBe(`${name}: `)
    }
    expect((await desk.get('cases.list', { text: 'ngono', after: null, limit: 10 })).rows[0]?.name).toBe(maskedText)

    const shown = await desk.get('screen.reveal', { caseId, reason: 'telephone', note: '' })
    expect(shown.name).toContain(fullIdentity['family_name'])
    expect(readable(await desk.get('cases.get', { caseId })).length).toBeGreaterThan(2)
    expect((await desk.get('referrals.get', { referralId })).row.personName).toContain('Ŋgono')
  })

  it('H33 revealing is written down with its reason, and refused without one', async () => {
    const { desk, caseId } = await deskWithPerson()
    await desk.get('screen.setSafe', { on: true })
    expect(await desk.refusal('screen.reveal', { caseId, reason: 'other', note: ' ' })).toBe('bad-input')
    expect(await desk.refusal('screen.reveal', { caseId, reason: 'other', note: 'x'.repeat(61) })).toBe('bad-input')
    expect(await desk.refusal('screen.reveal', { caseId: 'nobody', reason: 'identity', note: '' })).toBe('not-found')
    expect((await desk.get('cases.get', { caseId })).masked).toBe(true)
    await desk.get('screen.reveal', { caseId, reason: 'other', note: 'dossier à signer' })
    expect((await auditEvents(desk)).at(-1)).toMatchObject({
      action: 'mask.reveal',
      object: caseId,
      details: { reason: 'other', note: 'dossier à signer' },
    })
  })

  it('H29 what was revealed is masked again after a lock, and the desk may begin every session masked', async () => {
    const { desk, caseId } = await deskWithPerson()
    await desk.get('screen.keepSettings', { idleMinutes: 3, safeByDefault: true })
    expect(desk.events).toContainEqual({ name: 'idleLimit', data: { minutes: 3 } })
    await desk.get('screen.setSafe', { on: true })
    await desk.get('screen.reveal', { caseId, reason: 'identity', note: '' })
    await desk.get('security.lock', {})
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect(await desk.get('screen.state', {})).toEqual({ safe: true, idleMinutes: 3, safeByDefault: true })
    expect(readable(await desk.get('cases.get', { caseId }))).toEqual([])
    expect(desk.events.filter((e) => e.name === 'idleLimit').at(-1)?.data).toEqual({ minutes: 3 })
    await desk.get('screen.setSafe', { on: false })
    expect((await desk.get('cases.get', { caseId })).masked).toBe(false)
    for (const idleMinutes of [0, 16, 2.5])
      expect(await desk.refusal('screen.keepSettings', { idleMinutes, safeByDefault: false })).toBe('bad-input')
  })

  it('a person received in safe mode is shown to whoever received them', async () => {
    const { desk } = await deskWithPerson()
    await desk.get('screen.setSafe', { on: true })
    const made = await addCase(desk, { identity: { family_name: 'Nouvelle' } })
    expect((await desk.get('cases.get', { caseId: made })).row.name).toContain('Nouvelle')
  })
})

describe('lock and switch', () => {
  it('S45 only who locked goes on where they were; a switch or a restart begins at home', async () => {
    const desk = await openTestCentre()
    const unlock = async (at = desk) => (await at.get('security.unlock', { login: testLogin, password: testPassword })).resumed
    await desk.get('security.lock', {})
    expect(await unlock()).toBe(true)
    await desk.centre.lock('idle')
    expect(await unlock()).toBe(true)
    await desk.get('security.lock', { why: 'switch' })
    expect(await unlock()).toBe(false)
    expect(await unlock(await desk.restart())).toBe(false)
  })

  it('U22 the quick-hide key keeps the window covered until the password, and every lock says why', async () => {
    const desk = await openTestCentre()
    expect(await desk.get('security.lock', { why: 'hide' })).toMatchObject({ phase: 'locked', hidden: true })
    expect(await desk.get('security.status', {})).toMatchObject({ phase: 'locked', hidden: true })
    expect(await desk.refusal('security.unlock', { login: testLogin, password: 'pas-le-bon-mot' })).toBe('wrong-password')
    expect((await desk.get('security.status', {})).hidden).toBe(true)
    expect(await desk.get('security.unlock', { login: testLogin, password: testPassword })).not.toHaveProperty('hidden')
    for (const why of ['idle', 'suspend', 'switch'] as const) {
      await desk.centre.lock(why)
      expect(await desk.get('security.status', {})).not.toHaveProperty('hidden')
      await desk.get('security.unlock', { login: testLogin, password: testPassword })
    }
    // a locked desk hides its sign-in too
    await desk.get('security.lock', {})
    expect(await desk.get('security.lock', { why: 'hide' })).toMatchObject({ hidden: true })
    const locks = (await auditEvents(desk)).filter((e) => e.action === 'lock').map((e) => e.details?.['why'])
    expect(locks).toEqual(['hide', 'idle', 'suspend', 'switch', 'user'])
  })
})
