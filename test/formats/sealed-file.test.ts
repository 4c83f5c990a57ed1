import { Decrypter } from 'age-encryption'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newAgeIdentity, openSealed, sealFor } from '#main/centre/crypto/age-file.ts'
import { cardText, cardWords, newDeviceIdentity, readCard } from '#main/centre/crypto/device-identity.ts'
import { openSyncFile } from '#main/centre/crypto/sync-file-reader.ts'
import { packSection, writeSyncFile } from '#main/centre/crypto/sync-file-writer.ts'
import { Refusal } from '#shared/result.ts'
import { namedSites } from '#shared/security/site.ts'
import { isPaddedLength, paddedLength } from '#shared/sync/manifest.ts'
import { seededRandom } from '#test/support/fake-ports.ts'
import { inPieces } from '#test/support/in-pieces.ts'
import { bytesOf, oneChunk } from './outside-centre.ts'

const codeOf = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work()
    return 'opened'
  } catch (error) {
    return error instanceof Refusal ? error.code : `thrown ${String(error)}`
  }
}
const writer = {
  writer: 'a'.repeat(16),
  device: 'b'.repeat(16),
  reason: 'install' as const,
  parent: null,
  machine: '0'.repeat(64),
  app: 'x',
  schema: 1,
}

const sealed = async (recipients: readonly string[], plain: Uint8Array) => bytesOf(await sealFor(recipients, inPieces(plain)))
const openedBytes = async (identity: string, file: Uint8Array, pieceBytes?: number) =>
  bytesOf((await openSealed([identity], file.length, inPieces(file, pieceBytes))).plaintext)
/** A whole sync file: its manifest, who signed it, and its lines. */
async function readSyncFile(identity: string, file: Uint8Array, pieceBytes?: number) {
  const opened = await openSyncFile([identity], file.length, inPieces(file, pieceBytes))
  const lines: string[] = []
  for await (const section of opened.sections()) for await (const batch of section.lines) lines.push(...batch)
  return { ...opened, lines }
}

async function sampleFile() {
  const device = newDeviceIdentity('b'.repeat(16), seededRandom(3))
  const record = JSON.stringify(writer)
  const part = {
    stream: 'nat',
    writer: writer.writer,
    from: 1,
    prev: '0'.repeat(64),
    to: { seq: 2, hash: '0'.repeat(64) },
    head: { at: 1, sig: '0'.repeat(128) },
  }
  const bytes = await bytesOf(
    await writeSyncFile(
      {
        file_id: '1'.repeat(32),
        counter: 1,
        from: { device: device.device, site: 'MOR', writer: writer.writer },
        heard: {},
        to: [{ device: 'c'.repeat(16) }],
        profile: 'incremental',
        part: { n: 1, more: false },
        created: 1,
        app: 'x',
        schema: 1,
        writers: { [writer.writer]: record },
        chains: [part],
        base: {},
        have: {},
        tips: {},
        audit: [[1, '0'.repeat(64)]],
        want: [],
        counts: {},
        span: null,
        note: '',
      },
      [await packSection(1, oneChunk(['a\tb', 'c\td']))],
      { device: device.device, secret: device.signSecret },
      [device.ageRecipient],
    ),
  )
  return { device, bytes }
}

describe('sealed file', () => {
  it('gives back what was sealed, at every size around a chunk’s edge, and any age reader opens it', async () => {
    const { identity, recipient } = newAgeIdentity()
    const other = newAgeIdentity()
    for (const size of [0, 1, 65_535, 65_536, 65_537, 131_072]) {
      const plain = seededRandom(size).bytes(size)
      const file = await sealed([recipient], plain)
      for (const pieceBytes of [65_536, 1000])
        expect(Buffer.compare(await openedBytes(identity, file, pieceBytes), plain)).toBe(0)
      const standard = new Decrypter()
      standard.addIdentity(identity)
      expect(Buffer.compare(await standard.decrypt(file), plain)).toBe(0)
      expect(['sync-not-for-you', 'sync-incomplete']).toContain(await codeOf(() => openedBytes(other.identity, file)))
    }
  })

  it('I6 hides how many can read it', async () => {
    const recipients = await Promise.all(Array.from({ length: 5 }, async () => newAgeIdentity().recipient))
    const header = async (n: number) =>
      Buffer.from(await sealed(recipients.slice(0, n), new Uint8Array(10)))
        .toString('latin1')
        .split('-> X25519').length - 1
    expect([await header(1), await header(2), await header(5)]).toEqual([8, 8, 8])
  })

  it('reads its manifest, signature and lines', async () => {
    const { device, bytes } = await sampleFile()
    const file = await readSyncFile(device.ageIdentity, bytes)
    expect([file.manifest.counter, file.signer, file.signedBy(device.signPublic), file.lines]).toEqual([
      1,
      device.device,
      true,
      ['a\tb', 'c\td'],
    ])
    const stranger = newDeviceIdentity('d'.repeat(16), seededRandom(4))
    expect(file.signedBy(stranger.signPublic)).toBe(false)
  })

  it('a signature of another file, section or length is noticed', async () => {
    const { device, bytes } = await sampleFile()
    const plain = await openedBytes(device.ageIdentity, bytes)
    const resealed = async (change: (p: Uint8Array) => void) => {
      const copy = plain.slice()
      change(copy)
      const again = await sealed([device.ageRecipient], copy)
      return codeOf(async () => {
        const file = await openSyncFile([device.ageIdentity], again.length, inPieces(again))
        if (!file.signedBy(device.signPublic)) throw new Refusal('sync-bad-signature')
        for await (const section of file.sections()) for await (const _lines of section.lines) continue
      })
    }
    const text = (p: Uint8Array) => Buffer.from(p.buffer, p.byteOffset, p.byteLength)
    expect(await resealed(() => undefined)).toBe('opened')
    expect(await resealed((p) => (p[text(p).indexOf('"counter":1') + 10] = 50))).toBe('sync-bad-signature')
    expect(await resealed((p) => (p[7] = 50))).toBe('sync-newer-app')
    expect(await resealed((p) => (p[0] = 50))).toBe('sync-suspicious')
    expect(await resealed((p) => (p[p.length - 1] = 1))).toBe('sync-suspicious')
    expect(await resealed((p) => (p[text(p).indexOf(Buffer.from([0x1f, 0x8b])) + 12]! ^= 1))).toBe('sync-suspicious')
    expect(await resealed((p) => (p[12] = 255))).toMatch(/^sync-(?:suspicious|too-large)$/)
    expect(await resealed((p) => (p[15] = 255))).toBe('sync-too-large')
  })

  it('padded lengths are few, at most 12 % or one step longer, and recognised', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000_000 }), (length) => {
        const padded = paddedLength(length)
        expect(padded).toBeGreaterThanOrEqual(length)
        expect(padded - length).toBeLessThanOrEqual(Math.max(4096, length * 0.12))
        expect([isPaddedLength(padded), isPaddedLength(padded - 1)]).toEqual([true, false])
      }),
    )
  })
})

describe('device card', () => {
  it('is read back, and any change is noticed or gives other words', async () => {
    const device = newDeviceIdentity('b'.repeat(16), seededRandom(5))
    const text = cardText(device, namedSites[1]!)
    const words = cardWords(readCard(Buffer.from(text)))
    expect(words).toHaveLength(6)
    expect(words.join('')).toMatch(/^(?:[bdfgklmnprstz][aeiou]){12}$/)
    for (let at = 0; at < text.length; at += 1) {
      const changed = Buffer.from(text)
      changed[at]! ^= 1
      const code = await codeOf(async () => readCard(changed))
      expect(['card-not-a-card', 'card-damaged', 'opened']).toContain(code)
      if (code === 'opened') expect(readCard(changed)).toEqual(readCard(Buffer.from(text)))
    }
    const other = newDeviceIdentity('b'.repeat(16), seededRandom(6))
    expect(cardWords(readCard(Buffer.from(cardText(other, namedSites[1]!))))).not.toEqual(words)
    expect(cardWords(readCard(Buffer.from(cardText(device, namedSites[2]!))))).not.toEqual(words)
  })
})
