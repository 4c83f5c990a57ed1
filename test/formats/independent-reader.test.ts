import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { newAgeIdentity, sealFor } from '#main/centre/crypto/age-file.ts'
import { cardWords, readCard } from '#main/centre/crypto/device-identity.ts'
import { openSyncFile } from '#main/centre/crypto/sync-file-reader.ts'
import { readAge } from '#test/support/age-reader.ts'
import { seededRandom } from '#test/support/fake-ports.ts'
import { bytesOf } from './outside-centre.ts'

const folder = path.join(import.meta.dirname, 'golden')
const golden = JSON.parse(readFileSync(path.join(folder, 'sync-file-v1.json'), 'utf8')) as {
  readonly identity: string
  readonly readerDevice: string
  readonly words: readonly string[]
  readonly fileId: string
  readonly counter: number
  readonly chains: readonly { readonly stream: string; readonly lines: number; readonly sha256: string; readonly hash: string }[]
  /** The sender's register of actions when it wrote the file: the exact lines, from the first event. */
  readonly register: readonly string[]
}
const file = readFileSync(path.join(folder, 'sync-file-v1.age'))
const card = readCard(readFileSync(path.join(folder, 'sync-file-v1.psrlcard')))
/** True for an Ed25519 signature by the golden card's key, by Node alone. */
const isSigned = (message: Uint8Array, sig: string): boolean => {
  const key = createPublicKey({ key: Buffer.from(`302a300506032b6570032100${card.sign}`, 'hex'), format: 'der', type: 'spki' })
  return verify(null, message, key, Buffer.from(sig, 'hex'))
}
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.slice(at, at + 1000)
}
const sealed = async (recipient: string, plain: Uint8Array) => bytesOf(await sealFor([recipient], inPieces(plain)))

describe('golden file of version 1', () => {
  it('is read by this version: sender, signature, addressee, every line', async () => {
    const opened = await openSyncFile([golden.identity], file.length, inPieces(file))
    expect([opened.manifest.file_id, opened.manifest.counter, opened.signer, opened.signedBy(card.sign)]).toEqual([
      golden.fileId,
      golden.counter,
      card.device,
      true,
    ])
    expect(opened.manifest.to.map((t) => t.device)).toEqual([golden.readerDevice])
    expect(cardWords(card)).toEqual(golden.words)
    const lines: string[] = []
    for await (const section of opened.sections()) for await (const batch of section.lines) lines.push(...batch)
    const read = opened.manifest.chains.map((c) => {
      const part = lines.splice(0, c.to.seq - c.from + 1)
      return { stream: c.stream, lines: part.length, sha256: sha256(part.join('\n')), hash: c.to.hash }
    })
    expect(read).toEqual(golden.chains)
  })

  it('is read without this application’s code: age, layout, signature, padding, sections, chains and heads as the format document says', () => {
    const plain = Buffer.from(readAge(golden.identity, file))
    expect([plain.toString('latin1', 0, 8), plain.readUInt32LE(8), Number(plain.readBigUInt64LE(20))]).toEqual([
      'PSRL0001',
      0,
      plain.length,
    ])
    const manifestEnd = 28 + plain.readUInt32LE(12)
    const manifest = JSON.parse(plain.toString('utf8', 28, manifestEnd)) as {
      readonly writers: Readonly<Record<string, string>>
      readonly chains: readonly {
        readonly stream: string
        readonly writer: string
        readonly from: number
        readonly prev: string
        readonly to: { seq: number; hash: string }
        readonly head: { at: number; sig: string }
      }[]
      readonly audit: readonly (readonly [number, string])[]
      readonly sections: readonly { readonly sha256: string }[]
    }
    const at = manifestEnd + plain.readUInt32LE(16)
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
    const signed = [digest(plain.subarray(0, 28)), digest(plain.subarray(28, manifestEnd))]
    const { sig } = JSON.parse(plain.toString('utf8', manifestEnd, at)) as { readonly sig: string }
    expect(isSigned(Buffer.concat([Buffer.from('psrl1/manifest\n'), ...signed]), sig)).toBe(true)
    const events: string[] = []
    let event: Uint8Array = Buffer.alloc(32)
    for (const line of golden.register) {
      event = digest(Buffer.concat([Buffer.from('psrl1/a'), event, digest(Buffer.from(line))]))
      events.push(Buffer.from(event).toString('hex'))
    }
    expect(manifest.audit.map(([q]) => q)).toEqual([golden.register.length, 12])
    for (const [q, hash] of manifest.audit) expect(events[q - 1]).toBe(hash)
    const length = Number(plain.readBigUInt64LE(at + 4))
    expect([plain[at], plain[at + 1], plain.readUInt16LE(at + 2)]).toEqual([1, 1, 0])
    expect(digest(plain.subarray(at + 20, at + 20 + length)).toString('hex')).toBe(manifest.sections[0]?.sha256)
    const raw = gunzipSync(plain.subarray(at + 20, at + 20 + length)).toString('utf8')
    expect(Buffer.byteLength(raw)).toBe(Number(plain.readBigUInt64LE(at + 12)))
    const lines = raw.split('\n')
    let withheld = 0
    for (const { stream, writer, from, prev, to, head } of manifest.chains) {
      const secrets = new Map<string, string>()
      let hash = prev
      expect([from, prev]).toEqual([1, sha256(`psrl1/w\n${stream}\n${manifest.writers[writer]}`)])
      for (const [i, line] of lines.splice(0, to.seq - from + 1).entries()) {
        const [header = '', payload = '', closing] = line.split('\t')
        const { q, r, o } = JSON.parse(header) as { q: number; r: string; o: string }
        expect(q).toBe(i + from)
        const text = payload.startsWith('~') ? closing : payload
        const told = text === undefined ? undefined : (JSON.parse(text) as { s?: string }).s
        if (told !== undefined) secrets.set(r, told)
        const secret = o === 'w' ? '0'.repeat(32) : secrets.get(r)
        const own =
          secret !== undefined && text !== undefined && sha256(`psrl1/p\n${secret}\n${stream}\n${writer}\n${q}\n${text}`)
        const given = payload.startsWith('~') ? payload.slice(1) : undefined
        if (given !== undefined) withheld += 1
        hash = sha256(`psrl1/e\n${hash}\n${stream}\n${writer}\n${header}\n${given ?? String(own)}`)
      }
      expect(hash).toBe(to.hash)
      const headText = `psrl1/head\n${stream}\n${writer}\n${to.seq}\n${hash}\n${head.at}\n`
      expect(isSigned(Buffer.from(headText), head.sig)).toBe(true)
    }
    expect(lines).toEqual([])
    expect(plain.subarray(at + 20 + length).every((b) => b === 0)).toBe(true)
    expect(withheld).toBeGreaterThan(0)
    expect(plain.length % 4096).toBe(0)
  })

  it('opens what this version seals, at every size around a chunk’s edge', async () => {
    const { identity, recipient } = newAgeIdentity()
    for (const size of [1, 4096, 65_535, 65_536, 65_537, 131_072, 131_073]) {
      const plain = seededRandom(size).bytes(size)
      expect(Buffer.compare(readAge(identity, await sealed(recipient, plain)), plain)).toBe(0)
    }
    const other = newAgeIdentity()
    const strange = await sealed(recipient, seededRandom(1).bytes(100))
    expect(() => readAge(other.identity, strange)).toThrow('no stanza')
  })
})
