import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Answers } from '#shared/forms/form-definition.ts'
import { addCase, addDirectory, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'

const day = '2026-11-24'
const guarded: Answers = {
  consent_status: 'guardian',
  consent_giver: 'parent',
  guardian_consent_name: 'B. Bello',
  child_assent: 'yes',
}

/** A desk with the directory, a case, and a referral as far as told. */
async function referralAt(
  state: 'draft' | 'ready' | 'issued',
  options: { readonly consent?: Answers; readonly identity?: Answers } = {},
) {
  const desk = await openTestCentre()
  await addDirectory(desk)
  const caseId = await addCase(desk, options)
  const { rows } = await desk.get('directory.search', { text: 'formation', sector: 'S10', pcode: 'CM004', after: null, limit: 5 })
  const service = rows[0]!
  await desk.get('directory.verify', { serviceId: service.id, how: 'phone' })
  const { row } = await desk.get('referrals.create', { caseId, serviceId: service.id, need: 'S10', priority: 'normal' })
  const referralId = row.id
  const minor = options.consent !== undefined
  const calls = {
    consent: (changes: object = {}) =>
      desk.refusal('referrals.recordConsent', {
        referralId,
        given: true,
        method: 'signature',
        on: day,
        items: ['name', 'need'],
        guardianAgrees: minor ? true : null,
        childAssents: minor ? true : null,
        ...changes,
      }),
    issue: (appointment = '') => desk.refusal('referrals.issue', { referralId, slipLanguage: 'bi', appointment }),
    preview: () => desk.refusal('printing.previewSlip', { referralId, format: 'a5' }),
    prepare: () => desk.refusal('printing.prepareSlip', { referralId, format: 'a5' }),
    blocked: async () => (await desk.get('referrals.get', { referralId })).blocked,
  }
  if (state !== 'draft') expect(await calls.consent()).toBe('accepted')
  if (state === 'issued') expect(await calls.issue()).toBe('accepted')
  const answer = (answers: Answers) => desk.get('cases.saveAnswers', { caseId, answers })
  return { desk, caseId, referralId, service, answer, ...calls }
}

/** The same service as the directory's file now has it. */
async function serviceBecomes(desk: TestCentre, name: string, columns: Readonly<Record<string, string>>): Promise<void> {
  const line = {
    id: 'x1',
    name_fr: name,
    sector_codes: 'S10',
    arrondissement_pcode: 'CM004005002',
    last_verified: day,
    ...columns,
  }
  const file = path.join(desk.folder, 'change.csv')
  writeFileSync(file, `${Object.keys(line).join(',')}\n${Object.values(line).join(',')}\n`)
  const preview = await desk.get('directory.previewCsv', { file: desk.token(file), job: 'p' })
  await desk.get('directory.importCsv', { previewId: preview.previewId, job: 'i' })
}

describe('what may have changed since the draft', () => {
  it('H5 who withdrew gets no consent recorded, no issue, no slip and no second slip', async () => {
    for (const withdrawn of [{ consent_referral_general: 'no' }, { consent_status: 'refused' }] as readonly Answers[]) {
      const draft = await referralAt('draft')
      await draft.answer(withdrawn)
      expect([await draft.blocked(), await draft.consent()]).toEqual(['consent-missing', 'consent-missing'])
      // saying no is always possible
      expect(await draft.consent({ given: false, method: null, items: [] })).toBe('accepted')
      const ready = await referralAt('ready')
      await ready.answer(withdrawn)
      expect([await ready.blocked(), await ready.issue()]).toEqual(['consent-missing', 'consent-missing'])
      const issued = await referralAt('issued')
      expect([await issued.blocked(), await issued.preview(), await issued.prepare()]).toEqual([null, 'accepted', 'accepted'])
      await issued.answer(withdrawn)
      expect([await issued.blocked(), await issued.preview(), await issued.prepare()]).toEqual([
        'consent-missing',
        'consent-missing',
        'consent-missing',
      ])
      const { printedTimes, row } = await issued.desk.get('referrals.get', { referralId: issued.referralId })
      expect([printedTimes, row.status]).toEqual([0, 'issued'])
    }
  })

  it('H5 a referral whose consent was withdrawn is neither issued nor printed', async () => {
    const { desk, referralId, preview, prepare, issue } = await referralAt('issued')
    await desk.get('referrals.step', { referralId, to: 'withdrawn', on: day, toldBy: 'person', reason: '' })
    expect([await preview(), await prepare(), await issue()]).toEqual(Array(3).fill('referral-step-not-allowed'))
  })

  it('H23 an age that turns out to be a minor’s stops consent, issue and print until guardian and child agree', async () => {
    const corrected = { birth_date: '2012' }
    const draft = await referralAt('draft')
    await draft.answer(corrected)
    expect(await draft.consent()).toBe('guardian-consent-missing')
    const ready = await referralAt('ready')
    await ready.answer({ ...corrected, ...guarded })
    expect([await ready.blocked(), await ready.issue()]).toEqual(['guardian-consent-missing', 'guardian-consent-missing'])
    // asked again, of both, the way is open
    expect(await ready.consent({ guardianAgrees: true, childAssents: true })).toBe('accepted')
    expect([await ready.blocked(), await ready.issue(), await ready.prepare()]).toEqual([null, 'accepted', 'accepted'])
    const issued = await referralAt('issued')
    await issued.answer(corrected)
    expect([await issued.blocked(), await issued.prepare()]).toEqual(['guardian-consent-missing', 'guardian-consent-missing'])
  })

  it('H24 a service that turns out to be a security actor’s prints no slip for a minor', async () => {
    const desk = await openTestCentre()
    await addDirectory(desk)
    await serviceBecomes(desk, 'Foyer', {})
    const caseId = await addCase(desk, { consent: guarded, identity: { birth_date: '2012' } })
    const { rows } = await desk.get('directory.search', { text: 'foyer', sector: null, pcode: null, after: null, limit: 5 })
    const { row } = await desk.get('referrals.create', { caseId, serviceId: rows[0]!.id, need: 'S10', priority: 'normal' })
    const consent = {
      referralId: row.id,
      given: true,
      method: 'signature' as const,
      on: day,
      items: [],
      guardianAgrees: true,
      childAssents: true,
    }
    await serviceBecomes(desk, 'Foyer', { provider_type: 'gendarmerie', cost: 'free' })
    expect(await desk.refusal('referrals.recordConsent', consent)).toBe('service-not-for-minors')
    await serviceBecomes(desk, 'Foyer', { provider_type: 'ngo_local', cost: 'fee' })
    await desk.get('referrals.recordConsent', consent)
    await desk.get('referrals.issue', { referralId: row.id, slipLanguage: 'fr', appointment: '' })
    await serviceBecomes(desk, 'Foyer', { provider_type: 'gendarmerie', cost: 'free' })
    expect(await desk.refusal('printing.prepareSlip', { referralId: row.id, format: 'a5' })).toBe('service-not-for-minors')
  })

  it('H16 a service that became sensitive, or was not checked for long, gets no issue and no slip', async () => {
    const { desk, caseId } = await referralAt('draft')
    await serviceBecomes(desk, 'Foyer', {})
    const { rows } = await desk.get('directory.search', { text: 'foyer', sector: null, pcode: null, after: null, limit: 5 })
    const { row } = await desk.get('referrals.create', { caseId, serviceId: rows[0]!.id, need: 'S10', priority: 'normal' })
    await desk.get('referrals.recordConsent', {
      referralId: row.id,
      given: true,
      method: 'verbal',
      on: day,
      items: [],
      guardianAgrees: null,
      childAssents: null,
    })
    const issue = () => desk.refusal('referrals.issue', { referralId: row.id, slipLanguage: 'fr', appointment: '' })
    await serviceBecomes(desk, 'Foyer', { sensitive_service: '1' })
    expect(await issue()).toBe('service-not-active')
    await serviceBecomes(desk, 'Foyer', { sensitive_service: '0' })
    expect(await issue()).toBe('accepted')
    // checked on 24 November: red from the 181st day
    desk.ports.clock.set(Date.UTC(2027, 4, 23, 8))
    expect(await desk.refusal('printing.prepareSlip', { referralId: row.id, format: 'a5' })).toBe('accepted')
    desk.ports.clock.set(Date.UTC(2027, 4, 24, 8))
    expect(await desk.refusal('printing.prepareSlip', { referralId: row.id, format: 'a5' })).toBe('service-needs-check')
  })

  it('H2 a consent that grew old is asked again before issue, and a no is no renewal', async () => {
    const { desk, referralId, consent, issue, blocked, service } = await referralAt('ready')
    desk.ports.clock.set(Date.UTC(2026, 11, 25, 8))
    await desk.get('directory.verify', { serviceId: service.id, how: 'phone' })
    expect([await blocked(), await issue()]).toEqual(['referral-consent-old', 'referral-consent-old'])
    expect(await consent({ given: false, method: null, items: [] })).toBe('referral-step-not-allowed')
    expect(await consent({ on: '2026-12-25' })).toBe('accepted')
    expect([await blocked(), await issue()]).toEqual([null, 'accepted'])
    expect(await consent({ on: '2026-12-25' })).toBe('referral-step-not-allowed')
    const { history } = await desk.get('referrals.get', { referralId })
    expect(history.map((h) => h.to)).toEqual(['ready', 'ready', 'issued'])
  })

  it('H7 an appointment whose words would reveal is refused, not silently left out', async () => {
    const { issue, desk, referralId } = await referralAt('ready')
    expect(await issue('mardi, cellule VBG')).toBe('slip-text-reveals')
    expect(await issue('mardi, à Ambam')).toBe('accepted')
    expect((await desk.get('referrals.get', { referralId })).appointment).toBe('mardi, à Ambam')
  })
})

describe('prints', () => {
  it('a print that failed or was cancelled makes no duplicate of the next; one that left does', async () => {
    const { desk, referralId, prepare } = await referralAt('issued')
    const duplicate = async () => {
      const job = await desk.get('printing.previewSlip', { referralId, format: 'a5' })
      return job.kind === 'slip' && job.slip.duplicate
    }
    expect([await prepare(), await duplicate()]).toEqual(['accepted', false])
    const { job } = await desk.get('printing.prepareSlip', { referralId, format: 'a5' })
    expect(await desk.refusal('printing.slipPrinted', { job: 'none' })).toBe('not-found')
    expect(await duplicate()).toBe(false)
    await desk.get('printing.slipPrinted', { job })
    expect(await duplicate()).toBe(true)
    // a job is counted once
    expect(await desk.refusal('printing.slipPrinted', { job })).toBe('not-found')
    expect((await desk.get('referrals.get', { referralId })).printedTimes).toBe(1)
  })

  it.each([
    ['year known', { birth_date: '1994', birth_precision: 'year' }, 'environ 31 ans, F'],
    ['month known', { birth_date: '1994-03', birth_precision: 'month' }, 'environ 32 ans, F'],
    ['date of a local event', { birth_date: '1994-03-24', birth_precision: 'event' }, 'environ 32 ans, F'],
    ['date on a document', { birth_date: '1994-03-24', birth_precision: 'exact' }, '32 ans, F'],
  ])('an age is told as estimated when it is: %s', async (_what, identity, shown) => {
    const { desk, referralId, consent } = await referralAt('draft', { identity })
    expect(await consent({ items: ['age_sex'] })).toBe('accepted')
    await desk.get('referrals.issue', { referralId, slipLanguage: 'fr', appointment: '' })
    const job = await desk.get('printing.previewSlip', { referralId, format: 'a5' })
    expect(job.kind === 'slip' && job.slip.person.map((l) => l.value.replaceAll('\u00a0', ' '))).toEqual([shown])
  })

  it.each(['refused', 'served'] as const)('no slip is printed once the referral is %s', async (state) => {
    const { desk, referralId, prepare } = await referralAt('issued')
    const path = state === 'served' ? (['accepted', 'served'] as const) : (['refused'] as const)
    for (const to of path) await desk.get('referrals.step', { referralId, to, on: day, toldBy: 'provider', reason: 'complet' })
    expect(await prepare()).toBe('referral-step-not-allowed')
  })
})
