import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { mailbox, person, renamed, scene } from '#test/formats/lying-centre.ts'
import { forgedChain, forgedFile } from '#test/formats/outside-centre.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import { look } from '#test/support/exchange.ts'

/** A file on a stick, and a switch that makes each reading of its copy last so many minutes. */
async function slowReading() {
  const { buea, mora, to } = await scene()
  const file = path.join(buea.folder, 'slow.age')
  writeFileSync(file, await forgedFile(mora, to, [forgedChain(mora, mailbox, [person, renamed])]))
  const pieces = buea.files.pieces.bind(buea.files)
  let minutes = 0
  Object.assign(buea.files, {
    pieces: (name: string) => {
      buea.ports.clock.advance(minutes * 60_000)
      return pieces(name)
    },
  })
  return { buea, file, last: (m: number) => (minutes = m) }
}

describe('a file that takes too long', () => {
  it('I9 the proof stops by itself after half an hour, and nothing is changed', async () => {
    const { buea, file, last } = await slowReading()
    const before = await databaseDump(buea)
    last(31)
    expect(await buea.refusal('sync.preview', { file: buea.token(file), job: 'p' })).toBe('sync-too-slow')
    expect(await databaseDump(buea)).toBe(before)
    last(29)
    expect((await look(buea, file)).newChanges).toBe(1)
  })
  it('I9 so does the import, and the same file can be taken in afterwards', async () => {
    const { buea, file, last } = await slowReading()
    const { previewId } = await look(buea, file)
    const before = await databaseDump(buea)
    last(31)
    expect(await buea.refusal('sync.import', { previewId, job: 'i' })).toBe('sync-too-slow')
    expect(await databaseDump(buea)).toBe(before)
    last(29)
    expect((await buea.get('sync.import', { previewId, job: 'i' })).changedPeople).toBe(1)
  })
})
