import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#test/support/audit-events.ts'
import { openDatabaseCopy, openRealDatabase } from '#test/support/database-dump.ts'
import { pass, send, take } from '#test/support/exchange.ts'
import { openTwoCentres, testLogin, testPassword, addCase, type TestCentre } from '#test/support/open-test-centre.ts'
import { diskOf, setBack } from '#test/support/set-back.ts'
import { rewriteAudit } from '#test/support/rewrite-audit.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

interface Kept {
  readonly counter: number
  readonly seq: number
  readonly hash: string
  readonly fault: string | null
}
async function keptAt(desk: TestCentre): Promise<Kept[]> {
  const db = await openDatabaseCopy(desk)
  const rows = db.prepare<[], Kept>('SELECT counter, seq, hash, fault FROM register_head ORDER BY counter, at').all()
  db.close()
  return rows
}
/** The hash of an event of a desk's own register, hex. */
async function hashAt(desk: TestCentre, seq: number): Promise<string | undefined> {
  const db = await openDatabaseCopy(desk)
  const row = db.prepare<[number], { hash: Buffer }>('SELECT hash FROM audit WHERE seq = ?').get(seq)
  db.close()
  return row?.hash.toString('hex')
}
const faultTold = async (desk: TestCentre) =>
  (await desk.get('sync.centres', {})).centres.map((c) => c.registerFault?.fault ?? null)
const signIn = (desk: TestCentre) => desk.get('security.unlock', { login: testLogin, password: testPassword })
/** As `setBack` does it, for a desk whose witness tells of it: an ordinary backup put back. */
async function backUp(desk: TestCentre): Promise<() => Promise<TestCentre>> {
  const copy = tempFolder()
  cpSync(path.join(desk.folder, 'data'), copy, { recursive: true })
  return async () => {
    await desk.centre.close()
    rmSync(path.join(desk.folder, 'data'), { recursive: true })
    cpSync(copy, path.join(desk.folder, 'data'), { recursive: true })
    const back = await desk.restart()
    await signIn(back)
    return back
  }
}

describe('the head of the register of actions in each file', () => {
  it('H33 is kept for each file taken in, and a register that goes on is nothing to tell', async () => {
    const { mora, buea } = await openTwoCentres()
    for (let i = 0; i < 3; i += 1) {
      await addCase(mora)
      expect((await pass(mora, buea)).registerFault).toBeNull()
    }
    const kept = await keptAt(buea)
    expect(kept.map((k) => [k.counter, k.fault])).toEqual([1, 2, 3].map((counter) => [counter, null]))
    for (const { seq, hash } of kept) expect(await hashAt(mora, seq)).toBe(hash)
    expect(await faultTold(buea)).toEqual([null])
  })

  it('H33 files out of order, and one taken back and read again, contradict nothing', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora)
    const first = await send(mora, buea)
    await addCase(mora)
    const second = await send(mora, buea)
    const later = await take(buea, second)
    await buea.get('sync.undoImport', { importId: later.importId })
    expect((await take(buea, first)).registerFault).toBeNull()
    expect((await take(buea, second)).registerFault).toBeNull()
    expect((await keptAt(buea)).map((k) => k.counter)).toEqual([1, 2])
  })

  it('H33 a register that became shorter is told on the page, in the receipt and in the own register, and the file is taken in', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora)
    await pass(mora, buea)
    const { desk, disk } = await diskOf(mora)
    for (let i = 0; i < 4; i += 1) await addCase(desk)
    await pass(desk, buea)
    const back = await setBack(desk, disk)
    await addCase(back)
    const receipt = await pass(back, buea)
    expect(receipt).toMatchObject({ registerFault: 'shorter', newPeople: 1 })
    expect(await faultTold(buea)).toEqual(['shorter'])
    const imports = (await auditEvents(buea)).filter((e) => e.action === 'sync.import').map((e) => e.details?.['register'])
    expect(imports).toEqual([undefined, undefined, 'shorter'])
    buea.ports.clock.set(buea.ports.clock.now() + 32 * 86_400_000)
    expect(await faultTold(buea)).toEqual([null])
  })

  it('H33 a register that was cut and has grown past the head again is seen by the earlier head', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora)
    await pass(mora, buea)
    await pass(mora, buea)
    const { seq } = (await keptAt(buea)).at(-1)!
    const { desk } = await diskOf(mora)
    await desk.get('security.lock', {})
    // one event of the past is written anew, and the chain recomputed after it, as somebody with the key could
    const { db, close } = await openRealDatabase(desk)
    rewriteAudit(db, seq - 1, (line) => line.replace(/"app":"[^"]*"/, '"app":"another"'))
    close()
    await signIn(desk)
    expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
    for (let i = 0; i < 4; i += 1) await addCase(desk)
    expect((await pass(desk, buea)).registerFault).toBe('other')
    expect(await faultTold(buea)).toEqual(['other'])
    // what the computer goes on with afterwards fits what it told last
    await addCase(desk)
    expect((await pass(desk, buea)).registerFault).toBeNull()
    expect(await faultTold(buea)).toEqual(['other'])
  })

  it('H33 it is seen whichever of the files arrives first', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora)
    await send(mora, buea)
    const { desk, disk } = await diskOf(mora)
    for (let i = 0; i < 4; i += 1) await addCase(desk)
    const lost = await send(desk, buea)
    const back = await setBack(desk, disk)
    const second = await send(back, buea)
    const third = await send(back, buea)
    expect((await take(buea, third)).registerFault).toBeNull()
    expect((await take(buea, lost)).registerFault).toBe('shorter')
    await addCase(back)
    expect((await pass(back, buea)).registerFault).toBeNull()
    // it has the number of the one that was lost, and nothing else that is new
    expect(await buea.refusal('sync.preview', { file: buea.token(second), job: 'p' })).toBe('sync-older-than-yours')
  })

  it('H33 a backup that was put back looks the same, and says so', async () => {
    const { mora, buea } = await openTwoCentres()
    const { desk } = await diskOf(mora)
    const restore = await backUp(desk)
    for (let i = 0; i < 4; i += 1) await addCase(desk)
    await pass(desk, buea)
    const back = await restore()
    expect((await back.get('sync.centres', {})).renewed?.reason).toBe('restore')
    expect((await pass(back, buea)).registerFault).toBe('shorter')
  })
})
