import { readdirSync, readFileSync } from 'node:fs'
import { createCipheriv, createHash } from 'node:crypto'
import path from 'node:path'
import { argon2id } from 'hash-wasm'
import { witnessFile } from '#main/platform/witness-file.ts'
import type { Clock, Files, LogEvent, PasswordCost, Ports, Random, Secrets, Shipped } from '#main/centre/ports.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** A clock that moves only when told; time in milliseconds since 1970. */
export interface SettableClock extends Clock {
  set(milliseconds: number): void
  advance(milliseconds: number): void
}

/** Starts on 24 November 2026, 08:00 UTC, unless told otherwise. */
export function settableClock(startMilliseconds = Date.UTC(2026, 10, 24, 8)): SettableClock {
  let now = startMilliseconds
  let steady = -performance.now()
  return {
    now: () => now,
    steady: () => performance.now() + steady,
    offsetMinutes: () => 60,
    after(_milliseconds, callback) {
      const handle = setImmediate(callback)
      return () => clearImmediate(handle)
    },
    set: (milliseconds) => {
      now = milliseconds
    },
    advance: (milliseconds) => {
      now += milliseconds
      steady += milliseconds
    },
  }
}

/** Random bytes that a seed decides. */
export function seededRandom(seed: number): Random {
  let counter = 0
  return {
    bytes(length) {
      // a vault's worth at once: a stream is many times faster than a hash for each 32 bytes
      if (length > 4096) {
        const key = createHash('sha256').update(`${seed}/${counter}`).digest()
        counter += 1
        return new Uint8Array(createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length)))
      }
      const pieces: Buffer[] = []
      for (let made = 0; made < length; made += 32) {
        pieces.push(createHash('sha256').update(`${seed}/${counter}`).digest())
        counter += 1
      }
      return new Uint8Array(Buffer.concat(pieces).subarray(0, length))
    },
  }
}

/** Real argon2id at a cost that a test can pay. */
export const cheapSecrets: Secrets = {
  calibrate: async () => ({ memoryKiB: 64, passes: 1 }),
  passwordKey: (password: string, salt: Uint8Array, cost: PasswordCost) =>
    argon2id({
      password: password.normalize('NFKC'),
      salt,
      iterations: cost.passes,
      memorySize: cost.memoryKiB,
      parallelism: 1,
      hashLength: 32,
      outputType: 'binary',
    }),
}

/** The repository's own resources and migrations. */
export const repositoryShipped: Shipped = {
  text: (name) => readFileSync(path.join(root, name.startsWith('migrations/') ? '' : 'resources', name), 'utf8'),
  list: (folder) => readdirSync(path.join(root, folder.startsWith('migrations') ? '' : 'resources', folder)),
}

export interface FakePorts extends Ports {
  readonly clock: SettableClock
  readonly logged: LogEvent[]
}

/** Ports around real files: seeded chance, a settable clock, cheap argon2id, a log kept in memory. */
export function fakePorts(
  files: Files,
  options: { readonly seed?: number; readonly clock?: SettableClock; readonly machineId?: string } = {},
): FakePorts {
  const logged: LogEvent[] = []
  return {
    clock: options.clock ?? settableClock(),
    random: seededRandom(options.seed ?? 1),
    files,
    shipped: repositoryShipped,
    secrets: cheapSecrets,
    log: { write: (event) => logged.push(event) },
    witness:
      'dataPath' in files
        ? witnessFile(path.join(files.dataPath('.'), '../witness/seen.json'))
        : { read: () => '', write: () => undefined },
    logged,
    appVersion: '0.1.0-test',
    machineId: options.machineId ?? 'test-machine',
    preview: false,
  }
}
