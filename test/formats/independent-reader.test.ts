import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { newAgeIdentity, sealFor } from '#main/centre/crypto/age-file.ts'
import { cardWords, readCard } from '#main/centre/crypto/device-identity.ts'
import { readSyncFile } from '#main/centre/crypto/sealed-file.ts'
import { readAge } from '#test/support/age-reader.ts'
import { seededRandom } from '#test/support/fake-ports.ts'

const folder = path.join(import.meta.dirname, 'golden')
const golden = JSON.parse(readFileSync(path.join(folder, 'sync-file-v1.json'), 'utf8')) as {
  readonly identity: string
  readonly readerDevice: string
  readonly words: readonly string[]
  readonly fileId: string
  readonly counter: number
  readonly streams: readonly { readonly stream: string; readonly lines: number; readonly sha256: string; readonly hash: string }[]
}
const file = readFileSync(path.join(folder, 'sync-file-v1.age'))
const card = readCard(readFileSync(path.join(folder, 'sync-file-v1.psrlcard')))
const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

describe('golden file of version 1', () => {
  it('is read by this version: sender, signature, addressee, every line', async () => {
    const opened = await readSyncFile(golden.identity, file)
    expect([opened.manifest.file_id, opened.manifest.counter, opened.signer, opened.signedBy(card.sign)]).toEqual([
      golden.fileId,
      golden.counter,
      card.device,
      true,
    ])
    expect(opened.manifest.to.map((t) => t.device)).toEqual([golden.readerDevice])
    expect(cardWords(card)).toEqual(golden.words)
    const read = []
    for (const [i, s] of opened.manifest.streams.entries()) {
      const lines = await opened.lines(i)
      read.push({ stream: s.stream, lines: lines.length, sha256: sha256(lines.join('\n')).toString('hex'), hash: s.to.hash })
    }
    expect(read).toEqual(golden.streams)
  })

  it('is read without this application’s code: age, layout, padding, sections and chains as the format document says', () => {
    const plain = Buffer.from(readAge(golden.identity, file))
    expect([plain.toString('latin1', 0, 8), plain.readUInt32LE(8), Number(plain.readBigUInt64LE(20))]).toEqual([
      'PSRL0001',
      0,
      plain.length,
    ])
    const manifestEnd = 28 + plain.readUInt32LE(12)
    const manifest = JSON.parse(plain.toString('utf8', 28, manifestEnd)) as {
      readonly streams: readonly {
        readonly stream: string
        readonly writer: { writer: string }
        readonly record: string
        to: { hash: string }
      }[]
    }
    let at = manifestEnd + plain.readUInt32LE(16)
    let withheld = 0
    for (const { stream, writer, record, to } of manifest.streams) {
      const length = Number(plain.readBigUInt64LE(at + 4))
      expect([plain[at], plain[at + 1], plain.readUInt16LE(at + 2)]).toEqual([1, 1, 0])
      const lines = gunzipSync(plain.subarray(at + 20, at + 20 + length)).toString('utf8')
      expect(Buffer.byteLength(lines)).toBe(Number(plain.readBigUInt64LE(at + 12)))
      at += 20 + length
      const secrets = new Map<string, Buffer>()
      let hash = sha256(record)
      for (const [i, line] of lines.split('\n').entries()) {
        const [header = '', payload = '', closing] = line.split('\t')
        const { q, r, o } = JSON.parse(header) as { q: number; r: string; o: string }
        expect(q).toBe(i + 1)
        if (o === 'w') secrets.set(r, Buffer.alloc(16))
        else if (o === 'i' && !payload.startsWith('~'))
          secrets.set(r, Buffer.from((JSON.parse(payload) as { s: string }).s, 'hex'))
        const secret = secrets.get(r)
        const text = payload.startsWith('~') ? closing : payload
        const given = payload.startsWith('~') ? Buffer.from(payload.slice(1), 'base64') : undefined
        const keyed = secret && createHmac('sha256', secret).update(`${stream}${writer.writer}${q}`).digest()
        const own = keyed && text !== undefined ? sha256('psrl1/p', keyed, text) : undefined
        if (given) withheld += 1
        hash = sha256('psrl1/e', hash, stream, writer.writer, header, given ?? own ?? '')
      }
      expect(hash.toString('hex')).toBe(to.hash)
    }
    expect(plain.subarray(at).every((b) => b === 0)).toBe(true)
    expect(withheld).toBeGreaterThan(0)
    expect([4096, 8192, 12_288, 16_384, 20_480]).toContain(plain.length)
  })

  it('opens what this version seals, at every size around a chunk’s edge', async () => {
    const { identity, recipient } = await newAgeIdentity()
    for (const size of [1, 4096, 65_535, 65_536, 65_537, 131_072, 131_073]) {
      const plain = seededRandom(size).bytes(size)
      expect(Buffer.compare(readAge(identity, await sealFor([recipient], plain)), plain)).toBe(0)
    }
    const other = await newAgeIdentity()
    const sealed = await sealFor([recipient], seededRandom(1).bytes(100))
    expect(() => readAge(other.identity, sealed)).toThrow('no stanza')
  })
})
