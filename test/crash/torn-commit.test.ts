import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { addCase, openTestCentre } from '#test/support/open-test-centre.ts'
import { wholeDump } from './after-death.ts'
import { copyOf } from './victims.ts'

const walHeaderBytes = 32
const frameBytes = 24 + 4096

describe('a commit that was torn', () => {
  it('I2 cut at every page and in the midst of it, the database is as before or as after', async () => {
    const desk = await openTestCentre()
    const id = await addCase(desk)
    await desk.centre.close()
    const open = await desk.restart()
    await open.get('security.unlock', { login: 'aminatou', password: 'le-mil-pousse-vite' })
    const data = path.join(open.folder, 'data')
    const walOf = () => readFileSync(path.join(data, 'store.db-wal'))
    const before = await wholeDump(open.folder)
    const start = walOf().length
    await open.get('cases.saveAnswers', { caseId: id, answers: { given_names: 'Hadidja' } })
    const [after, wal] = [await wholeDump(open.folder), walOf()]
    expect(after).not.toBe(before)
    const folder = copyOf(open)
    copyFileSync(path.join(data, 'store.db'), path.join(folder, 'data/store.db'))
    const seen: string[] = []
    const frames = (wal.length - walHeaderBytes) / frameBytes
    expect(Number.isInteger(frames)).toBe(true)
    for (let frame = (start - walHeaderBytes) / frameBytes; frame <= frames; frame += 0.5) {
      writeFileSync(path.join(folder, 'data/store.db-wal'), wal.subarray(0, walHeaderBytes + Math.floor(frame * frameBytes)))
      const found = await wholeDump(folder)
      expect([before, after]).toContain(found)
      seen.push(found === after ? 'after' : 'before')
    }
    // one step from the one to the other, at the last page
    expect([seen[0], seen.at(-2), seen.at(-1)]).toEqual(['before', 'before', 'after'])
    expect(seen.indexOf('after')).toBe(seen.length - 1)
  }, 180_000)
})
