import { concatBytes } from '@noble/hashes/utils.js'

/** Reads an asynchronous run of bytes by exact lengths, holding no more than it must. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>
  #held: Uint8Array = new Uint8Array()
  /** Bytes given out so far. */
  position = 0
  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]()
  }
  async #more(): Promise<boolean> {
    const next = await this.#pieces.next()
    if (next.done === true) return false
    this.#held = this.#held.length === 0 ? next.value : concatBytes(this.#held, next.value)
    return true
  }
  /** Exactly `length` bytes, or undefined when fewer are left. */
  async take(length: number): Promise<Uint8Array | undefined> {
    while (this.#held.length < length) if (!(await this.#more())) return undefined
    const taken = this.#held.subarray(0, length)
    this.#held = this.#held.subarray(length)
    this.position += length
    return taken
  }
  /** The next `length` bytes as they come; ends early when fewer are left. */
  async *stream(length: number): AsyncGenerator<Uint8Array> {
    let left = length
    while (left > 0) {
      if (this.#held.length === 0 && !(await this.#more())) return
      const piece = this.#held.subarray(0, left)
      this.#held = this.#held.subarray(piece.length)
      this.position += piece.length
      left -= piece.length
      yield piece
    }
  }
  /** All that is left, as it comes. */
  async *rest(): AsyncGenerator<Uint8Array> {
    yield* this.stream(Number.MAX_SAFE_INTEGER)
  }
}
