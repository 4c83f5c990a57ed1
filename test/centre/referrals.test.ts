import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextStates, stepProblem } from '#shared/referrals/referral-steps.ts'
import { infoItems, referralStates, type ReferralState } from '#shared/referrals/referral.ts'
import { addCase, addDirectory, addIssuedReferral, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'

const day = '2026-11-24'
const consent = (referralId: string, changes: object = {}) => ({
  referralId,
  given: true,
  method: 'signature' as const,
  on: day,
  items: ['name' as const, 'need' as const],
  guardianAgrees: null,
  childAssents: null,
  ...changes,
})

/** A desk with the directory and a service that was reached today. */
async function deskWithService(): Promise<{ desk: TestCentre; serviceId: string; caseId: string }> {
  const desk = await openTestCentre()
  await addDirectory(desk)
  const { rows } = await desk.get('directory.search', { text: 'formation', sector: 'S10', pcode: 'CM004', after: null, limit: 5 })
  await desk.get('directory.verify', { serviceId: rows[0]!.id, how: 'phone' })
  return { desk, serviceId: rows[0]!.id, caseId: await addCase(desk) }
}
const create = (desk: TestCentre, caseId: string, serviceId: string, need = 'S10') =>
  desk.get('referrals.create', { caseId, serviceId, need, priority: 'normal' })

describe('referrals', () => {
  it('H2 nothing leaves draft without its own consent, whatever the order of the calls', async () => {
    const { desk, serviceId, caseId } = await deskWithService()
    const steps = fc.array(
      fc.oneof(
        fc.constant(['issue'] as const),
        fc.tuple(fc.constant('step' as const), fc.constantFrom(...referralStates)),
        fc.tuple(fc.constant('print' as const)),
        fc.tuple(fc.constant('consent' as const), fc.boolean()),
      ),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(steps, async (actions) => {
        const { row } = await create(desk, caseId, serviceId)
        for (const action of actions) {
          if (action[0] === 'issue')
            await desk.ask('referrals.issue', { referralId: row.id, slipLanguage: 'fr', appointment: '' })
          if (action[0] === 'step')
            await desk.ask('referrals.step', { referralId: row.id, to: action[1], on: day, toldBy: 'person', reason: 'x' })
          if (action[0] === 'print') await desk.ask('printing.prepareSlip', { referralId: row.id, format: 'a5' })
          if (action[0] === 'consent')
            await desk.ask('referrals.recordConsent', consent(row.id, { given: action[1], method: action[1] ? 'verbal' : null }))
          const file = await desk.get('referrals.get', { referralId: row.id })
          const consented = file.consent?.given === true
          if (!consented) {
            expect(['draft', 'declined', 'cancelled']).toContain(file.row.status)
            expect([file.row.code, file.printedTimes]).toEqual(['', 0])
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  it('H4 declining closes the referral and asks for nothing more', async () => {
    const { desk, serviceId, caseId } = await deskWithService()
    const { row } = await create(desk, caseId, serviceId)
    const file = await desk.get('referrals.recordConsent', consent(row.id, { given: false, method: null, items: [] }))
    expect([file.row.status, file.next, file.consent?.items]).toEqual(['declined', [], []])
    expect(await desk.refusal('referrals.issue', { referralId: row.id, slipLanguage: 'fr', appointment: '' })).toBe(
      'referral-step-not-allowed',
    )
  })

  it('walks from consent to confirmation, by code, and needs two voices', async () => {
    const { desk, serviceId, caseId } = await deskWithService()
    const { row } = await create(desk, caseId, serviceId)
    expect((await desk.get('referrals.recordConsent', consent(row.id))).row.status).toBe('ready')
    const issued = await desk.get('referrals.issue', { referralId: row.id, slipLanguage: 'bi', appointment: 'mardi, 9 h' })
    expect(issued).toMatchObject({
      row: { status: 'issued', dueOn: '2026-12-08' },
      validUntil: '2027-01-23',
      appointment: 'mardi, 9 h',
    })
    expect((await desk.get('referrals.byCode', { code: issued.row.code.toLowerCase() })).row.id).toBe(row.id)
    expect(await desk.refusal('referrals.byCode', { code: issued.row.code.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')) })).toBe(
      'code-invalid',
    )
    const step = (to: ReferralState, toldBy: 'provider' | 'person' | 'staff', reason = '') =>
      desk.refusal('referrals.step', { referralId: row.id, to, on: day, toldBy, reason })
    expect(await step('confirmed', 'person')).toBe('referral-step-not-allowed')
    expect(await step('accepted', 'provider')).toBe('accepted')
    expect(await step('issued', 'staff')).toBe('referral-step-not-allowed')
    expect(await step('served', 'person')).toBe('bad-input')
    expect(await step('served', 'provider')).toBe('accepted')
    expect(await step('confirmed', 'provider')).toBe('referral-same-source')
    expect(await step('partial', 'staff')).toBe('referral-same-source')
    expect(await step('partial', 'person')).toBe('accepted')
    const { history } = await desk.get('referrals.get', { referralId: row.id })
    expect(history.map((h) => h.to)).toEqual(['ready', 'issued', 'accepted', 'served', 'partial'])
  })

  it('refuses an old consent, a step before its issue, a refusal without a reason', async () => {
    const { desk, serviceId, caseId } = await deskWithService()
    const old = await create(desk, caseId, serviceId)
    await desk.get('referrals.recordConsent', consent(old.row.id, { on: '2026-10-24' }))
    expect(await desk.refusal('referrals.issue', { referralId: old.row.id, slipLanguage: 'fr', appointment: '' })).toBe(
      'referral-consent-old',
    )
    const id = await addIssuedReferral(desk, caseId)
    const step = (changes: object) =>
      desk.refusal('referrals.step', { referralId: id, to: 'accepted', on: day, toldBy: 'provider', reason: '', ...changes })
    expect(await step({ on: '2026-11-23' })).toBe('bad-input')
    expect(await step({ on: '2026-11-25' })).toBe('bad-input')
    expect(await step({ to: 'refused' })).toBe('bad-input')
    expect(await step({ to: 'refused', reason: 'complet' })).toBe('accepted')
  })

  it('H24 never refers a minor to a security actor, and H23 needs guardian and child', async () => {
    const { desk, serviceId } = await deskWithService()
    const minorConsent = {
      consent_status: 'guardian',
      consent_giver: 'parent',
      guardian_consent_name: 'B. Bello',
      child_assent: 'yes',
    }
    const child = await addCase(desk, { consent: minorConsent, identity: { birth_date: '2012' } })
    const adultConsent = await addCase(desk, { identity: { birth_date: '2012' } })
    expect(await desk.refusal('referrals.create', { caseId: adultConsent, serviceId, need: 'S10', priority: 'normal' })).toBe(
      'guardian-consent-missing',
    )
    const csv = `${desk.folder}/police.csv`
    const { writeFileSync } = await import('node:fs')
    writeFileSync(
      csv,
      'id,name_fr,sector_codes,arrondissement_pcode,provider_type,last_verified\np1,Poste de sécurité,S13,CM004005002,police,2026-11-01\n',
    )
    const preview = await desk.get('directory.previewCsv', { file: desk.token(csv), job: 'p' })
    await desk.get('directory.importCsv', { previewId: preview.previewId, job: 'i' })
    const { rows } = await desk.get('directory.search', {
      text: 'poste de securite',
      sector: null,
      pcode: null,
      after: null,
      limit: 5,
    })
    expect(rows[0]).toMatchObject({ securityActor: true })
    expect(
      await desk.refusal('referrals.create', { caseId: child, serviceId: rows[0]!.id, need: 'S13', priority: 'normal' }),
    ).toBe('service-not-for-minors')
    const { row } = await create(desk, child, serviceId)
    expect(await desk.refusal('referrals.recordConsent', consent(row.id))).toBe('guardian-consent-missing')
    expect(await desk.refusal('referrals.recordConsent', consent(row.id, { guardianAgrees: true, childAssents: false }))).toBe(
      'guardian-consent-missing',
    )
    expect(await desk.refusal('referrals.recordConsent', consent(row.id, { guardianAgrees: true, childAssents: true }))).toBe(
      'accepted',
    )
  })

  it('refuses a service that was not checked, a sensitive need, and a person who declined referrals', async () => {
    const desk = await openTestCentre()
    await addDirectory(desk)
    const { rows } = await desk.get('directory.search', { text: '', sector: 'S10', pcode: null, after: null, limit: 5 })
    const ask = (caseId: string, need = 'S10') =>
      desk.refusal('referrals.create', { caseId, serviceId: rows[0]!.id, need, priority: 'normal' })
    const caseId = await addCase(desk)
    expect(await ask(caseId)).toBe('service-needs-check')
    expect(await ask(caseId, 'S04')).toBe('bad-input')
    expect(await ask(await addCase(desk, { consent: { consent_referral_general: 'no' } }))).toBe('consent-missing')
  })

  it('shows what is overdue when its day has passed, and not before', async () => {
    const { desk, caseId } = await deskWithService()
    const id = await addIssuedReferral(desk, caseId)
    const overdue = async () =>
      (await desk.get('referrals.list', { caseId: null, show: 'overdue', after: null, limit: 10 })).rows.map((r) => r.id)
    desk.ports.clock.set(Date.UTC(2026, 11, 8, 8))
    expect(await overdue()).toEqual([])
    desk.ports.clock.set(Date.UTC(2026, 11, 9, 8))
    expect(await overdue()).toEqual([id])
    expect(await desk.get('referrals.list', { caseId: null, show: 'open', after: null, limit: 10 })).toMatchObject({
      open: 1,
      overdue: 1,
    })
  })

  it('counts prints: the second is a duplicate with the same code, and a closed referral prints no more', async () => {
    const { desk, caseId } = await deskWithService()
    const id = await addIssuedReferral(desk, caseId)
    const print = async () => {
      const { job } = await desk.get('printing.prepareSlip', { referralId: id, format: 'a4-two' })
      const drawn = await desk.get('printing.job', { job })
      await desk.get('printing.slipPrinted', { job })
      return drawn
    }
    const [first, second] = [await print(), await print()]
    expect(first).toMatchObject({ kind: 'slip', format: 'a4-two', slip: { duplicate: false } })
    expect(second).toMatchObject({ kind: 'slip', slip: { duplicate: true, code: first.kind === 'slip' ? first.slip.code : '' } })
    expect((await desk.get('referrals.get', { referralId: id })).printedTimes).toBe(2)
    await desk.get('referrals.step', { referralId: id, to: 'cancelled', on: day, toldBy: 'staff', reason: 'erreur' })
    expect(await desk.refusal('printing.prepareSlip', { referralId: id, format: 'a5' })).toBe('referral-step-not-allowed')
  })
})

describe('state machine', () => {
  it('I8 has no path out of a closed state and none back to issued', () => {
    const reachable = (from: ReferralState, seen = new Set<ReferralState>()): Set<ReferralState> => {
      for (const next of nextStates(from)) if (!seen.has(next)) reachable(next, seen.add(next))
      return seen
    }
    for (const closed of ['declined', 'confirmed', 'partial', 'lost', 'cancelled', 'withdrawn', 'rerouted'] as const)
      expect(nextStates(closed)).toEqual([])
    for (const state of referralStates)
      for (const back of ['draft', 'ready', 'issued'] as const) expect(reachable(state)).not.toContain(back)
  })

  it('I8 confirmed needs the person, from whatever state and source', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...referralStates),
        fc.constantFrom('provider', 'person', 'staff'),
        fc.constantFrom('provider', 'person', 'staff', ''),
        (from, toldBy, servedToldBy) => {
          const problem = stepProblem({
            from,
            to: 'confirmed',
            toldBy,
            reason: '',
            on: day,
            issuedOn: day,
            dueOn: '',
            today: day,
            servedToldBy,
            roles: ['CW'],
            hoursOpen: 0,
            couponShown: false,
          } as Parameters<typeof stepProblem>[0])
          if (problem === undefined) expect([toldBy, from === 'served' && servedToldBy === 'person']).toEqual(['person', false])
        },
      ),
    )
    expect(infoItems).toHaveLength(7)
  })
})
