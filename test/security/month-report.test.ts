import path from 'node:path'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { PrintedJob } from '#renderer/features/printing/index.ts'
import { groupedHash, typedHash, type PaperHead } from '#shared/audit/month-report.ts'
import type { CallOutput } from '#shared/contract.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { openRealDatabase } from '#test/support/database-dump.ts'
import { pass } from '#test/support/exchange.ts'
import {
  addCase,
  openTestCentre,
  openTwoCentres,
  testLogin,
  testPassword,
  type TestCentre,
} from '#test/support/open-test-centre.ts'
import { rewriteAudit } from '#test/support/rewrite-audit.ts'
import { diskOf, setBack } from '#test/support/set-back.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

async function printed(desk: TestCentre, month = '2026-11') {
  const { job } = await desk.get('printing.prepareMonthReport', { month, language: 'fr' })
  return (await desk.get('printing.job', { job })) as Extract<CallOutput<'printing.job'>, { kind: 'month-report' }>
}
/** What is typed from the paper: the first five groups. */
async function paperOf(desk: TestCentre): Promise<PaperHead> {
  const { head } = (await printed(desk)).report
  return { events: head.events, hash: typedHash(groupedHash(head.hash).slice(0, 24).toUpperCase()) }
}
const held = async (desk: TestCentre, paper: PaperHead) => (await desk.get('audit.verify', { paper })).paper

describe('the report of a month', () => {
  it('H33 counts what was read with and without a reason, failed, sent and taken in, bears the head of the chain, and names nobody', async () => {
    const { mora, buea } = await openTwoCentres()
    await addUser(mora, 'halima', ['CW'])
    await signInAs(mora, 'halima')
    const caseId = await addCase(mora)
    await mora.get('cases.get', { caseId })
    await mora.get('security.lock', {})
    await mora.refusal('security.unlock', { login: 'halima', password: 'pas-le-bon-mot' })
    await mora.refusal('security.unlock', { login: testLogin, password: 'pas-le-bon-mot' })
    await mora.get('security.unlock', { login: testLogin, password: testPassword })
    // initials alone, then all of it, then again after another sign-in
    await mora.get('cases.get', { caseId })
    await mora.get('screen.reveal', { caseId, reason: 'supervision', note: '' })
    await mora.get('cases.get', { caseId })
    await mora.get('cases.get', { caseId })
    // the reason was the supervisor's, not hers whose case it is
    await signInAs(mora, 'halima')
    await mora.get('cases.get', { caseId })
    await mora.get('security.unlock', { login: testLogin, password: testPassword })
    await mora.get('cases.get', { caseId })
    await pass(mora, buea)
    await pass(buea, mora)

    const { report } = await printed(mora)
    const events = await auditEvents(mora)
    expect(report).toMatchObject({
      month: '2026-11',
      siteName: 'Mora',
      confidential: { withReason: 2, without: 2 },
      failedSignIns: 2,
      exports: 1,
      imports: 1,
      erasures: 0,
      cuts: 0,
      range: { first: 1, last: events.length - 1 },
    })
    expect(report.kinds.reduce((sum, { events: n }) => sum + n, 0)).toBe(events.length - 1)
    expect(events.at(-1)).toMatchObject({ action: 'month-report.prepare', details: { month: '2026-11' } })
    expect(report.head.events).toBe(events.length)
    expect(JSON.stringify(report)).not.toMatch(/Ŋgono|Aïssatou|Aminatou|halima|MOR-26/i)
    expect((await printed(mora, '2026-10')).report).toMatchObject({ range: null, failedSignIns: 0 })
    // one page, with the whole head on it, in exercises marked
    const paper = renderToStaticMarkup(PrintedJob({ job: await printed(mora) }))
    expect(paper).toContain('Mora')
    const job = await printed(mora)
    expect(renderToStaticMarkup(PrintedJob({ job }))).toContain(groupedHash(job.report.head.hash))
  })

  it('H33 a register that was written anew whole, which verifies by itself, does not fit the paper; one that goes on does', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora)
    const { desk, disk } = await diskOf(mora)
    const paper = await paperOf(desk)
    await addCase(desk)
    expect(await held(desk, paper)).toBe('fits')
    expect(await held(desk, { ...paper, events: paper.events - 1 })).toBe('differs')
    const takenOut = async (at: TestCentre, name: string) => {
      const file = path.join(at.folder, name)
      await at.get('audit.takeOut', { site: 'BUE', file: at.token(file), job: 'out' })
      return (await buea.get('audit.check', { file: buea.token(file), job: 'check', paper })).paper
    }
    expect(await takenOut(desk, 'PSRL-1.psrlreg')).toBe('fits')
    await desk.get('security.lock', {})
    const { db, close } = await openRealDatabase(desk)
    rewriteAudit(db, 5, (line) => line.replace(/"app":"[^"]*"/, '"app":"another"'))
    close()
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect(await desk.get('audit.verify', { paper })).toMatchObject({ brokenAt: null, paper: 'differs' })
    expect(await takenOut(desk, 'PSRL-2.psrlreg')).toBe('differs')
    // a whole database that was put back ends before the paper
    const back = await setBack(desk, disk)
    expect(await held(back, { ...paper, events: paper.events + 20 })).toBe('ends-before')
    expect(await takenOut(back, 'PSRL-3.psrlreg')).not.toBe('fits')
  })

  it('H33 a changed row is no fit either, nor what was typed in part', async () => {
    const desk = await openTestCentre()
    const paper = await paperOf(desk)
    await desk.get('security.lock', {})
    const { db, close } = await openRealDatabase(desk)
    db.prepare(`UPDATE audit SET line = replace(line, '"action"', '"Action"') WHERE seq = 3`).run()
    close()
    await desk.get('security.unlock', { login: testLogin, password: testPassword })
    expect(await held(desk, paper)).toBe('differs')
    expect(await desk.refusal('audit.verify', { paper: { ...paper, hash: paper.hash.slice(0, 16) } })).toBe('bad-input')
    expect([typedHash('12ab 34CD'), typedHash('x'.repeat(20)), typedHash(' 0123-4567 89ab.cdef 0123 ')]).toEqual([
      '',
      '',
      '0123456789abcdef0123',
    ])
  })
})
