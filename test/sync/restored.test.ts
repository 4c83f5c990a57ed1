import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { deviceOf, look, meet, pass, send, take } from '#test/support/exchange.ts'
import { addCase, openTwoCentres, testLogin, testPassword, type TestCentre } from '#test/support/open-test-centre.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

const list = { text: '', after: null, limit: 50 }
const namesAt = async (desk: TestCentre) => (await desk.get('cases.list', list)).rows.map((r) => r.name).toSorted()
const named = (name: string) => ({ identity: { family_name: name, given_names: 'A' } })
const signIn = (desk: TestCentre) => desk.get('security.unlock', { login: testLogin, password: testPassword })

/** Closes the desk and keeps a copy of its data folder. */
async function copyOf(desk: TestCentre): Promise<{ desk: TestCentre; copy: string }> {
  const copy = tempFolder()
  const closed = await desk.restart()
  await closed.centre.close()
  cpSync(path.join(desk.folder, 'data'), path.join(copy, 'data'), { recursive: true })
  const open = await closed.restart()
  await signIn(open)
  return { desk: open, copy }
}

describe('a desk that comes back from a copy', () => {
  it('I2 notices it, goes on under a new name, and gets its own lost changes back from the others', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora, named('Kept'))
    const { desk, copy } = await copyOf(mora)
    expect((await desk.get('sync.centres', {})).renewed).toBeNull()
    await addCase(desk, named('Lost'))
    await pass(desk, buea)
    await desk.centre.close()
    rmSync(path.join(desk.folder, 'data'), { recursive: true })
    cpSync(path.join(copy, 'data'), path.join(desk.folder, 'data'), { recursive: true })
    const back = await desk.restart()
    await signIn(back)
    expect((await back.get('sync.centres', {})).renewed?.reason).toBe('restore')
    await addCase(back, named('New'))
    const file = await send(back, buea)
    expect(await look(buea, file)).toMatchObject({ twoHistories: 0, people: 2 })
    await take(buea, file)
    expect(await namesAt(buea)).toEqual(['Kept A', 'Lost A', 'New A'])
    // what was lost here comes back as the copies that had been handed over
    const returned = await send(buea, back)
    expect((await look(back, returned)).twoHistories).toBe(0)
    await take(back, returned)
    expect(await namesAt(back)).toEqual(['Kept A', 'Lost A', 'New A'])
    for (const desk of [back, buea]) expect(await desk.get('review.list', {})).toEqual([])
    const numbers = (await back.get('cases.list', list)).rows.map((r) => r.number)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('I2 a lost change of a person who is still here comes back too, and the next file does not undo it elsewhere', async () => {
    const { mora, buea } = await openTwoCentres()
    const id = await addCase(mora, named('Before'))
    await pass(mora, buea)
    const { desk, copy } = await copyOf(mora)
    await desk.get('cases.saveAnswers', { caseId: id, answers: { family_name: 'After', id_docs: ['birth', 'cni'] } })
    await pass(desk, buea)
    await desk.centre.close()
    rmSync(path.join(desk.folder, 'data'), { recursive: true })
    cpSync(path.join(copy, 'data'), path.join(desk.folder, 'data'), { recursive: true })
    const back = await desk.restart()
    await signIn(back)
    expect(await namesAt(back)).toEqual(['Before A'])
    // written since the restore: newer than what comes back
    await back.get('cases.saveAnswers', { caseId: id, answers: { given_names: 'B' } })
    await pass(back, buea)
    await pass(buea, back)
    expect(await namesAt(back)).toEqual(['After B'])
    expect((await back.get('cases.get', { caseId: id })).answers['id_docs']).toEqual(['birth', 'cni'])
    await pass(back, buea)
    expect(await namesAt(buea)).toEqual(['After B'])
  })

  it('I2 notices that it was copied to another PC, and neither copy is a second history of the other', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora, named('Both'))
    const { desk, copy } = await copyOf(mora)
    const twin = await desk.restart({ folder: copy, machineId: 'another-pc', seed: 5 })
    const original = await desk.restart()
    await signIn(twin)
    await signIn(original)
    expect((await twin.get('sync.centres', {})).renewed?.reason).toBe('clone')
    expect((await original.get('sync.centres', {})).renewed).toBeNull()
    // the copy is another device: until its card was read nobody takes anything from it
    expect(await deviceOf(twin)).not.toBe(await deviceOf(original))
    const early = await send(twin, buea)
    expect(await buea.refusal('sync.preview', { file: buea.token(early), job: 'p' })).toBe('sync-unknown-sender')
    await meet(twin, buea)
    await addCase(twin, named('Twin'))
    await addCase(original, named('Original'))
    await pass(original, buea)
    const file = await send(twin, buea)
    expect((await look(buea, file)).twoHistories).toBe(0)
    await take(buea, file)
    expect(await namesAt(buea)).toEqual(['Both A', 'Original A', 'Twin A'])
  })

  it('I2 without its witness it learns it from what the others hold of it', async () => {
    const { mora, buea } = await openTwoCentres()
    await addCase(mora, named('Kept'))
    const { desk, copy } = await copyOf(mora)
    await addCase(desk, named('Lost'))
    await pass(desk, buea)
    await desk.centre.close()
    for (const name of ['data', 'witness']) rmSync(path.join(desk.folder, name), { recursive: true })
    cpSync(path.join(copy, 'data'), path.join(desk.folder, 'data'), { recursive: true })
    const back = await desk.restart()
    await signIn(back)
    expect((await back.get('sync.centres', {})).renewed).toBeNull()
    // the other's file joins on what this desk once said to hold, and says more of it than it knows itself
    const file = await send(buea, back)
    expect(await back.refusal('sync.preview', { file: back.token(file), job: 'p' })).toBe('sync-missing-earlier')
    expect((await back.get('sync.centres', {})).renewed?.reason).toBe('ack-ahead')
    await addCase(back, named('New'))
    await pass(back, buea)
    await pass(buea, back)
    for (const desk of [back, buea]) {
      expect(await namesAt(desk)).toEqual(['Kept A', 'Lost A', 'New A'])
      expect(await desk.get('review.list', {})).toEqual([])
    }
  })
})
