import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { Refusal } from '#shared/result.ts'
import type { Clock, Files } from '../../ports.ts'
import { storedJson } from '../../storage/stored-json.ts'

const Attempts = z.record(z.string(), z.strictObject({ failures: z.int().min(0), at: z.int().min(0) }))
type Attempts = z.infer<typeof Attempts>

const fileName = 'attempts.json'
const freeFailures = 4
const delaySecondsFirst = 15
const delaySecondsMax = 3600

/** Seconds to wait after so many failures in a row: none for four, then 15 s doubling up to an hour (H30, S47). */
export function delaySeconds(failures: number): number {
  return failures <= freeFailures ? 0 : Math.min(delaySecondsFirst * 2 ** (failures - freeFailures - 1), delaySecondsMax)
}

function load(files: Files): Attempts {
  if (!files.exists(fileName)) return {}
  try {
    return Attempts.parse(storedJson(new TextDecoder().decode(files.read(fileName))))
  } catch {
    return {}
  }
}

function save(files: Files, attempts: Attempts): void {
  files.replace(fileName, utf8ToBytes(JSON.stringify(attempts)))
}

/** Failed attempts per account, not per PC, kept across restarts; accounts are named by a digest. */
export function attemptKeeper(files: Files, clock: Clock) {
  const nameOf = (account: string) => bytesToHex(sha256(utf8ToBytes(`attempt/${account}`))).slice(0, 16)
  return {
    /** Throws Refusal wait-before-retry {seconds} while the account must wait. A clock set back does not shorten the wait. */
    check(account: string): void {
      const known = load(files)[nameOf(account)]
      if (!known) return
      const passed = Math.max(0, (clock.now() - known.at) / 1000)
      const left = Math.ceil(delaySeconds(known.failures) - passed)
      if (left > 0) throw new Refusal('wait-before-retry', { seconds: left })
    },
    /** Counted before the answer is given, so that killing the program loses no count. Gives the seconds to wait from now on. */
    failed(account: string): number {
      const all = load(files)
      const failures = (all[nameOf(account)]?.failures ?? 0) + 1
      save(files, { ...all, [nameOf(account)]: { failures, at: clock.now() } })
      return delaySeconds(failures)
    },
    /** Failed attempts since the last success. */
    failuresOf(account: string): number {
      return load(files)[nameOf(account)]?.failures ?? 0
    },
    succeeded(account: string): void {
      const { [nameOf(account)]: known, ...others } = load(files)
      if (known) save(files, others)
    },
  }
}
