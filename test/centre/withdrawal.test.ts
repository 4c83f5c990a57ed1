import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noteOfChange, takenBack, withdrawalScopes, withdrawnScopes } from '#shared/cases/withdrawal.ts'
import type { CallOutput } from '#shared/contract.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { pass } from '#test/support/exchange.ts'
import {
  addCase,
  addDirectory,
  addIssuedReferral,
  fullConsent,
  openTestCentre,
  openTwoCentres,
  type TestCentre,
} from '#test/support/open-test-centre.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

const on = '2026-11-24'
const day = 86_400_000

async function printSlip(desk: TestCentre, referralId: string): Promise<void> {
  const { job } = await desk.get('printing.prepareSlip', { referralId, format: 'a5' })
  await desk.get('printing.slipPrinted', { job })
}

describe('taking back a consent', () => {
  it('H5 shows who received what and when: slips by the register of prints, copies by the mailboxes; each is to be told', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    const caseId = await addCase(mora)
    const referralId = await addIssuedReferral(mora, caseId)
    await printSlip(mora, referralId)
    mora.ports.clock.advance(2 * day)
    await printSlip(mora, referralId)
    await pass(mora, buea)
    const before = await mora.get('rights.receivers', { caseId })
    expect(before.withdrawn).toBeNull()
    expect(before.rows.map((r) => r.mustBeTold)).toEqual([false, false])

    mora.ports.clock.advance(day)
    const { code } = (await mora.get('referrals.get', { referralId })).row
    const after = await mora.get('rights.withdraw', { caseId, on: '2026-11-27', scopes: ['sharing'] })
    expect(after.withdrawn).toEqual({ on: '2026-11-27', scopes: ['sharing'] })
    expect(after.rows).toMatchObject([
      {
        key: `referral ${referralId}`,
        kind: 'provider',
        code,
        first: '2026-11-24',
        printed: ['2026-11-24', '2026-11-26'],
        items: ['name', 'need'],
        mustBeTold: true,
        toldOn: null,
      },
      { key: 'centre BUE', kind: 'centre', name: { fr: 'Buéa' }, first: '2026-11-26', printed: [], mustBeTold: true },
    ])
    expect(after.rows[0]!.name.fr).not.toBe('')
    const told = await mora.get('rights.told', { caseId, receiver: 'centre BUE', on: '2026-11-27' })
    expect(told.rows.map((r) => r.toldOn)).toEqual([null, '2026-11-27'])
    // a copy that was closed since is still a copy that went
    await pass(mora, buea)
    expect((await mora.get('rights.receivers', { caseId })).rows).toHaveLength(2)
  })

  it('H5 ends what is open with others, and no slip or file of the person leaves any more', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    const caseId = await addCase(mora)
    const issued = await addIssuedReferral(mora, caseId)
    const { rows } = await mora.get('directory.search', {
      text: 'formation',
      sector: 'S10',
      pcode: 'CM004',
      after: null,
      limit: 1,
    })
    const draft = await mora.get('referrals.create', { caseId, serviceId: rows[0]!.id, need: 'S10', priority: 'low' })
    await mora.get('rights.withdraw', { caseId, on, scopes: ['all'] })
    expect((await mora.get('referrals.get', { referralId: issued })).row.status).toBe('withdrawn')
    expect((await mora.get('referrals.get', { referralId: draft.row.id })).row.status).toBe('declined')
    expect((await mora.get('referrals.get', { referralId: issued })).history.at(-1)).toMatchObject({ to: 'withdrawn', on })
    expect(await mora.refusal('printing.prepareSlip', { referralId: issued, format: 'a5' })).toBe('referral-step-not-allowed')
    expect(await mora.refusal('cases.saveAnswers', { caseId, answers: { usual_name: 'Aïcha' } })).toBe('consent-missing')
    const kept = await addCase(mora, { identity: { family_name: 'Autre' } })
    await pass(mora, buea)
    expect((await buea.get('cases.list', { text: '', after: null, limit: 10 })).rows.map((r) => r.number)).toEqual([
      (await mora.get('cases.get', { caseId: kept })).row.number,
    ])
    const { answers } = await mora.get('cases.get', { caseId })
    expect(answers).toMatchObject({ consent_status: 'refused', consent_statistics: 'no', consent_home_visit: 'no' })
  })

  it('H5 a consent that is changed in the card itself is noted with its day, and so is one that is given anew', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    await desk.get('cases.saveAnswers', { caseId, answers: { consent_other_centre: 'no' } })
    expect((await desk.get('rights.receivers', { caseId })).withdrawn).toEqual({ on, scopes: ['sharing'] })
    await desk.get('cases.saveAnswers', { caseId, answers: { consent_other_centre: 'yes' } })
    expect((await desk.get('rights.receivers', { caseId })).withdrawn).toBeNull()
  })

  it('H5 what was taken back stays noted until the person agrees anew, whatever else is answered', () => {
    const consents = fc.record({
      consent_status: fc.constantFrom('given', 'restricted', 'guardian', 'refused', 'deferred'),
      consent_referral_general: fc.constantFrom('yes', 'no'),
      consent_other_centre: fc.constantFrom('yes', 'no'),
      consent_statistics: fc.constantFrom('yes', 'no'),
      consent_photo: fc.constantFrom('yes', 'no'),
      consent_home_visit: fc.constantFrom('yes', 'no'),
    })
    fc.assert(
      fc.property(consents, consents, fc.subarray([...withdrawalScopes], { minLength: 1 }), (first, others, scopes) => {
        const withdrawn: Answers = {
          ...first,
          ...takenBack(scopes),
          consent_withdrawn_date: on,
          consent_withdrawal_scope: scopes,
        }
        // the same answers again take nothing back
        expect(noteOfChange(withdrawn, withdrawn, '2027-01-01')).toEqual({})
        const later = { ...withdrawn, ...others }
        const noted = withdrawnScopes({ ...later, ...noteOfChange(withdrawn, later, '2027-01-01') })
        if (scopes.includes('stats')) expect(noted.includes('stats')).toBe(others.consent_statistics === 'no')
        if (scopes.includes('all')) expect(noted.includes('all')).toBe(['refused', 'deferred'].includes(others.consent_status))
      }),
    )
  })

  it('H5 asks no reason, keeps one event without anything of the person, and refuses days to come', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    for (const wrong of [
      { caseId, on: '2026-11-25', scopes: ['all'] as const },
      { caseId, on, scopes: [] },
    ])
      expect(await desk.refusal('rights.withdraw', { ...wrong, scopes: [...wrong.scopes] })).toBe('bad-input')
    await desk.get('rights.withdraw', { caseId, on, scopes: ['stats', 'visits'] })
    expect((await auditEvents(desk)).filter((e) => e.action === 'rights.withdraw')).toMatchObject([
      { object: caseId, details: { scopes: 'stats visits', ended: 0 } },
    ])
    expect(await desk.refusal('rights.told', { caseId, receiver: 'centre BUE', on })).toBe('not-found')
  })

  it('H5 is noted by whose case it is or the supervisor; for others the case is not there', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'ADM'] })
    for (const login of ['halima', 'pierre']) await addUser(desk, login, ['CW'])
    await signInAs(desk, 'halima')
    const { id: caseId } = await desk.get('cases.create', { consent: fullConsent })
    await signInAs(desk, 'pierre')
    expect(await desk.refusal('rights.withdraw', { caseId, on, scopes: ['all'] })).toBe('not-found')
    expect(await desk.refusal('rights.receivers', { caseId })).toBe('not-found')
    await signInAs(desk, 'halima')
    expect(await desk.refusal('rights.withdraw', { caseId, on, scopes: ['all'] })).toBe('accepted')
  })
})

describe('the list for the telephone', () => {
  it('H5 H7 names whom to call by place, telephone and code of the slip, and nothing of the person', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    const caseId = await addCase(mora)
    const referralId = await addIssuedReferral(mora, caseId)
    await pass(mora, buea)
    expect(await mora.refusal('printing.prepareCallSheet', { caseId, language: 'fr' })).toBe('nothing-to-send')
    await mora.get('rights.withdraw', { caseId, on, scopes: ['all'] })
    const { job } = await mora.get('printing.prepareCallSheet', { caseId, language: 'fr' })
    const sheet = (await mora.get('printing.job', { job })) as Extract<CallOutput<'printing.job'>, { kind: 'call-sheet' }>
    const { row, provider } = await mora.get('referrals.get', { referralId })
    expect(sheet.lines).toMatchObject([
      { kind: 'provider', name: provider.name.fr, phone: provider.phone, code: row.code, toldOn: null },
      { kind: 'centre', name: 'Buéa', code: '' },
    ])
    const number = (await mora.get('cases.get', { caseId })).row.number
    expect(JSON.stringify(sheet)).not.toMatch(new RegExp(`Ŋgono|Aïssatou|${number}|ex_hostage|CM004`))
  })
})
