import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CallOutput } from '#shared/contract.ts'
import { isAnswered } from '#shared/forms/check-answers.ts'
import type { Answer } from '#shared/forms/form-definition.ts'
import { addDays, daysBetween } from '#shared/forms/partial-date.ts'
import { wholeForm } from '#shared/forms/quick-card.ts'
import { isNeutral } from '#shared/referrals/revealing-words.ts'
import { neverPrinted } from '#shared/rights/own-record.ts'
import { requestAnswers, requestsOf } from '#shared/rights/person-request.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import {
  addCase,
  addDirectory,
  addIssuedReferral,
  openTestCentre,
  testLogin,
  testPassword,
  type TestCentre,
} from '#test/support/open-test-centre.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

const day = 86_400_000
const on = '2026-11-24'
type Preview = CallOutput<'printing.previewOwnRecord'>
const recordOf = ({ job }: Preview) => {
  if (job.kind !== 'own-record') throw new Error('another job')
  return job.record
}
const requests = async (desk: TestCentre, caseId: string) => (await desk.get('rights.requests', { caseId })).rows

describe('the person’s own record', () => {
  it('H44 holds every answer that is kept, once: on paper, or read aloud when paper would put the person in danger', async () => {
    const desk = await openTestCentre({ roles: ['CW', 'DIR', 'SUP'] })
    await addDirectory(desk)
    const caseId = await addCase(desk, {
      identity: { safe_contact_notes: 'Ancien combattant : ne pas le dire', trade_wanted: 'couture' },
    })
    await desk.get('cases.saveAnswers', {
      caseId,
      answers: { 'skills[k1]': 'here', 'skills[k1].skills_skill': 'coiffure', household_size: 4, threats: 'yes' },
    })
    const referralId = await addIssuedReferral(desk, caseId)
    const form = wholeForm(await desk.get('forms.profile', {}))
    const { answers } = await desk.get('cases.get', { caseId })
    const preview = await desk.get('printing.previewOwnRecord', { caseId, language: 'fr' })
    const { team, counsellor, aloud, receivers } = recordOf(preview)
    const kept = form.sections.flatMap((s) =>
      s.questions
        .filter((q) => isAnswered(answers[q.name === 'skills_skill' ? 'skills[k1].skills_skill' : q.name]))
        .map((q) => q.label.fr),
    )
    expect(team.map((l) => l.value)).toContain('coiffure')
    expect([...team, ...counsellor, ...preview.aloud].map((l) => l.label).toSorted()).toEqual(kept.toSorted())
    expect(aloud).toBe(preview.aloud.length)
    // confidential answers stand apart: who reads them is said
    expect(counsellor.map((l) => [l.label, l.value])).toContainEqual(['Nom(s)', 'Ŋgono Ɓello'])
    expect(team.map((l) => [l.label, l.value])).toContainEqual(['Sexe', 'Féminin'])
    expect(preview.aloud.map((l) => l.label)).toContain('Heures / consignes de contact (ex. ne pas se présenter)')
    const { row, provider } = await desk.get('referrals.get', { referralId })
    expect(receivers).toEqual([{ name: provider.name.fr, code: row.code, first: on }])
  })

  it('H44 H51 speaks the language that the person chooses', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk, { identity: { usual_name: 'refused', birth_date: '1994-03-05' } })
    const english = recordOf(await desk.get('printing.previewOwnRecord', { caseId, language: 'en' }))
    expect(english.counsellor).toContainEqual({ section: 'Identity', label: 'Usual name', value: '', open: 'refused' })
    expect(english.counsellor.map((l) => l.value)).toContain('05/03/1994')
    expect(english.team.map((l) => [l.label, l.value])).toContainEqual(['Sex', 'Female'])
    expect(JSON.stringify(english)).not.toMatch(/Féminin|Identité|Langue/)
  })

  it('H7 H8 H44 whatever is answered, no printed line reveals where somebody comes from, belonged or stays', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    const form = wholeForm(await desk.get('forms.profile', {}))
    const choices = form.sections
      .filter((s) => s.name !== 'consent' && s.name !== 'interview' && s.name !== 'needs')
      .flatMap((s) => s.questions.filter((q) => q.type === 'select_one' || q.type === 'select_multiple'))
      .filter((q) => !/^(?:skills|support_received)_/.test(q.name))
    const answer = (n: number, list: string | undefined, many: boolean): Answer => {
      const all = form.choices[list ?? ''] ?? []
      const code = all[n % all.length]?.name ?? ''
      return many ? [code] : code
    }
    let changed = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(50), { minLength: choices.length, maxLength: choices.length }), async (picks) => {
        const given = Object.fromEntries(choices.map((q, i) => [q.name, answer(picks[i]!, q.list, q.type === 'select_multiple')]))
        const minor = given['sex'] === 'F'
        const saved = await desk.ask('cases.saveAnswers', {
          caseId,
          answers: { ...given, birth_date: minor ? '2015' : '1990', origin_place: 'CM004005002', current_place: 'CM004005' },
        })
        if (saved.ok) changed += 1
        const preview = await desk.get('printing.previewOwnRecord', { caseId, language: 'fr' })
        const record = recordOf(preview)
        const printed = [...record.team, ...record.counsellor]
        for (const line of printed) expect(isNeutral(`${line.section} ${line.label} ${line.value}`)).toBe(true)
        const hidden = form.sections.flatMap((s) =>
          s.questions
            .filter((q) => neverPrinted.includes(q.name))
            .map((q) => `${s.label.fr.replace(/^\d+\. /, '')} ${q.label.fr}`),
        )
        expect(hidden).toHaveLength(neverPrinted.length)
        expect(printed.filter((l) => hidden.includes(`${l.section} ${l.label}`))).toEqual([])
        expect(JSON.stringify(record)).not.toMatch(/Réfugié|réfugié|étrangère|CNDDR|MOR-26/)
      }),
      { numRuns: 25 },
    )
    expect(changed).toBeGreaterThan(20)
  })

  it('H44 is given only by who sees all of the case: a supervisor says why first', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'ADM'] })
    await addUser(desk, 'halima', ['CW'])
    await addUser(desk, 'pierre', ['CW'])
    await signInAs(desk, 'halima')
    const caseId = await addCase(desk)
    const input = { caseId, language: 'fr' } as const
    expect(await desk.refusal('printing.prepareOwnRecord', input)).toBe('accepted')
    await signInAs(desk, 'pierre')
    expect(await desk.refusal('printing.previewOwnRecord', input)).toBe('not-found')
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect(await desk.refusal('printing.prepareOwnRecord', input)).toBe('not-found')
    await desk.get('screen.reveal', { caseId, reason: 'identity', note: '' })
    expect(await desk.refusal('printing.prepareOwnRecord', input)).toBe('accepted')
  })
})

describe('requests of a person', () => {
  it('H44 a printout is a request for access with a limit of 30 days, answered once it left the printer', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    const { job: cancelled } = await desk.get('printing.prepareOwnRecord', { caseId, language: 'fr' })
    expect(cancelled).not.toBe('')
    expect(await requests(desk, caseId)).toMatchObject([{ kind: 'access', on, dueOn: '2026-12-24', doneOn: null }])
    expect((await desk.get('rights.tasks', {})).requests).toMatchObject([{ caseId, kind: 'access', daysLeft: 30 }])
    desk.ports.clock.advance(31 * day)
    expect((await desk.get('rights.tasks', {})).requests).toMatchObject([{ daysLeft: -1 }])
    // the same request, not a second one
    const { job } = await desk.get('printing.prepareOwnRecord', { caseId, language: 'fr' })
    await desk.get('printing.ownRecordPrinted', { job })
    expect(await desk.refusal('printing.ownRecordPrinted', { job })).toBe('not-found')
    expect(await requests(desk, caseId)).toMatchObject([{ kind: 'access', on, doneOn: '2026-12-25' }])
    expect((await desk.get('rights.tasks', {})).requests).toEqual([])
    const written = (await auditEvents(desk)).filter((e) => e.action.startsWith('own-record')).map((e) => e.action)
    expect(written).toEqual(['own-record.prepare', 'own-record.prepare', 'own-record.print'])
  })

  it('H44 a correction is received by anybody at the desk, decided by the supervisor, and made in the card with its history', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'ADM'] })
    await addUser(desk, 'halima', ['CW'])
    await addUser(desk, 'rosine', ['REG'])
    await signInAs(desk, 'halima')
    const caseId = await addCase(desk)
    await signInAs(desk, 'rosine')
    const ask = { caseId, kind: 'correction', on, about: 'Le prénom s’écrit Aïchatou' } as const
    expect(await desk.refusal('rights.ask', { ...ask, about: ' ' })).toBe('bad-input')
    expect(await desk.refusal('rights.ask', { ...ask, on: '2026-11-25' })).toBe('bad-input')
    expect(await desk.refusal('rights.ask', ask)).toBe('accepted')
    await signInAs(desk, 'halima')
    const request = (await requests(desk, caseId))[0]!.id
    expect(await desk.refusal('rights.decide', { caseId, request, accept: true, reason: '' })).toBe('forbidden')
    expect(await desk.refusal('rights.finish', { caseId, request })).toBe('not-found')
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect((await desk.get('rights.tasks', {})).requests).toMatchObject([
      { caseId, kind: 'correction', daysLeft: 30, decided: false },
    ])
    await desk.get('rights.decide', { caseId, request, accept: true, reason: '' })
    await signInAs(desk, 'halima')
    await desk.get('cases.saveAnswers', { caseId, answers: { given_names: 'Aïchatou' } })
    const { entries } = await desk.get('history.ofCase', { caseId, skip: 0, limit: 5 })
    expect(entries[0]!.changes).toContainEqual(
      expect.objectContaining({ register: 'a_given_names', from: 'Aïssatou', to: 'Aïchatou' }),
    )
    const { rows } = await desk.get('rights.finish', { caseId, request })
    expect(rows).toMatchObject([{ about: ask.about, decision: 'accepted', doneOn: on }])
    expect((await desk.get('rights.tasks', {})).requests).toEqual([])
    expect((await auditEvents(desk)).map((e) => e.action)).toEqual(
      expect.arrayContaining(['rights.ask', 'rights.decide', 'cases.saveAnswers', 'rights.finish']),
    )
  })

  it('H44 a refused correction says why, and is answered with that; the words stay out of the register', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    const asked = await desk.get('rights.ask', { caseId, kind: 'correction', on, about: 'Zqxage' })
    const request = asked.rows[0]!.id
    expect(await desk.refusal('rights.decide', { caseId, request, accept: false, reason: '' })).toBe('bad-input')
    const { rows } = await desk.get('rights.decide', { caseId, request, accept: false, reason: 'Zqxacte' })
    expect(rows).toMatchObject([{ decision: 'refused', reason: 'Zqxacte', doneOn: on }])
    expect(await desk.refusal('rights.decide', { caseId, request, accept: true, reason: '' })).toBe('not-found')
    expect(JSON.stringify(await auditEvents(desk))).not.toContain('Zqx')
  })

  it('H44 data protection sees the deadlines, and no person', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'ADM'] })
    await addUser(desk, 'halima', ['CW'])
    await addUser(desk, 'dieudonne', ['DPO'])
    await signInAs(desk, 'halima')
    const caseId = await addCase(desk, { consent: { consent_other_centre: 'no' } })
    await desk.get('rights.ask', { caseId, kind: 'access', on, about: '' })
    await signInAs(desk, 'dieudonne')
    const tasks = await desk.get('rights.tasks', {})
    expect(tasks.requests).toMatchObject([{ caseId, daysLeft: 30 }])
    // by number alone: not even initials
    expect(tasks.requests[0]?.name).toBe('')
    expect(JSON.stringify(tasks)).not.toMatch(/Ŋgono|Aïssatou/)
    expect(await desk.refusal('rights.requests', { caseId })).toBe('forbidden')
  })

  it('H44 H43 the coordinator has the requests and the ends that wait for a decision, by initials until a reason is given', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'DIR', 'ADM', 'CW'] })
    await addUser(desk, 'celestin', ['COO'])
    await addDirectory(desk)
    const caseId = await addCase(desk)
    await addIssuedReferral(desk, caseId)
    await desk.get('rights.ask', { caseId, kind: 'correction', on, about: 'Zqxprenom' })
    await desk.get('rights.withdraw', { caseId, on, scopes: ['sharing'] })
    expect((await desk.get('rights.tasks', {})).toTell).toHaveLength(1)
    await signInAs(desk, 'celestin')
    const { requests, toTell } = await desk.get('rights.tasks', {})
    expect(requests).toMatchObject([{ caseId, kind: 'correction', decided: false }])
    expect(requests[0]?.name).not.toMatch(/Ŋgono|Aïssatou/)
    // whoever follows the case tells the receivers
    expect(toTell).toEqual([])
    const shown = (await desk.get('rights.requests', { caseId })).rows
    expect(JSON.stringify(shown)).not.toContain('Zqx')
    await desk.get('screen.reveal', { caseId, reason: 'supervision', note: '' })
    expect((await desk.get('rights.tasks', {})).requests[0]?.name).toContain('Ŋgono')
    await desk.get('rights.decide', { caseId, request: shown[0]!.id, accept: true, reason: '' })
    expect((await desk.get('rights.tasks', {})).requests).toMatchObject([{ decided: true }])
  })

  it('what stands among the answers is read as it was written, and what is cut is passed over', () => {
    const parts = fc.record({
      kind: fc.constantFrom('access', 'correction'),
      on: fc.constantFrom('2026-11-24', '2026-02-28'),
      about: fc.string(),
    })
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{8}$/), parts, (id, given) => {
        const answers = requestAnswers(id, given)
        expect(requestsOf(answers)).toEqual([
          { id, ...given, dueOn: addDays(given.on, 30), decision: null, reason: '', doneOn: null },
        ])
        for (const name of [`request_${id}_kind`, `request_${id}_on`]) {
          const { [name]: _cut, ...rest } = answers
          expect(requestsOf(rest)).toEqual([])
        }
      }),
    )
  })

  it('days between two days are those that adding them takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1950, max: 2090 }), fc.integer({ min: -3000, max: 3000 }), (year, days) => {
        expect(daysBetween(`${year}-02-28`, addDays(`${year}-02-28`, days))).toBe(days)
      }),
    )
  })
})
