import { readHeader, type EntryPayload } from '#shared/sync/entry.ts'
import type { ChainPart } from '#shared/sync/manifest.ts'
import { Refusal } from '#shared/result.ts'
import type { ReceivedEntry } from '../../storage/apply-entries.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { lineParts, type ChainCheck } from './check-line.ts'

const hashBytes = 32
const lineBytes = 2 * hashBytes + 1

/**
 * What the proof of a file found of each line: commitment, hash, and whether its payload was proved; 65 bytes a line.
 *
 * The second reading of the same bytes takes it from here: what was proved of a line stays so, whatever was written meanwhile.
 */
export class LineProofs {
  readonly #bytes: Buffer
  constructor(lines: number) {
    this.#bytes = Buffer.alloc(lines * lineBytes)
  }
  /** Keeps what was found of a line, by its place in the file from 0. */
  keep(line: number, entry: ReceivedEntry): void {
    const at = line * lineBytes
    this.#bytes.write(entry.commitment, at, 'hex')
    this.#bytes.write(entry.hash, at + hashBytes, 'hex')
    this.#bytes[at + 2 * hashBytes] = entry.payloadText === null ? 0 : 1
  }
  commitment(line: number): string {
    return this.#bytes.toString('hex', line * lineBytes, line * lineBytes + hashBytes)
  }
  hash(line: number): string {
    return this.#bytes.toString('hex', line * lineBytes + hashBytes, line * lineBytes + 2 * hashBytes)
  }
  payloadIsProved(line: number): boolean {
    return this.#bytes[line * lineBytes + 2 * hashBytes] === 1
  }
}

const noPayload: EntryPayload = {}

/** Reads the lines of a chain that were proved before; the first of them is line `start` of the file. As `chainCheck`. */
export function provedChain(part: ChainPart, proofs: LineProofs, start: number): ChainCheck {
  let seq = part.from - 1
  let at = start - 1
  return {
    next(line) {
      seq += 1
      at += 1
      const { headerText, text } = lineParts(line)
      const header = readHeader(headerText)
      if (!header || header.q !== seq) throw new Refusal('sync-suspicious')
      const commitment = proofs.commitment(at)
      const hash = proofs.hash(at)
      return text === null || !proofs.payloadIsProved(at)
        ? { header, payload: noPayload, payloadText: null, commitment, hash }
        : { header, payload: storedJson<EntryPayload>(text), payloadText: text, commitment, hash }
    },
    // nothing is proved with it any more
    secretOf: () => undefined,
    isWhole: (): boolean => seq === part.to.seq && (seq < part.from || proofs.hash(at) === part.to.hash),
  }
}
