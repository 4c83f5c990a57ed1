import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageGroup } from '#shared/cases/age-group.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { openDatabaseCopy } from '#test/support/database-dump.ts'
import { pass } from '#test/support/exchange.ts'
import {
  addCase,
  addDirectory,
  addIssuedReferral,
  openTestCentre,
  openTwoCentres,
  testLogin,
  testPassword,
  type TestCentre,
} from '#test/support/open-test-centre.ts'
import { placesOf } from '#test/support/readable-places.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

const closing: Answers = {
  close_date: '2026-11-24',
  close_reason: 'achieved',
  close_checks: ['plan', 'return'],
  close_agreed: 'yes',
}
const day = 86_400_000
const number = async (desk: TestCentre, caseId: string) => (await desk.get('cases.get', { caseId })).row.number

async function close(desk: TestCentre, caseId: string, on = '2026-11-24') {
  await desk.get('cases.proposeClosing', { caseId, answers: { ...closing, close_date: on } })
  return desk.get('cases.decideClosing', { caseId, approve: true })
}

/** Goes on to a day at which the desk is opened anew. */
async function until(desk: TestCentre, on: string): Promise<void> {
  await desk.get('security.lock', {})
  desk.ports.clock.set(Date.parse(`${on}T09:00:00Z`))
  await desk.get('security.unlock', { login: testLogin, password: testPassword })
  if ((await desk.get('security.status', {})).undertakingDue === true)
    await desk.get('security.acceptUndertaking', { name: 'Aminatou B.' })
}

const child: { consent: Answers; identity: Answers } = {
  consent: { consent_status: 'guardian', consent_giver: 'parent', guardian_consent_name: 'Mère', child_assent: 'yes' },
  identity: {
    birth_date: '2011-03-05',
    birth_precision: 'exact',
    programme_category: 'child',
    handover_civil: 'yes',
    handover_date: '2026-11-24',
    care_arrangement: 'parents',
    uasc_status: 'no',
    guardian_name: 'Mère',
  },
}

describe('the end of a case', () => {
  it('is proposed by its counsellor and decided by the supervisor; never with an open referral', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'DIR', 'ADM'] })
    await addDirectory(desk)
    await addUser(desk, 'halima', ['CW'])
    await signInAs(desk, 'halima')
    const caseId = await addCase(desk)
    expect(await desk.refusal('cases.decideClosing', { caseId, approve: true })).toBe('forbidden')
    const { close_reason: _left, ...part } = closing
    expect(await desk.ask('cases.proposeClosing', { caseId, answers: part })).toMatchObject({
      error: { code: 'answer-invalid', details: { question: 'close_reason' } },
    })
    expect(await desk.refusal('cases.proposeClosing', { caseId, answers: { ...closing, close_date: '2026-11-25' } })).toBe(
      'answer-invalid',
    )
    // the counsellor's own answers: nobody may leave them open
    expect(await desk.refusal('cases.proposeClosing', { caseId, answers: { ...closing, close_date: 'unknown' } })).toBe(
      'answer-invalid',
    )
    await desk.get('cases.proposeClosing', { caseId, answers: closing })
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect((await desk.get('rights.tasks', {})).closings).toMatchObject([{ caseId, on: '2026-11-24' }])
    expect((await desk.get('cases.decideClosing', { caseId, approve: false })).closing?.state).toBe('back')
    expect(await desk.refusal('cases.decideClosing', { caseId, approve: true })).toBe('not-found')
    await desk.get('cases.proposeClosing', { caseId, answers: closing })
    const referralId = await addIssuedReferral(desk, caseId)
    expect(await desk.refusal('cases.decideClosing', { caseId, approve: true })).toBe('case-has-open-referrals')
    expect(await desk.refusal('cases.proposeClosing', { caseId, answers: closing })).toBe('case-has-open-referrals')
    await desk.get('referrals.step', { referralId, to: 'withdrawn', on: '2026-11-24', toldBy: 'person', reason: '' })
    expect((await desk.get('cases.decideClosing', { caseId, approve: true })).row.status).toBe('closed')
    expect(await desk.refusal('cases.saveAnswers', { caseId, answers: { sex: 'M' } })).not.toBe('accepted')
    const { rows } = await desk.get('directory.search', { text: '', sector: 'S10', pcode: null, after: null, limit: 1 })
    expect(await desk.refusal('referrals.create', { caseId, serviceId: rows[0]!.id, need: 'S10', priority: 'low' })).toBe(
      'case-closed',
    )
    // the person may come back
    const again = await desk.get('cases.reopen', { caseId })
    expect([again.row.status, again.closing]).toEqual(['active', null])
  })

  it('H43 a closed case says until when it is kept: five years, a child until 21, and as a child whose age is in doubt', async () => {
    const desk = await openTestCentre()
    const adult = await close(desk, await addCase(desk))
    expect(adult.closing).toEqual({ on: '2026-11-24', state: 'ok', keepUntil: '2031-11-24', keepReason: null })
    // 15 years old: six years, in days of an average year
    expect((await close(desk, await addCase(desk, child))).closing?.keepUntil).toBe('2032-11-23')
    const unknown = await addCase(desk, { consent: child.consent, identity: { birth_date: 'unknown', age_stated: 'unknown' } })
    expect((await close(desk, unknown)).closing?.keepUntil).toBe('2047-11-24')
  })

  it('H43 on that day a task proposes to anonymise or destroy, and nothing goes by itself, however long nobody looks', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    await close(desk, caseId)
    await until(desk, '2031-11-23')
    expect((await desk.get('rights.tasks', {})).ended).toEqual([])
    const early = { caseId, ground: 'retention-ended', caseNumber: await number(desk, caseId) } as const
    expect(await desk.ask('erasure.erase', early)).toMatchObject({ error: { code: 'bad-input', details: { field: 'ground' } } })
    await until(desk, '2031-11-24')
    expect((await desk.get('rights.tasks', {})).ended).toMatchObject([{ caseId, until: '2031-11-24', maybeFigures: true }])
    await until(desk, '2040-01-01')
    expect((await desk.get('rights.tasks', {})).ended).toHaveLength(1)
    expect((await desk.get('cases.get', { caseId })).answers['family_name']).toBe('Ŋgono Ɓello')
    await desk.get('erasure.erase', early)
    expect((await desk.get('rights.tasks', {})).ended).toEqual([])
  })
})

describe('keeping for longer', () => {
  it('H43 a supervisor puts the day off for a reason, by two years at most, and it is asked again then; who may not is refused', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'ADM'] })
    await addUser(desk, 'halima', ['CW'])
    await signInAs(desk, 'halima')
    const caseId = await addCase(desk)
    const prolong = { caseId, until: '2033-11-24', reason: 'family', note: '' } as const
    expect(await desk.refusal('rights.keepLonger', prolong)).toBe('forbidden')
    await desk.get('cases.proposeClosing', { caseId, answers: closing })
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    // a case that goes on has no such day
    expect(await desk.refusal('rights.keepLonger', prolong)).toBe('not-found')
    await desk.get('cases.decideClosing', { caseId, approve: true })
    await until(desk, '2031-12-01')
    const wrong = [
      { ...prolong, until: '2031-11-24' },
      { ...prolong, until: '2031-12-01' },
      { ...prolong, until: '2033-12-02' },
    ]
    for (const input of wrong)
      expect(await desk.ask('rights.keepLonger', input)).toMatchObject({
        error: { code: 'bad-input', details: { field: 'until' } },
      })
    expect(await desk.ask('rights.keepLonger', { ...prolong, reason: 'other' })).toMatchObject({
      error: { code: 'bad-input', details: { field: 'note' } },
    })
    expect((await desk.get('rights.tasks', {})).ended).toHaveLength(1)
    await desk.get('rights.keepLonger', prolong)
    expect((await desk.get('cases.get', { caseId })).closing).toMatchObject({ keepUntil: '2033-11-24', keepReason: 'family' })
    expect((await desk.get('rights.tasks', {})).ended).toEqual([])
    const early = { caseId, ground: 'retention-ended', caseNumber: await number(desk, caseId) } as const
    expect(await desk.refusal('erasure.erase', early)).toBe('bad-input')
    const events = (await auditEvents(desk)).filter((e) => e.action === 'rights.keepLonger')
    expect(events).toMatchObject([{ object: caseId, details: { reason: 'family', until: '2033-11-24' } }])
    await until(desk, '2033-11-24')
    expect((await desk.get('rights.tasks', {})).ended).toMatchObject([{ caseId, until: '2033-11-24' }])
    // who is helped again has no such day; closed anew, it is counted anew
    await desk.get('cases.reopen', { caseId })
    expect((await close(desk, caseId, '2033-11-24')).closing).toMatchObject({ keepUntil: '2038-11-24', keepReason: null })
  })
})

const marked = {
  family_name: 'Zqxnomfamille',
  given_names: 'Zqxprenom',
  usual_name: 'Zqxsurnom',
  safe_contact_notes: 'Zqxnote chez la tante',
}
const markers = ['Zqxnom', 'Zqxprenom', 'Zqxsurnom', 'Zqxnote', 'zqxnom', 'qxnomfamille', 'zqxprenom', 'zqxsurnom']

describe('anonymising', () => {
  it('H43 keeps what is counted and nothing that tells who it was, in no page, log or file, and its certificate names nobody', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    const caseId = await addCase(mora, { identity: marked })
    const referralId = await addIssuedReferral(mora, caseId)
    await pass(mora, buea)
    await mora.get('referrals.step', { referralId, to: 'withdrawn', on: '2026-11-24', toldBy: 'person', reason: 'Zqxnote' })
    await close(mora, caseId)
    const caseNumber = await number(mora, caseId)
    await until(mora, '2032-01-05')
    expect((await placesOf(mora, markers)).length).toBeGreaterThan(2)
    expect(await mora.get('erasure.preview', { caseId })).toMatchObject({ timeEnded: true, maybeFigures: true })
    const certificate = await mora.get('erasure.erase', { caseId, ground: 'retention-ended', caseNumber, keepFigures: true })
    expect(await placesOf(mora, [...markers, caseNumber, caseNumber.replaceAll('-', '')])).toEqual([])
    expect(certificate).toMatchObject({ caseNumber: null, figuresKept: true, ground: 'retention-ended' })
    expect(JSON.stringify(certificate)).not.toContain(caseNumber)
    expect(await mora.refusal('cases.get', { caseId })).toBe('not-found')

    const db = await openDatabaseCopy(mora)
    const cases = db.prepare<[], Record<string, unknown>>('SELECT * FROM case_record').all()
    expect(cases).toHaveLength(1)
    const { id, registered_on, answers, search_name, created_by, assigned_to, origin_id } = cases[0]!
    expect({ registered_on, search_name: String(search_name).trim(), created_by, assigned_to, origin_id }).toEqual({
      registered_on: '2026-01-01',
      search_name: '',
      created_by: null,
      assigned_to: null,
      origin_id: null,
    })
    expect(JSON.parse(String(answers))).toEqual({
      age_group: '25-35',
      close_reason: 'achieved',
      close_year: '2026',
      consent_statistics: 'yes',
      consent_status: 'given',
      months_open: 0,
      sex: 'F',
    })
    const referrals = db.prepare<[], Record<string, unknown>>('SELECT * FROM referral').all()
    const { case_id, need, status, created_on, issued_on, code, provider_name_fr, service_point_id } = referrals[0]!
    expect(referrals).toHaveLength(1)
    expect({ case_id, need, status, created_on, issued_on, code, provider_name_fr, service_point_id }).toEqual({
      case_id: id,
      need: 'S10',
      status: 'withdrawn',
      created_on: '2026-01-01',
      issued_on: '2026-01-01',
      code: null,
      provider_name_fr: null,
      service_point_id: null,
    })
    // in no list, search or file
    expect((await mora.get('cases.list', { text: '', after: null, limit: 10 })).total).toBe(0)
    expect(await mora.refusal('cases.get', { caseId: String(id) })).toBe('not-found')
    expect((await mora.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 10 })).rows).toEqual([])
    await pass(mora, buea)
    expect((await buea.get('cases.list', { text: '', after: null, limit: 10 })).total).toBe(0)
    expect((await mora.get('rights.tasks', {})).figures).toBe(1)
    expect((await mora.get('audit.verify', {})).brokenAt).toBeNull()
  })

  it('H45 a figure stays only of who agreed to be counted: one consent more or less is one figure more or less', async () => {
    const figures = async (consent_statistics: string) => {
      const desk = await openTestCentre()
      for (const consent of [{}, { consent_statistics }] as Answers[]) {
        const caseId = await addCase(desk, { consent })
        await close(desk, caseId)
      }
      const people = (await desk.get('cases.list', { text: '', after: null, limit: 10 })).rows
      await until(desk, '2032-01-05')
      for (const { id: caseId, number: caseNumber } of people) {
        const { maybeFigures } = await desk.get('erasure.preview', { caseId })
        const input = { caseId, caseNumber, ground: 'retention-ended' } as const
        const wrong = await desk.ask('erasure.erase', { ...input, keepFigures: true })
        expect(wrong.ok).toBe(maybeFigures)
        if (!wrong.ok) await desk.get('erasure.erase', { ...input, keepFigures: false })
      }
      return (await desk.get('rights.tasks', {})).figures
    }
    expect([await figures('yes'), await figures('no')]).toEqual([2, 1])
  })

  it('H43 figures stay only once the time has ended, never for another ground', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    for (const ground of ['right-to-erasure', 'retention-ended'] as const)
      expect(
        await desk.refusal('erasure.erase', { caseId, ground, caseNumber: await number(desk, caseId), keepFigures: true }),
      ).toBe('bad-input')
  })

  it('age groups cover every age once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 110 }), (age) => {
        const [, from = '', to = ''] = /^(\d+)(?:-(\d+)|\+)$/.exec(ageGroup(age)) ?? []
        expect(age >= Number(from) && (to === '' || age <= Number(to))).toBe(true)
      }),
    )
  })
})

describe('tasks for people’s rights', () => {
  it('H27 whoever turned 18 since a guardian consented is asked anew, until they have agreed themselves', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk, child)
    expect((await desk.get('rights.tasks', {})).renewals).toEqual([])
    await until(desk, '2029-03-04')
    expect((await desk.get('rights.tasks', {})).renewals).toEqual([])
    await until(desk, '2029-03-05')
    expect((await desk.get('rights.tasks', {})).renewals).toMatchObject([{ caseId }])
    await desk.get('cases.saveAnswers', {
      caseId,
      answers: { consent_status: 'given', consent_giver: 'self', consent_date: '2029-03-05' },
    })
    expect((await desk.get('rights.tasks', {})).renewals).toEqual([])
  })

  it('H26 a child without a civilian hand-over is a task after 48 hours, not before, and no more once handed over', async () => {
    const desk = await openTestCentre()
    const waiting = { ...child.identity, handover_civil: 'no', handover_date: null }
    const caseId = await addCase(desk, { consent: child.consent, identity: waiting })
    // a child of a family that asks for help, and an adult who was taken, are not handed over
    await addCase(desk, {
      consent: child.consent,
      identity: { ...waiting, programme_category: 'dependant', handover_civil: null },
    })
    await addCase(desk, { identity: { programme_category: 'ex_hostage' } })
    desk.ports.clock.advance(2 * day)
    expect((await desk.get('rights.tasks', {})).handover).toEqual([])
    desk.ports.clock.advance(day / 24)
    expect((await desk.get('rights.tasks', {})).handover).toMatchObject([{ caseId, hours: 49 }])
    await desk.get('cases.saveAnswers', { caseId, answers: { handover_civil: 'yes', handover_date: '2026-11-26' } })
    expect((await desk.get('rights.tasks', {})).handover).toEqual([])
  })

  it('H5 receivers that were not told yet are a task of whose case it is, and of nobody else’s', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'DIR', 'ADM', 'CW'] })
    await addDirectory(desk)
    await addUser(desk, 'pierre', ['CW'])
    const caseId = await addCase(desk)
    const referralId = await addIssuedReferral(desk, caseId)
    await desk.get('rights.withdraw', { caseId, on: '2026-11-24', scopes: ['sharing'] })
    expect((await desk.get('rights.tasks', {})).toTell).toMatchObject([{ caseId, since: '2026-11-24', waiting: 1 }])
    await signInAs(desk, 'pierre')
    expect((await desk.get('rights.tasks', {})).toTell).toEqual([])
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    await desk.get('rights.told', { caseId, receiver: `referral ${referralId}`, on: '2026-11-24' })
    expect((await desk.get('rights.tasks', {})).toTell).toEqual([])
  })
})
