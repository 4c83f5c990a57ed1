import { createHash } from 'node:crypto'
import { equalBytes } from '@noble/ciphers/utils.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { Refusal } from '#shared/result.ts'
import { ByteReader } from '../../crypto/byte-reader.ts'
import { keyringBytesMax } from '../../crypto/keyring.ts'
import { vaultBytes } from '../../crypto/vault-file.ts'
import { storedJson } from '../../storage/stored-json.ts'

// docs/formats/copy.md: a copy outside this computer, one file with three parts that stay encrypted as they are.

const firstLine = /^psrl-copy\/(\d{1,4})\n$/
const version = 1
const lineBytesMax = 200
const sumBytes = 32
const Sizes = z.strictObject({
  keyring: z.int().min(1).max(keyringBytesMax),
  vault: z.union([z.literal(0), z.literal(vaultBytes)]),
  database: z
    .int()
    .min(1)
    .max(2 ** 44),
})

/** What a copy consists of, wherever it lies. */
export interface CopyParts {
  /** Text of a keyring. */
  readonly keyring: Uint8Array
  /** A copy of `vault.db`; empty where there was none. */
  readonly vault: Uint8Array
  readonly databaseBytes: number
  readonly database: AsyncIterable<Uint8Array>
}
/** A copy that is being read; whoever opened it closes it. */
export interface CopyFile extends CopyParts {
  close(): Promise<void>
}

/** The bytes of a copy outside this computer; `database` gives exactly `databaseBytes`. */
export async function* writeCopyFile(copy: CopyParts): AsyncGenerator<Uint8Array> {
  const sum = createHash('sha256')
  const sizes = { keyring: copy.keyring.length, vault: copy.vault.length, database: copy.databaseBytes }
  for (const piece of [utf8ToBytes(`psrl-copy/${version}\n${JSON.stringify(sizes)}\n`), copy.keyring, copy.vault]) {
    sum.update(piece)
    yield piece
  }
  for await (const piece of copy.database) {
    sum.update(piece)
    yield piece
  }
  yield new Uint8Array(sum.digest())
}

/**
 * A copy outside this computer, as far as its keyring; `database` proves the whole file when it is read to its end.
 *
 * Throws Refusal copy-not-a-copy, copy-incomplete {copiedBytes, wholeBytes}, copy-damaged, database-newer; `database` copy-damaged too.
 */
export async function readCopyFile(pieces: AsyncIterable<Uint8Array>, fileBytes: number): Promise<CopyFile> {
  const bytes = pieces[Symbol.asyncIterator]()
  const close = async () => void (await bytes.return?.())
  try {
    return { ...(await partsOf(new ByteReader({ [Symbol.asyncIterator]: () => bytes }), fileBytes)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function partsOf(reader: ByteReader, fileBytes: number): Promise<CopyParts> {
  const sum = createHash('sha256')
  const first = await lineOf(reader)
  const found = firstLine.exec(first ?? '')?.[1]
  if (found === undefined) throw new Refusal('copy-not-a-copy')
  if (Number(found) > version) throw new Refusal('database-newer')
  const second = await lineOf(reader)
  const sizes = sizesIn(second ?? '')
  const wholeBytes = reader.position + sizes.keyring + sizes.vault + sizes.database + sumBytes
  if (fileBytes < wholeBytes) throw new Refusal('copy-incomplete', { copiedBytes: fileBytes, wholeBytes })
  if (fileBytes > wholeBytes) throw new Refusal('copy-damaged')
  const keyring = (await reader.take(sizes.keyring))?.slice()
  const vault = (await reader.take(sizes.vault))?.slice()
  if (!keyring || !vault) throw new Refusal('copy-damaged')
  sum.update(`${first}${second}`).update(keyring).update(vault)
  async function* database() {
    for await (const piece of reader.stream(sizes.database)) {
      sum.update(piece)
      yield piece
    }
    const written = await reader.take(sumBytes)
    if (!written || !equalBytes(written, new Uint8Array(sum.digest()))) throw new Refusal('copy-damaged')
  }
  return { keyring, vault, databaseBytes: sizes.database, database: database() }
}

/** Up to and with its line feed; undefined when there is none near. */
async function lineOf(reader: ByteReader): Promise<string | undefined> {
  let line = ''
  while (line.length < lineBytesMax && !line.endsWith('\n')) {
    const next = await reader.take(1)
    if (!next) return undefined
    line += String.fromCharCode(next[0]!)
  }
  return line.endsWith('\n') ? line : undefined
}

function sizesIn(line: string): z.infer<typeof Sizes> {
  try {
    const sizes = Sizes.parse(storedJson(line))
    // written in one way: two spellings of one copy would have two sums
    if (`${JSON.stringify(sizes)}\n` === line) return sizes
  } catch {
    // not JSON, or not these
  }
  throw new Refusal('copy-damaged')
}
