import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '#shared/result.ts'
import { entryLimits } from '#shared/sync/entry.ts'
import { syncLimits } from '#shared/sync/manifest.ts'
import type { Files } from '#main/centre/ports.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import { inPieces } from '#test/support/in-pieces.ts'
import { scene } from './lying-centre.ts'
import { layoutVectors } from './vectors/layout-vectors.ts'
import { lineVectors } from './vectors/line-vectors.ts'
import { manifestVectors } from './vectors/manifest-vectors.ts'
import { sealVectors } from './vectors/seal-vectors.ts'
import type { Vector, VectorWorld } from './vectors/vector.ts'

/** Beyond this, the middle of a file comes in larger pieces: nothing is decided there. */
const byteByByte = 1500

/** A large file comes in larger pieces: what is over a limit is seen all the same. */
const middlePiece = (bytes: Uint8Array): number => Math.max(1000, Math.floor(bytes.length / 60))

/** How the bytes of a file come in from the disk. */
const feeds: Readonly<Record<string, (bytes: Uint8Array) => AsyncGenerator<Uint8Array>>> = {
  whole: (bytes) => inPieces(bytes, Math.max(1, bytes.length)),
  'in pieces of 1000': (bytes) => inPieces(bytes, middlePiece(bytes)),
  async *'byte by byte'(bytes) {
    yield* inPieces(bytes.subarray(0, byteByByte), 1)
    const rest = bytes.subarray(byteByByte)
    const end = Math.max(0, rest.length - 100)
    yield* inPieces(rest.subarray(0, end), middlePiece(bytes) - 3)
    yield* inPieces(rest.subarray(end), 1)
  },
}

/** Reads every vector by every feed through the whole centre; its code must be as expected, and nothing stored. */
async function checkAll(vectorsOf: (world: VectorWorld) => Vector[] | Promise<Vector[]>): Promise<number> {
  const { buea, mora, to } = await scene()
  const vectors = await vectorsOf({ mora, to })
  const before = await databaseDump(buea)
  const told: Record<string, string> = {}
  const expected: Record<string, string> = {}
  const name = path.join(buea.folder, 'vector.age')
  const files = buea.ports.files as { -readonly [K in keyof Files]: Files[K] }
  for (const { name: vector, expect: code, bytes } of vectors) {
    writeFileSync(name, bytes)
    for (const [feed, pieces] of Object.entries(feeds)) {
      files.pieces = () => pieces(bytes)
      told[`${vector}, ${feed}`] = await buea.refusal('sync.preview', { file: buea.token(name), job: 'p' })
      expected[`${vector}, ${feed}`] = code
    }
    if ((await databaseDump(buea)) !== before) told[vector] = 'stored something'
  }
  expect(told).toEqual(expected)
  return vectors.length
}

describe('vectors: each file and what becomes of it, whole, in pieces, byte by byte', { timeout: 300_000 }, () => {
  it('I9 the seal: header, recipients, chunks', async () => {
    expect(await checkAll(sealVectors)).toBeGreaterThan(50)
  })
  it('I9 the layout: lengths, signature, sections, padding', async () => {
    expect(await checkAll(layoutVectors)).toBeGreaterThan(50)
  })
  it('I9 the manifest: every field, every spelling', async () => {
    expect(await checkAll(manifestVectors)).toBeGreaterThan(80)
  })
  it('I9 the lines: every part of an entry, every limit of a value', async () => {
    expect(await checkAll(lineVectors)).toBeGreaterThan(80)
  })
  it('the format document names every code and every limit', () => {
    const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/formats/sync-file.md'), 'utf8')
    const codes = errorCodes.filter((code) => code.startsWith('sync-'))
    expect(codes.filter((code) => !text.includes(`\`${code}\``))).toEqual([])
    const limits = [syncLimits.manifestBytesMax, syncLimits.entriesMax, syncLimits.lineBytesMax, syncLimits.recordBytesMax]
    const small = [syncLimits.chainsMax, syncLimits.stanzasMax, syncLimits.ratioMax, syncLimits.noteCharactersMax]
    for (const limit of [...limits, ...small]) expect(text).toContain(limit.toLocaleString('en-GB'))
    for (const limit of [entryLimits.textMax, entryLimits.codesMax, entryLimits.dotsMax])
      expect(text).toContain(limit === 1000 ? '1000' : limit.toLocaleString('en-GB'))
  })
})
