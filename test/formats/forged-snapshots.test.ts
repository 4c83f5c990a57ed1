import { describe, expect, it } from 'vitest'
import { packSection, writeSyncFile, type ManifestDraft } from '#main/centre/crypto/sync-file-writer.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import { mailbox, person, scene } from './lying-centre.ts'
import { bytesOf, forgedChain, forgedDraft, oneChunk, outsideCentre, trustOutside, type OutsideCentre } from './outside-centre.ts'

const stamp = '0mib4k2a0-00'
const { writer } = (await outsideCentre('MOR', 'm', 5)).record
const p = person.p as Readonly<Record<string, unknown>>
const clocks = (q = 1, w = writer) => Object.fromEntries(Object.keys(p).map((f) => [f, [w, q, stamp]]))
const row = { stream: mailbox, k: 'case', r: 'mwmwmwmw-5', t: stamp, p, c: clocks(), o: [], s: { [writer]: '22'.repeat(16) } }

/** A file of the first of these, whose chains begin at floors of entries that are nowhere; `lines` stand for them. */
async function snapshotFile(
  from: readonly (readonly [centre: OutsideCentre, floor: number])[],
  to: { readonly device: string; readonly age: string },
  lines: readonly unknown[],
  changes: Readonly<Record<string, unknown>> = {},
  journalFirst = false,
): Promise<Uint8Array> {
  const chains = from.map(([centre, floor]) =>
    forgedChain(
      centre,
      mailbox,
      [person, person, person, person].map((e, i) => ({ ...e, r: `mwmwmwmw-3${i}` })),
      floor + 1,
    ),
  )
  const mora = from[0]![0]
  const draft = forgedDraft(mora, to, chains, { profile: 'snapshot', snapshot: [mailbox], ...changes })
  const texts = lines.map((l) => (typeof l === 'string' ? l : JSON.stringify(l)))
  const sections = [await packSection(2, oneChunk(texts)), await packSection(1, oneChunk(chains.flatMap((c) => c.lines)))]
  return bytesOf(
    await writeSyncFile(
      draft as unknown as ManifestDraft,
      journalFirst ? sections.toReversed() : sections,
      { device: mora.identity.device, secret: mora.identity.signSecret },
      [to.age, mora.identity.ageRecipient],
    ),
  )
}

describe('snapshots that should not be', { timeout: 120_000 }, () => {
  it('I9 each is refused with its code, and nothing is stored; a good one is taken', async () => {
    const { buea, to, tried } = await scene()
    // a writer that Buéa has not heard of yet, so that the floor is beyond what is held
    const mora = await outsideCentre('MOR', 'm', 5)
    const other = await outsideCentre('MOR', 'n', 6)
    await trustOutside(buea, other)
    const good = { ...row, c: clocks(1, other.record.writer), s: { [other.record.writer]: '22'.repeat(16) } }
    const file = (lines: readonly unknown[], changes: Readonly<Record<string, unknown>> = {}, journalFirst = false) =>
      snapshotFile([[other, 3]], to, lines, changes, journalFirst)
    const suspicious = 'sync-suspicious'
    const cases: Readonly<Record<string, readonly [Promise<Uint8Array>, string]>> = {
      'a change above the floor': [file([{ ...good, c: clocks(4, other.record.writer) }]), suspicious],
      'a change of a chain that is not in the file': [file([{ ...good, c: clocks(1, mora.record.writer) }]), suspicious],
      'a value without its change': [file([{ ...good, c: {} }]), suspicious],
      'an unknown register': [
        file([{ ...good, p: { ...p, nickname: 'x' }, c: { ...good.c, nickname: [other.record.writer, 1, stamp] } }]),
        suspicious,
      ],
      'a row that is not whole': [
        file([{ ...good, p: { status: 'active' }, c: { status: [other.record.writer, 1, stamp] } }]),
        suspicious,
      ],
      'a kind that may not travel here': [file([{ ...good, k: 'service' }]), suspicious],
      'a stream that the manifest does not name': [file([{ ...good, stream: 'nat' }]), suspicious],
      'another spelling': [file([JSON.stringify(good).replace('{"stream"', '{ "stream"')]), suspicious],
      'a key of its own': [file([{ ...good, z: 1 }]), suspicious],
      'an open value of no register': [file([{ ...good, o: [['a_sex', other.record.writer, 1, stamp, 'F']] }]), suspicious],
      'an erasure without a certificate': [
        file([{ stream: mailbox, x: ['case', 'mwmwmwmw-5', '', 'retention-ended'] }]),
        suspicious,
      ],
      'writers of a chain that is not in the file': [
        file([{ stream: mailbox, writer: mora.record.writer, w: { '1': writer } }]),
        suspicious,
      ],
      'no stream named': [file([good], { snapshot: undefined }), suspicious],
      'a stream named by an increment': [file([good], { profile: 'incremental' }), suspicious],
      'a stream that the sender may not vouch for': [file([good], { snapshot: ['mbx:BUE:MOR'] }), suspicious],
      'a stream of others': [file([good], { snapshot: ['reg:MOR'] }), suspicious],
      'rows after entries': [file([good], {}, true), suspicious],
      'a newer schema': [file([good], { schema: 2 }), 'sync-newer-app'],
      'another history below the floor of a chain beside it': [
        snapshotFile(
          [
            [other, 3],
            [mora, 1],
          ],
          to,
          [good, row],
        ),
        'sync-fork',
      ],
      'a statement of the list of computers': [
        file([{ ...good, stream: 'nat', k: 'roster_entry', p: { body: 'x', sig: 'y' }, c: {} }], { snapshot: [mailbox, 'nat'] }),
        suspicious,
      ],
      'an erased statement of the list of computers': [
        file([{ stream: 'nat', x: ['roster_entry', 'mwmwmwmw-5', 'MOR-26-ABCDEF', 'retention-ended'] }], {
          snapshot: [mailbox, 'nat'],
        }),
        suspicious,
      ],
    }
    const before = await databaseDump(buea)
    const told: Record<string, string> = {}
    for (const [what, [bytes]] of Object.entries(cases)) {
      told[what] = (await tried(await bytes)).replace(/^.*?(sync-[a-z-]+).*$/, '$1')
      if ((await databaseDump(buea)) !== before) told[what] += ', stored something'
    }
    expect(told).toEqual(Object.fromEntries(Object.entries(cases).map(([what, [, code]]) => [what, code])))
    // where nothing is missing the rows are not taken, and the other history is left alone
    const people = async () => (await buea.get('cases.list', { text: '', after: null, limit: 50 })).rows.length
    const held = await people()
    expect(await tried(await snapshotFile([[mora, 1]], to, [row]))).toBe('import: accepted')
    expect(await people()).toBe(held)
    expect(await tried(await file([good]))).toBe('import: accepted')
    expect(await people()).toBeGreaterThan(held)
  })
})
