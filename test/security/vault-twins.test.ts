import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CallName } from '#shared/contract.ts'
import { canonicalDump, openDatabaseCopy } from '#test/support/database-dump.ts'
import {
  addAgreement,
  addEnvelope,
  focalLogin,
  openEnvelopes,
  openFocalDesk,
  signInSupervisor,
} from '#test/support/focal-point.ts'
import { withMoreMigrations } from '#test/support/more-migrations.ts'
import type { TestCentre } from '#test/support/open-test-centre.ts'
import { signInAs } from '#test/support/test-users.ts'

/** Names and sizes of all files beside the database, and of the backups. */
function filesOf(desk: TestCentre): Readonly<Record<string, number>> {
  const data = path.join(desk.folder, 'data')
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((f) => f.isFile())
  const named = files.map((f) => path.join(f.parentPath, f.name)).toSorted()
  return Object.fromEntries(named.map((f) => [path.relative(data, f), statSync(f).size]))
}

/** All rows, the audit's included but for its hashes and clocks, which differ from run to run. */
async function contentOf(desk: TestCentre): Promise<string> {
  const db = await openDatabaseCopy(desk)
  try {
    const lines = db.prepare<[], { line: string }>('SELECT line FROM audit ORDER BY seq').all()
    const told = lines.map(({ line }) => {
      const { action, user, object, details } = JSON.parse(line) as Record<string, unknown>
      return JSON.stringify([action, user, object, details])
    })
    return [canonicalDump(db), ...told].join('\n')
  } finally {
    db.close()
  }
}

/** Two desks of one history; the focal point of the first worked with envelopes, that of the second only signed in. */
async function twins(): Promise<readonly [TestCentre, TestCentre]> {
  const [used, unused] = [await openFocalDesk({ seed: 7 }), await openFocalDesk({ seed: 7 })]
  await openEnvelopes(used.desk)
  const { code } = await used.desk.get('envelope.newPaper', {})
  await used.desk.get('envelope.keepPaper', { code })
  for (let i = 0; i < 4; i += 1) {
    const { id } = await addEnvelope(used.desk, used.caseId, { within72h: '72', servicesWanted: ['health'] })
    const { envelope } = await addAgreement(used.desk, id)
    await used.desk.get('envelope.prepareSlip', { id, code: envelope.consents[0]?.code ?? '', format: 'a5' })
    if (i === 3) await used.desk.get('envelope.erase', { id })
  }
  expect(await used.desk.refusal('envelope.get', { id: 'none' })).toBe('not-found')
  return [used.desk, unused.desk]
}

/** What everybody else may ask, as far as it counts or lists. */
const questions: readonly (readonly [CallName, unknown])[] = [
  ['cases.list', { text: '', after: null, limit: 50, show: 'all' }],
  ['cases.list', { text: 'Ngono', after: null, limit: 50, show: 'all' }],
  ['referrals.list', { caseId: null, show: 'all', after: null, limit: 50 }],
  ['directory.search', { text: '', sector: null, pcode: null, after: null, limit: 50 }],
  ['users.list', {}],
  ['sync.files', { limit: 10 }],
  ['cases.drafts', {}],
  ['envelope.state', {}],
  ['envelope.list', { text: '' }],
  ['envelope.get', { id: 'none' }],
]

describe('two installations that differ only in the use of the vault', () => {
  it('H12 have the same files, rows, audit, log, answers and backups, before and after a restart', async () => {
    const [used, unused] = await twins()
    await signInSupervisor(used)
    await signInSupervisor(unused)
    expect(filesOf(used)).toEqual(filesOf(unused))
    expect(await contentOf(used)).toBe(await contentOf(unused))
    const answers = async (desk: TestCentre) => {
      const all = []
      for (const [name, input] of questions) all.push([name, await desk.centre.call(name, input)])
      return JSON.stringify(all)
    }
    expect(await answers(used)).toBe(await answers(unused))
    for (const desk of [used, unused]) await desk.get('security.lock', {})
    expect(filesOf(used)).toEqual(filesOf(unused))
    const logs = [used, unused].map((desk) => JSON.stringify(desk.ports.logged))
    expect(logs[0]).toBe(logs[1])
    // the next release makes a backup before it changes anything
    const newer = { shipped: withMoreMigrations }
    const again = [await used.restart(newer), await unused.restart(newer)] as const
    for (const desk of again) await signInAs(desk, focalLogin)
    for (const desk of again) await signInSupervisor(desk)
    expect(filesOf(again[0])).toEqual(filesOf(again[1]))
    const backups = Object.entries(filesOf(again[0])).filter(([name]) => name.startsWith('backups'))
    expect(backups.some(([name, size]) => name.endsWith('.vault') && size === 1_048_576)).toBe(true)
  })

  it('H12 take as long to answer: neither is the slower one more often than a coin would say', async () => {
    const [used, unused] = await twins()
    for (const desk of [used, unused]) await signInSupervisor(desk)
    const rounds = 60
    const took = async (desk: TestCentre) => {
      const from = performance.now()
      for (const [name, input] of questions) await desk.centre.call(name, input)
      return performance.now() - from
    }
    for (let i = 0; i < 5; i += 1) for (const desk of [used, unused]) await took(desk)
    let slower = 0
    for (let i = 0; i < rounds; i += 1) {
      // each goes first as often as the other
      const [a, b] = i % 2 === 0 ? [await took(used), await took(unused)] : [await took(unused), await took(used)].toReversed()
      if (a! > b!) slower += 1
    }
    // sign test: outside of 13 to 47 of 60 once in a hundred thousand
    expect(slower).toBeGreaterThan(12)
    expect(slower).toBeLessThan(48)
  }, 120_000)

  it('H28 nothing of an envelope lies in any file in plain, and nothing of it in the database', async () => {
    const { desk, caseId } = await openFocalDesk()
    await openEnvelopes(desk)
    const { code } = await addEnvelope(desk, caseId, { providerCaseRef: 'CANARY-REF-55' })
    await desk.get('security.lock', {})
    const data = path.join(desk.folder, 'data')
    for (const f of readdirSync(data, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())) {
      const bytes = readFileSync(path.join(f.parentPath, f.name))
      for (const canary of ['CANARY-REF-55', code]) expect(bytes.includes(canary)).toBe(false)
    }
    expect(await contentOf(desk)).not.toMatch(new RegExp(`CANARY-REF-55|${code}`))
  })
})
