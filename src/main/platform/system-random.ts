import { randomBytes } from 'node:crypto'
import type { Random } from '../centre/ports.ts'

/** The operating system's generator. */
export const systemRandom: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) }
