import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { mailbox, person, renamed, scene } from '#test/formats/lying-centre.ts'
import { forgedChain, forgedFile, type ForgedEntry } from '#test/formats/outside-centre.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import { look } from '#test/support/exchange.ts'
import { addCase } from '#test/support/open-test-centre.ts'

/** A file that was previewed: its lines are proved, and are read a second time when it is taken in. */
async function previewed() {
  const s = await scene()
  const at = path.join(s.buea.folder, 'second.age')
  const bytes = await forgedFile(s.mora, s.to, [forgedChain(s.mora, mailbox, [person, renamed])])
  writeFileSync(at, bytes)
  const { previewId } = await look(s.buea, at)
  return { ...s, bytes, previewId, copy: s.buea.files.dataPath('inbox/received.age') }
}

describe('the second reading of a file', () => {
  it('I9 refuses another good file of the same sender that took the place of the copy, and changes nothing', async () => {
    const { buea, mora, to, previewId, copy } = await previewed()
    writeFileSync(copy, await forgedFile(mora, to, [forgedChain(mora, mailbox, [person])]))
    const before = await databaseDump(buea)
    expect(await buea.refusal('sync.import', { previewId, job: 'i' })).toBe('sync-suspicious')
    expect(await databaseDump(buea)).toEqual(before)
  })
  it('I9 refuses a copy that was damaged meanwhile, and changes nothing', async () => {
    const { buea, bytes, previewId, copy } = await previewed()
    const damaged = Uint8Array.from(bytes)
    damaged[damaged.length - 20]! ^= 1
    writeFileSync(copy, damaged)
    const before = await databaseDump(buea)
    expect(await buea.refusal('sync.import', { previewId, job: 'i' })).toBe('sync-damaged')
    expect(await databaseDump(buea)).toEqual(before)
  })
  it('I2 takes the file in when the desk wrote meanwhile, and the chain goes on from there', async () => {
    const { buea, mora, to, tried, previewId } = await previewed()
    await addCase(buea)
    const receipt = await buea.get('sync.import', { previewId, job: 'i' })
    expect(receipt.changedPeople).toBe(1)
    const later: ForgedEntry = { ...renamed, p: { a_given_names: 'Zara' }, t: '0mib4k2b1-00' }
    expect(await tried(await forgedFile(mora, to, [forgedChain(mora, mailbox, [person, renamed, later], 3)]))).toBe(
      'import: accepted',
    )
  })
})
