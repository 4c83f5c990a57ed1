import { describe, expect, it } from 'vitest'
import { auditActions } from '#shared/audit/actions.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { failingSqlite } from '#test/support/failing-sqlite.ts'
import {
  addCase,
  addDirectory,
  addIssuedReferral,
  openTestCentre,
  testLogin,
  testPassword,
} from '#test/support/open-test-centre.ts'

describe('what the register holds', () => {
  it('H33 every event of the list that the desk can cause today is written, with its reason, and without a name', async () => {
    let desk = await openTestCentre()
    await addDirectory(desk)
    const caseId = await addCase(desk)
    const referralId = await addIssuedReferral(desk, caseId)
    await desk.get('cases.get', { caseId })
    await desk.get('cases.list', { text: 'Aïssatou', after: null, limit: 100 })
    await desk.get('cases.list', { text: 'AISSATOU', after: null, limit: 100 })
    await desk.get('referrals.get', { referralId })
    for (let i = 0; i < 2; i += 1) {
      const { job } = await desk.get('printing.prepareSlip', { referralId, format: 'a5' })
      await desk.get('printing.slipPrinted', { job })
    }
    await desk.get('screen.setSafe', { on: true })
    await desk.get('screen.reveal', { caseId, reason: 'appointment', note: '' })
    await desk.get('security.lock', { why: 'hide' })
    for (const login of [testLogin, 'personne']) await desk.ask('security.unlock', { login, password: 'pas-le-bon-mot' })
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    desk.ports.clock.set(desk.ports.clock.now() + 45 * 60_000)
    await desk.centre.lock('idle')
    desk.ports.clock.set(desk.ports.clock.now() - 3 * 86_400_000)
    desk = await desk.restart()
    await desk.get('security.unlock', { login: testLogin, password: testPassword })

    const events = await auditEvents(desk)
    const of = (action: string) => events.filter((e) => e.action === action)
    const wanted = [
      'login', 'login.failed', 'lock', 'cases.create', 'cases.get', 'cases.saveAnswers', 'cases.list',
      'mask.on', 'mask.reveal', 'referrals.create', 'referrals.recordConsent', 'referrals.issue', 'referrals.get',
      'slip.prepare', 'slip.print', 'slip.reprint', 'directory.importCsv', 'directory.verify', 'clock.back', 'app.version',
      'form.version',
    ] // prettier-ignore
    expect(wanted.filter((action) => of(action).length === 0)).toEqual([])
    expect(of('mask.reveal')[0]).toMatchObject({ object: caseId, details: { reason: 'appointment' } })
    expect(of('cases.get')[0]).toMatchObject({ object: caseId })
    // equal searches can be told, the words cannot
    const terms = of('cases.list').map((e) => e.details?.['terms'])
    expect(terms[0]).toMatch(/^[0-9a-f]{16}$/)
    expect(terms[1]).toBe(terms[0])
    expect(of('login.failed').map((e) => [e.object === undefined, e.details?.['failures']])).toEqual([
      [false, 1],
      [true, 1],
    ])
    expect(of('lock').map((e) => e.details)).toEqual([{ why: 'hide' }, { why: 'idle', clockJumpMinutes: 45 }])
    expect(of('clock.back')[0]?.details?.['minutes']).toBeGreaterThan(4000)
    expect(JSON.stringify(events)).not.toMatch(/Aïssatou|Ŋgono|600000042|personne/i)
  })

  it('a list of more than fifty rows says so', async () => {
    const desk = await openTestCentre()
    for (let i = 0; i < 51; i += 1) await addCase(desk)
    await desk.get('cases.list', { text: '', after: null, limit: 50 })
    await desk.get('cases.list', { text: '', after: null, limit: 51 })
    const lists = (await auditEvents(desk)).filter((e) => e.action === 'cases.list').map((e) => e.details)
    expect(lists).toEqual([{ rows: 50 }, { rows: 51, longList: 1 }])
  })

  it('H33 what cannot be written down is not shown, whichever statement fails', async () => {
    const sqlite = failingSqlite()
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    let failures = 0
    for (let k = 1; ; k += 1) {
      const before = (await auditEvents(desk)).length
      sqlite.arm(k, 'SQLITE_FULL')
      const answer = await desk.ask('cases.get', { caseId })
      if (!sqlite.disarm()) break
      failures += 1
      const written = (await auditEvents(desk)).slice(before).map((e) => e.action)
      expect([k, answer.ok, written.includes('cases.get')]).toEqual([k, false, false])
    }
    expect(failures).toBeGreaterThan(4)
  })
})

describe('reading the register', () => {
  it('says who looked at a file and its referrals, by person, day and kind, in pages', async () => {
    const desk = await openTestCentre()
    await addDirectory(desk)
    const caseId = await addCase(desk)
    const other = await addCase(desk)
    const referralId = await addIssuedReferral(desk, caseId)
    await desk.get('cases.get', { caseId })
    await desk.get('cases.get', { caseId: other })
    await desk.get('referrals.get', { referralId })
    const ask = { caseId: null, day: null, user: null, kind: null, before: null, limit: 100 }
    const ofCase = await desk.get('audit.list', { ...ask, caseId, kind: 'read' })
    expect(ofCase.entries.map((e) => [e.action, e.by, e.object.kind])).toEqual([
      ['referrals.get', 'Aminatou B.', 'referral'],
      ['cases.get', 'Aminatou B.', 'case'],
    ])
    expect(JSON.stringify(ofCase)).not.toMatch(/Ŋgono|Aïssatou/)
    const all: number[] = []
    for (let before: number | null = null; ;) {
      const page: { entries: { seq: number }[]; next: number | null } = await desk.get('audit.list', { ...ask, before, limit: 7 })
      all.push(...page.entries.map((e) => e.seq))
      if (page.next === null) break
      before = page.next
    }
    expect(all.at(-1)).toBe(1)
    expect(all.every((seq, i) => i === 0 || seq === all[i - 1]! - 1)).toBe(true)
    const user = (await desk.get('audit.users', {}))[0]!.id
    expect((await desk.get('audit.list', { ...ask, user, day: '2026-11-24' })).entries.length).toBeGreaterThanOrEqual(all.length)
    expect((await desk.get('audit.list', { ...ask, user: 'nobody' })).entries).toEqual([])
    expect((await desk.get('audit.list', { ...ask, day: '2026-11-23' })).entries).toEqual([])
  })

  it('H33 says of a file, found by its number, who looked, who changed it, and why', async () => {
    const desk = await openTestCentre()
    const caseId = await addCase(desk)
    const { row } = await desk.get('cases.get', { caseId })
    await desk.get('screen.setSafe', { on: true })
    for (const note of ['', 'le bailleur attend', ''])
      await desk.get('screen.reveal', { caseId, reason: note === '' ? 'appointment' : 'other', note })
    expect(await desk.refusal('audit.findFile', { number: 'MOR-26-99999-9' })).toBe('not-found')
    expect(await desk.get('audit.findFile', { number: ` ${row.number.toLowerCase()} ` })).toEqual({ caseId })
    const ask = { caseId, day: null, user: null, kind: null, before: null, limit: 5 }
    const { file } = await desk.get('audit.list', ask)
    // one look at the file, three at the name, one search for its register; created, filled in
    expect(file?.number).toBe(row.number)
    expect(file?.visitors.map((v) => [v.by, v.reads, v.changes, v.reasons])).toEqual([
      [
        'Aminatou B.',
        5,
        2,
        [
          { reason: 'appointment', note: '' },
          { reason: 'other', note: 'le bailleur attend' },
        ],
      ],
    ])
    expect((await desk.get('audit.list', { ...ask, caseId: null })).file).toBeNull()
    expect((await auditEvents(desk)).findLast((e) => e.action === 'audit.findFile')?.object).toBe(caseId)
  })

  it('H33 an administrator gets technical events alone, and no file', async () => {
    const desk = await openTestCentre({ roles: ['ADM', 'CW'] })
    const caseId = await addCase(desk)
    await desk.get('cases.get', { caseId })
    const ask = { caseId: null, day: null, user: null, kind: null, before: null, limit: 100 }
    const { entries } = await desk.get('audit.list', ask)
    expect(entries.map((e) => e.action).toSorted()).toEqual([
      'app.version',
      'form.version',
      'login',
      'setup',
      'undertaking.accept',
    ])
    expect((await desk.get('audit.list', { ...ask, caseId })).entries).toEqual([])
    expect((await desk.get('audit.list', { ...ask, kind: 'read' })).entries).toEqual([])
    expect((await desk.get('audit.list', { ...ask, caseId })).file).toEqual({ number: '', visitors: [] })
    const { row } = await desk.get('cases.get', { caseId })
    expect(await desk.refusal('audit.findFile', { number: row.number })).toBe('not-found')
    expect(Object.keys(auditActions).length).toBeGreaterThan(50)
  })
})
