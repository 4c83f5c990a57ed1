import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addCase, fullConsent, fullIdentity, openTestCentre } from '#test/support/open-test-centre.ts'

const list = { text: '', after: null, limit: 50 }

describe('cases', () => {
  it('H1 no identity is stored before consent, nor in the call that opens the case', async () => {
    const desk = await openTestCentre()
    for (const status of ['refused', 'deferred']) {
      expect(await desk.refusal('cases.create', { consent: { ...fullConsent, consent_status: status } })).toBe('consent-missing')
    }
    expect(await desk.refusal('cases.create', { consent: { ...fullConsent, family_name: 'Bello' } })).toBe('answer-invalid')
    expect((await desk.get('cases.list', list)).total).toBe(0)
  })

  it('H1 once consent is taken back, no identity answer is stored any more', async () => {
    const desk = await openTestCentre()
    const { id } = await desk.get('cases.create', { consent: fullConsent })
    await desk.get('cases.saveAnswers', { caseId: id, answers: { consent_status: 'refused' } })
    expect(await desk.refusal('cases.saveAnswers', { caseId: id, answers: { family_name: 'Bello' } })).toBe('consent-missing')
    expect((await desk.get('cases.get', { caseId: id })).answers).not.toHaveProperty('family_name')
  })

  it('H4 nothing is assumed: a consent question left open refuses the case and names the question', async () => {
    const desk = await openTestCentre()
    for (const question of Object.keys(fullConsent).filter((q) => q !== 'info_points_given')) {
      const { [question]: _left, ...others } = fullConsent
      const result = await desk.ask('cases.create', { consent: others })
      expect(result.ok ? 'accepted' : [result.error.code, result.error.details?.['question'] ?? question]).toEqual([
        question === 'consent_status' ? 'consent-missing' : 'answer-invalid',
        question,
      ])
    }
    expect(await desk.refusal('cases.create', { consent: { ...fullConsent, info_points_given: ['purpose'] } })).toBe(
      'information-incomplete',
    )
  })

  it('H6 an information session keeps no identity', async () => {
    const desk = await openTestCentre()
    await desk.get('cases.recordInformationSession', { consentStatus: 'refused', on: '2026-11-24', language: 'fra' })
    expect(
      await desk.refusal('cases.recordInformationSession', { consentStatus: 'refused', on: '2027-01-01', language: 'fra' }),
    ).toBe('bad-input')
    expect((await desk.get('cases.list', list)).total).toBe(0)
  })

  it('H9 a list row holds neither category nor group nor place', async () => {
    const desk = await openTestCentre()
    await addCase(desk)
    const { rows } = await desk.get('cases.list', list)
    expect(JSON.stringify(rows)).not.toMatch(/ex_hostage|CM004005|category/)
    expect(Object.keys(rows[0]!).toSorted()).toEqual(
      [
        'ageYears',
        'answered',
        'askedBy',
        'byParent',
        'counsellor',
        'id',
        'name',
        'number',
        'opens',
        'receivedFrom',
        'referralsOpen',
        'registeredOn',
        'sex',
        'status',
        'toAnswer',
      ].toSorted(),
    )
  })

  it('keeps hostile and unusual names as they are, and finds them', async () => {
    const desk = await openTestCentre()
    const names = [
      'ƁAAƊO',
      "N'Koumo",
      'Ngə',
      'Ali',
      '<script>alert(1)</script>',
      "Robert'); DROP TABLE case_record;--",
      'محمد علي',
      'Nadège 😀',
    ]
    for (const family_name of names) await addCase(desk, { identity: { family_name } })
    for (const name of names) {
      const { rows } = await desk.get('cases.list', { ...list, text: name })
      expect(rows.map((r) => r.name)).toContain(`${name} Aïssatou`)
    }
    expect((await desk.get('cases.list', list)).total).toBe(names.length)
  })

  it('strips direction overrides and control characters, refuses 300 characters and loses nothing', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    const saved = await desk.get('cases.saveAnswers', { caseId: id, answers: { family_name: 'Be\u202ello\u0000\u200b' } })
    expect(saved.file.answers['family_name']).toBe('Bello')
    expect(await desk.ask('cases.saveAnswers', { caseId: id, answers: { family_name: 'x'.repeat(300) } })).toEqual({
      ok: false,
      error: { code: 'answer-invalid', details: { question: 'family_name', problem: 'too-long' } },
    })
    expect((await desk.get('cases.get', { caseId: id })).answers['family_name']).toBe('Bello')
  })

  it('U14 refuses days that do not exist, takes a birth year alone', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    for (const birth_date of ['2026-02-31', '0000-00-00', '2026-13-01', '31/02/2026', '2999-01-01']) {
      expect(`${birth_date} ${await desk.refusal('cases.saveAnswers', { caseId: id, answers: { birth_date } })}`).toBe(
        `${birth_date} answer-invalid`,
      )
    }
    expect((await desk.get('cases.saveAnswers', { caseId: id, answers: { birth_date: '1980' } })).file.row.ageYears).toBe(45)
  })

  it('H23 age in doubt is a minor', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    for (const [birth_date, minor] of [
      ['2008-11-25', true],
      ['2008-11-24', false],
      ['2008', true],
      ['2007', false],
      [null, true],
    ] as const) {
      expect((await desk.get('cases.saveAnswers', { caseId: id, answers: { birth_date } })).file.isMinor).toBe(minor)
    }
  })

  it('U7 finds a name without accents, in any order of words, and by number with or without dashes', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    const { row } = await desk.get('cases.get', { caseId: id })
    for (const text of ['ngono', 'AISSATOU ngono', 'aïssatou ŊGONO b', row.number, row.number.replaceAll('-', '')]) {
      expect((await desk.get('cases.list', { ...list, text })).rows.map((r) => r.id)).toEqual([id])
    }
    expect((await desk.get('cases.list', { ...list, text: '😀' })).rows).toEqual([])
  })

  it('U7 finds a name as it is heard: by another spelling, in another order, and not a different name', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk, { identity: { family_name: 'Oumarou', given_names: 'Aïssatou', usual_name: '' } })
    for (const text of ['umaru', 'Aishatu', 'oumar aichatou', 'AISHATU UMARU'])
      expect((await desk.get('cases.list', { ...list, text })).rows.map((r) => r.id)).toEqual([id])
    for (const text of ['amadou', 'oumarou haoua', 'aminatou'])
      expect((await desk.get('cases.list', { ...list, text })).rows).toEqual([])
  })

  it('pages through every case once, newest first', async () => {
    const desk = await openTestCentre()
    for (let i = 0; i < 23; i += 1) {
      await desk.get('cases.create', { consent: fullConsent })
      desk.ports.clock.advance(i % 3 === 0 ? 0 : 1000)
    }
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: { rows: { id: string }[]; next: string | null } = await desk.get('cases.list', { text: '', after, limit: 5 })
      seen.push(...page.rows.map((r) => r.id))
      after = page.next
    } while (after !== null)
    expect(seen).toHaveLength(23)
    expect(new Set(seen).size).toBe(23)
  })

  it('an interrupted desk keeps every saved answer', async () => {
    const desk = await openTestCentre()
    const { id } = await desk.get('cases.create', { consent: fullConsent })
    for (const [question, answer] of Object.entries(fullIdentity))
      await desk.get('cases.saveAnswers', { caseId: id, answers: { [question]: answer } })
    const again = await desk.restart()
    await again.get('security.unlock', { login: 'aminatou', password: 'le-mil-pousse-vite' })
    const { answers, row } = await again.get('cases.get', { caseId: id })
    expect(answers).toMatchObject(fullIdentity)
    expect(row.status).toBe('active')
  })

  it('unknown, prefers not to answer and empty are three things', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    const of = async (phone: string | null) =>
      (await desk.get('cases.saveAnswers', { caseId: id, answers: { phone } })).file.answers['phone']
    expect([await of('unknown'), await of('refused'), await of(null)]).toEqual(['unknown', 'refused', undefined])
    expect(await desk.refusal('cases.saveAnswers', { caseId: id, answers: { consent_method: 'refused' } })).toBe('answer-invalid')
  })

  it('never throws anything but a code, whatever is saved', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    const questions = [...Object.keys(fullIdentity), ...Object.keys(fullConsent), 'nothing_of_the_kind']
    const answer = fc.oneof(
      fc.string({ maxLength: 200, unit: 'binary' }),
      fc.double({ noNaN: true }),
      fc.array(fc.string({ maxLength: 10 }), { maxLength: 5 }),
      fc.constant(null),
    )
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...questions), answer, { maxKeys: 3 }), async (answers) => {
        const result = await desk.ask('cases.saveAnswers', { caseId: id, answers })
        expect(result.ok || ['answer-invalid', 'consent-missing', 'bad-input'].includes(result.error.code)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})
