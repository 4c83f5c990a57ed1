import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newDeviceIdentity } from '#main/centre/crypto/device-identity.ts'
import { openSyncFile } from '#main/centre/crypto/sync-file-reader.ts'
import { Refusal } from '#shared/result.ts'
import { ageFile } from '#test/support/age-writer.ts'
import { seededRandom } from '#test/support/fake-ports.ts'
import { inPieces } from '#test/support/in-pieces.ts'
import { codesOf, scene } from './lying-centre.ts'
import { outsideCentre } from './outside-centre.ts'
import { plainOf, sealedFor } from './vectors/vector.ts'

const headerEnd = (file: Uint8Array): number => Buffer.from(file).indexOf('\n', Buffer.from(file).indexOf('\n--- ') + 1) + 1

function flipped(file: Uint8Array, at: number, bit: number): Uint8Array {
  const copy = Uint8Array.from(file)
  copy[at]! ^= 1 << bit
  return copy
}

/** A small whole file for one reader, and what reading it to its end says. */
async function smallFile() {
  const mora = await outsideCentre('MOR', 'm', 5)
  const reader = newDeviceIdentity('b'.repeat(16), seededRandom(3))
  const file = sealedFor(
    { mora, to: { device: reader.device, age: reader.ageRecipient } },
    plainOf({ mora, to: { device: reader.device, age: reader.ageRecipient } }),
  )
  const codeOf = async (bytes: Uint8Array): Promise<string> => {
    try {
      const opened = await openSyncFile(reader.ageIdentities, bytes.length, inPieces(bytes))
      if (!opened.signedBy(mora.identity.signPublic)) return 'not signed'
      for await (const section of opened.sections()) for await (const _lines of section.lines) continue
      return 'opened'
    } catch (error) {
      return error instanceof Refusal ? error.code : `thrown ${String(error)}`
    }
  }
  expect(await codeOf(file)).toBe('opened')
  return { file, reader, codeOf }
}

describe('mutations of a small file', { timeout: 300_000 }, () => {
  it('I9 no cut opens: each is called incomplete, or no sync file when nothing is left', async () => {
    const { file, codeOf } = await smallFile()
    const codes = new Map<string, number[]>()
    for (let length = 0; length < file.length; length += 1) {
      const code = await codeOf(file.subarray(0, length))
      const lengths = codes.get(code)
      if (lengths) lengths.push(length)
      else codes.set(code, [length])
    }
    expect([...codes.keys()].toSorted()).toEqual(['sync-incomplete', 'sync-not-a-sync-file'])
    expect(codes.get('sync-not-a-sync-file')).toEqual([0])
  })

  it('I9 no flipped bit opens: every bit of the header, one of every other byte, and some by chance', async () => {
    const { file, codeOf } = await smallFile()
    const header = headerEnd(file)
    const chance = seededRandom(17)
    const flips: [number, number][] = []
    for (let at = 0; at < header; at += 1) for (let bit = 0; bit < 8; bit += 1) flips.push([at, bit])
    for (let at = header; at < file.length; at += 1) flips.push([at, at % 8])
    for (let i = 0; i < 500; i += 1) {
      const [a = 0, b = 0, bit = 0] = chance.bytes(3)
      flips.push([(a * 256 + b) % file.length, bit % 8])
    }
    const codes = new Set<string>()
    for (const [at, bit] of flips) codes.add(await codeOf(flipped(file, at, bit)))
    expect([...codes].toSorted()).toEqual(['sync-damaged', 'sync-incomplete', 'sync-not-a-sync-file', 'sync-not-for-you'])
  })

  it('I9 no plaintext under a right seal makes a reader throw anything but a refusal', async () => {
    const { reader, codeOf } = await smallFile()
    const start = fc.record({
      magic: fc.constantFrom('PSRL0001', 'PSRL0002', 'XSRL0001'),
      manifest: fc.nat(5000),
      signature: fc.nat(5000),
      total: fc.constantFrom(4096n, 0n, 8192n, 2n ** 63n),
      rest: fc.uint8Array({ maxLength: 4000 }),
    })
    await fc.assert(
      fc.asyncProperty(start, async ({ magic, manifest, signature, total, rest }) => {
        const plain = Buffer.alloc(4096)
        plain.write(magic, 'latin1')
        plain.writeUInt32LE(manifest, 12)
        plain.writeUInt32LE(signature, 16)
        plain.writeBigUInt64LE(total, 20)
        plain.set(rest, 28)
        expect(await codeOf(ageFile([reader.ageRecipient], plain, seededRandom(2)))).toMatch(/^sync-/)
      }),
      { numRuns: 150 },
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        expect(await codeOf(bytes)).toMatch(/^sync-/)
        const line = new TextEncoder().encode('age-encryption.org/v1\n')
        expect(await codeOf(new Uint8Array([...line, ...bytes]))).toMatch(/^sync-/)
      }),
      { numRuns: 150 },
    )
  })

  it('I9 a cut or flipped file changes nothing in the centre', async () => {
    const s = await scene()
    const world = { mora: s.mora, to: s.to }
    const file = sealedFor(world, plainOf(world))
    const chance = seededRandom(18)
    const files: Record<string, Uint8Array> = {}
    for (let i = 0; i < 40; i += 1) {
      const [a = 0, b = 0, bit = 0] = chance.bytes(3)
      const at = (a * 256 + b) % file.length
      files[`cut at ${at}`] = file.subarray(0, at)
      files[`bit ${bit % 8} of ${at}`] = flipped(file, at, bit % 8)
    }
    const codes = await codesOf(s, files)
    expect(Object.values(codes).filter((code) => !code.startsWith('sync-'))).toEqual([])
    expect(await s.tried(file)).toBe('import: accepted')
  })
})
