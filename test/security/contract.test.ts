import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract, isCallName, type CallName } from '#shared/contract.ts'
import { noAnswers } from '#shared/envelope/envelope.ts'
import { mayDo, roles, type Role } from '#shared/permissions.ts'
import { errorCodes } from '#shared/result.ts'
import { databaseDump, openDatabaseCopy } from '#test/support/database-dump.ts'
import { openTestCentre, testLogin, testPassword } from '#test/support/open-test-centre.ts'

const names = Object.keys(contract).filter(isCallName)
const centreNames = names.filter((n) => !contract[n].shell)

/** Inputs that no call takes: wrong types, an unknown key, the keys of prototypes, something too long. */
const wrong: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, undefined, 1, 'x', [], { __unknown: 1 }, JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}')),
  fc.record({ id: fc.string({ minLength: 5000, maxLength: 6000 }), extra: fc.anything() }),
  fc.dictionary(fc.string({ minLength: 1 }), fc.anything(), { minKeys: 1 }).map((d) => ({ ...d, 'not-a-key': true })),
)

/** The names of all fields of a schema, however deep. */
function keysOf(schema: z.ZodType): string[] {
  const named = (node: unknown): string[] => {
    if (node === null || typeof node !== 'object') return []
    const properties = (node as { properties?: Record<string, unknown> }).properties ?? {}
    return [...Object.keys(properties), ...Object.values(node).flatMap(named)]
  }
  return named(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
}
const pathLike = (keys: Iterable<string>) => [...new Set(keys)].filter((k) => /path|folder|directory|url/i.test(k))

describe('the contract', () => {
  it('S19 no wrong input reaches a handler', async () => {
    const desk = await openTestCentre()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...centreNames), wrong, async (name, input) => {
        const result = await desk.centre.call(name, input)
        expect(result).toMatchObject({ ok: false, error: { code: 'bad-input' } })
      }),
      { numRuns: 400 },
    )
  })

  it('S19 a name that is not of the contract is refused, prototypes included', async () => {
    const desk = await openTestCentre()
    for (const name of ['', '__proto__', 'toString', 'constructor', 'cases.list ', 'printing.printSlip', 'files.choose']) {
      expect(await desk.centre.call(name, {})).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    }
  })

  it('S20 S45 while locked every call answers locked, but those of the lock screen', async () => {
    const desk = await openTestCentre()
    await desk.get('security.lock', {})
    const inputs = await validInputs()
    for (const name of centreNames.filter((n) => !contract[n].whileLocked)) {
      expect(`${name}: ${await desk.refusal(name, inputs[name] as never)}`).toBe(`${name}: locked`)
    }
  })

  it('S20 without the permission the answer is forbidden, and the refusal is in the audit', async () => {
    // each set of roles is a user of its own desk
    for (const held of [['DPO'], ['NAT'], ['REG'], ['DIR']] as const satisfies readonly (readonly Role[])[]) {
      const desk = await openTestCentre({ roles: held })
      const inputs = await validInputs()
      for (const name of centreNames) {
        const { permission, whileLocked } = contract[name]
        if (permission === null || whileLocked || mayDo(held, permission)) continue
        const before = mayDo(held, 'audit.read') ? (await desk.get('audit.verify', {})).events : 0
        expect(`${name}: ${await desk.refusal(name, inputs[name] as never)}`).toBe(`${name}: forbidden`)
        if (mayDo(held, 'audit.read')) expect((await desk.get('audit.verify', {})).events).toBe(before + 1)
      }
    }
  })

  it('H22 to every role but the focal point each call of the vault is as one that is not there, and leaves no trace', async () => {
    const secret = centreNames.filter((n) => contract[n].secret !== null)
    expect(secret.length).toBeGreaterThan(20)
    for (const role of roles.filter((r) => !mayDo([r], 'envelope.own'))) {
      const desk = await openTestCentre({ roles: [role] })
      const inputs = await validInputs()
      const before = await databaseDump(desk)
      const logged = desk.ports.logged.length
      for (const name of secret) {
        expect(`${role} ${name}: ${await desk.refusal(name, inputs[name] as never)}`).toBe(`${role} ${name}: not-found`)
      }
      expect(await databaseDump(desk)).toBe(before)
      const actions = (await openDatabaseCopy(desk)).prepare<[], { line: string }>('SELECT line FROM audit').all()
      expect(actions.filter((a) => /refused|envelope|failed/.test(a.line))).toEqual([])
      expect(desk.ports.logged.slice(logged)).toEqual([])
    }
  })

  it('S20 an audited call writes exactly one event, a refused one too', async () => {
    const desk = await openTestCentre()
    const inputs = await validInputs()
    const tried = centreNames.filter(
      (n) => contract[n].audited !== 'no' && !contract[n].whileLocked && !n.startsWith('security.'),
    )
    expect(tried.length).toBeGreaterThan(12)
    for (const name of tried) {
      const before = (await desk.get('audit.verify', {})).events
      await desk.ask(name, inputs[name] as never)
      const after = await desk.get('audit.verify', {})
      expect(`${name}: +${after.events - before}`).toBe(`${name}: +1`)
      expect(after.brokenAt).toBeNull()
    }
  })

  it('S21 an unexpected failure crosses as the code internal, without message, stack or path', async () => {
    const desk = await openTestCentre()
    desk.ports.random.bytes = () => {
      throw new Error('secret detail of /home/desk and SELECT')
    }
    const result = await desk.centre.call('cases.create', {
      consent: (await import('#test/support/open-test-centre.ts')).fullConsent,
    })
    expect(result).toEqual({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(desk.ports.logged)).not.toMatch(/secret|SELECT|home/)
  })

  it('S23 no input has a field of kind path: files are tokens', () => {
    const keys = new Set(names.flatMap((name) => keysOf(contract[name].input)))
    expect(keys.size).toBeGreaterThan(20)
    expect(pathLike(keys)).toEqual([])
    const planted = z.strictObject({
      a: z.array(z.union([z.strictObject({ b: z.strictObject({ filePath: z.string() }).optional() }), z.null()])),
    })
    expect(pathLike(keysOf(planted))).toEqual(['filePath'])
  })

  it('H30 no default account or password opens a fresh desk', async () => {
    const desk = await openTestCentre({ setup: 'none' })
    expect(await desk.get('security.status', {})).toMatchObject({ phase: 'first-run', mode: 'real' })
    for (const [login, password] of [
      ['admin', 'admin'],
      ['admin', 'password'],
      [testLogin, testPassword],
    ] as const) {
      expect(await desk.refusal('security.unlock', { login, password })).toBe('not-set-up')
    }
  })

  it('every role is a role of the permission table or holds none, and every refusal has a code', () => {
    expect(roles.filter((r) => mayDo([r], 'training.use'))).toEqual([...roles])
    expect(new Set(errorCodes).size).toBe(errorCodes.length)
  })
})

/** One well-formed input for every call; ids that belong to nobody. */
async function validInputs(): Promise<Record<CallName, unknown>> {
  const { fullConsent } = await import('#test/support/open-test-centre.ts')
  const file = 'a'.repeat(32)
  return {
    'security.status': {},
    'security.sites': { text: 'Mora' },
    'security.beginSetup': {
      language: 'fr',
      siteCode: 'MOR',
      userName: 'X',
      login: 'xx',
      password: 'p',
      roles: ['SUP'],
      deskPhone: '',
    },
    'security.confirmRecoveryCode': { code: 'x' },
    'security.unlock': { login: testLogin, password: 'x' },
    'security.lock': {},
    'security.evacuationPlan': {},
    'security.evacuate': { password: 'x', siteName: 'nowhere' },
    'screen.state': {},
    'screen.keepSettings': { idleMinutes: 5, safeByDefault: false },
    'screen.setSafe': { on: true },
    'screen.reveal': { caseId: 'nobody', reason: 'identity', note: '' },
    'security.recover': { code: 'x', login: testLogin, newPassword: 'x' },
    'security.start': { code: 'x', login: testLogin, newPassword: 'x' },
    'security.acceptUndertaking': { name: 'x' },
    'security.changePassword': { oldPassword: 'x', newPassword: 'x' },
    'security.beginRecoveryCode': { password: 'x' },
    'security.replaceRecoveryCode': { code: 'x', password: 'x' },
    'users.list': {},
    'users.create': { name: 'X', login: 'xx', roles: ['CW'], password: 'x' },
    'users.giveCode': { userId: 'none', password: 'x' },
    'users.disable': { userId: 'none', password: 'x' },
    'users.setRoles': { userId: 'none', roles: [] },
    'users.decideRoles': { userId: 'none', approve: true },
    'security.setLanguage': { language: 'fr' },
    'security.enterTraining': {},
    'security.leaveTraining': {},
    'security.resetTraining': {},
    'forms.quickCard': {},
    'cases.create': { consent: fullConsent },
    'cases.recordInformationSession': { consentStatus: 'refused', on: '2026-11-24', language: 'fra' },
    'cases.saveAnswers': { caseId: 'none', answers: { sex: 'F' } },
    'cases.get': { caseId: 'none' },
    'cases.list': { text: '', after: null, limit: 10 },
    'cases.counsellors': {},
    'cases.assign': { caseId: 'none', userId: 'none' },
    'cases.askFor': { caseId: 'none' },
    'cases.keepDraft': { form: 'new-case', subject: 'none', texts: { consent_status: 'given' } },
    'cases.draft': { form: 'quick-card', subject: 'none' },
    'cases.drafts': {},
    'cases.dropDraft': { form: 'quick-card', subject: 'none' },
    'directory.taxonomy': {},
    'directory.places': { text: 'Mora' },
    'directory.place': { pcode: 'CM004005002' },
    'directory.search': { text: '', sector: null, pcode: null, after: null, limit: 10 },
    'directory.get': { serviceId: 'none' },
    'directory.verify': { serviceId: 'none', how: 'phone' },
    'directory.saveModel': { file, what: 'model' },
    'directory.previewCsv': { file, job: 'j' },
    'directory.importCsv': { previewId: 'none', job: 'j' },
    'envelope.state': {},
    'envelope.open': { password: 'x' },
    'envelope.openWithPaper': { code: 'x', password: 'x' },
    'envelope.beginAnew': { password: 'x' },
    'envelope.close': {},
    'envelope.stay': {},
    'envelope.newPaper': {},
    'envelope.keepPaper': { code: 'x' },
    'envelope.list': { text: '' },
    'envelope.get': { id: 'none' },
    'envelope.create': { caseId: 'none' },
    'envelope.save': { id: 'none', answers: noAnswers },
    'envelope.services': { service: 'health' },
    'envelope.directory': { text: '' },
    'envelope.markService': { serviceId: 'none', services: [] },
    'envelope.consent': {
      id: 'none',
      service: 'health',
      serviceId: 'none',
      consent: 'yes',
      method: 'verbal',
      mayCallBack: 'no',
    },
    'envelope.outcome': { id: 'none', code: 'x', outcome: 'came' },
    'envelope.erase': { id: 'none' },
    'envelope.previewSlip': { id: 'none', code: 'x', format: 'a5' },
    'envelope.prepareSlip': { id: 'none', code: 'x', format: 'a5' },
    'envelope.printSlip': { id: 'none', code: 'x', format: 'a5', to: 'printer' },
    'envelope.holders': {},
    'envelope.giveAccess': { userId: 'none' },
    'envelope.audit': {},
    'referrals.create': { caseId: 'none', serviceId: 'none', need: 'S10', priority: 'normal' },
    'referrals.recordConsent': {
      referralId: 'none',
      given: false,
      method: null,
      on: '2026-11-24',
      items: [],
      guardianAgrees: null,
      childAssents: null,
    },
    'referrals.issue': { referralId: 'none', slipLanguage: 'bi', appointment: '' },
    'referrals.step': { referralId: 'none', to: 'accepted', on: '2026-11-24', toldBy: 'provider', reason: '' },
    'referrals.get': { referralId: 'none' },
    'referrals.byCode': { code: 'none' },
    'referrals.list': { caseId: null, show: 'all', after: null, limit: 10 },
    'printing.previewSlip': { referralId: 'none', format: 'a5' },
    'printing.prepareSlip': { referralId: 'none', format: 'a5' },
    'printing.slipPrinted': { job: 'none' },
    'printing.prepareCertificate': { certificate: 'MOR-26-NONE', language: 'fr' },
    'printing.printCertificate': { certificate: 'MOR-26-NONE', language: 'fr', to: 'printer' },
    'printing.prepareCallSheet': { caseId: 'none', language: 'fr' },
    'printing.printCallSheet': { caseId: 'none', language: 'fr', to: 'printer' },
    'printing.prepareRecovery': {},
    'printing.job': { job: 'none' },
    'printing.printSlip': { referralId: 'none', format: 'a5', to: 'printer' },
    'printing.prepareSheet': { number: 1, language: 'fr' },
    'printing.printSheet': { number: 1, language: 'fr' },
    'printing.printRecovery': { to: 'printer' },
    'sync.ownCard': {},
    'sync.saveOwnCard': { file },
    'sync.readCard': { file },
    'sync.trustCard': { previewId: 'none' },
    'sync.centres': {},
    'sync.files': { limit: 10 },
    'roster.status': {},
    'roster.setAside': {},
    'roster.beginCeremony': { renew: false },
    'roster.confirmCeremony': { sheets: ['x', 'x'] },
    'roster.open': { sheets: ['x', 'x'] },
    'roster.close': {},
    'roster.readCard': { file },
    'roster.enrol': { previewId: 'none', words: 'x' },
    'roster.saveList': { file },
    'roster.readList': { file },
    'roster.takeList': { previewId: 'none', words: '' },
    'roster.renewOwnKey': {},
    'roster.revoke': { device: 'none', reason: 'stolen' },
    'roster.retire': { device: 'none' },
    'sync.compact': { job: 'j' },
    'sync.undoImport': { importId: 1 },
    'review.list': {},
    'review.decide': { kind: 'case', row: 'none', fields: ['status'], change: null },
    'history.ofCase': { caseId: 'none', skip: 0, limit: 10 },
    'erasure.preview': { caseId: 'none' },
    'erasure.erase': { caseId: 'none', ground: 'consent-withdrawn', caseNumber: 'none' },
    'erasure.list': {},
    'rights.receivers': { caseId: 'none' },
    'rights.withdraw': { caseId: 'none', on: '2026-11-24', scopes: ['all'] },
    'rights.told': { caseId: 'none', receiver: 'centre BUE', on: '2026-11-24' },
    'sync.exportPreview': { device: 'none' },
    'sync.export': { device: 'none', file, job: 'j' },
    'sync.preview': { file, job: 'j' },
    'sync.import': { previewId: 'none', job: 'j' },
    'backups.state': {},
    'backups.daily': {},
    'backups.make': { job: 'j' },
    'backups.copyOut': { file, job: 'j' },
    'audit.verify': {},
    'audit.list': { caseId: null, day: null, user: null, kind: null, before: null, limit: 10 },
    'audit.findFile': { number: 'MOR-26-00001-1' },
    'audit.users': {},
    'files.choose': { purpose: 'slip-pdf', title: 'x' },
    'clipboard.copy': { text: 'x' },
    'app.activity': {},
    'app.cancel': { job: 'j' },
  }
}
