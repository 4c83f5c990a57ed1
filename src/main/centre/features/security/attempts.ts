import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { Refusal } from '#shared/result.ts'
import type { Clock, Files } from '../../ports.ts'
import type { Store } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'

/** `told`: how many of the failures the audit knows already. */
const Attempts = z.record(
  z.string(),
  z.strictObject({ failures: z.int().min(0), at: z.int().min(0), told: z.int().min(0).default(0) }),
)
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
      const known = all[nameOf(account)]
      const failures = (known?.failures ?? 0) + 1
      save(files, { ...all, [nameOf(account)]: { failures, at: clock.now(), told: known?.told ?? 0 } })
      return delaySeconds(failures)
    },
    /** Failed attempts since the last success. */
    failuresOf(account: string): number {
      return load(files)[nameOf(account)]?.failures ?? 0
    },
    /** Failures that the audit does not know yet, of every account; `account` is asked of each login, in the order given. */
    untold(
      accounts: readonly string[],
    ): { readonly account: string | undefined; readonly failures: number; readonly seconds: number }[] {
      const names = new Map(accounts.map((account) => [nameOf(account), account]))
      return Object.entries(load(files))
        .filter(([, known]) => known.failures > known.told)
        .map(([name, known]) => ({
          account: names.get(name),
          failures: known.failures - known.told,
          seconds: delaySeconds(known.failures),
        }))
    },
    /** The audit knows every failure now. */
    allTold(): void {
      const all = load(files)
      if (Object.values(all).every((known) => known.failures === known.told)) return
      save(files, Object.fromEntries(Object.entries(all).map(([name, known]) => [name, { ...known, told: known.failures }])))
    },
    succeeded(account: string): void {
      const { [nameOf(account)]: known, ...others } = load(files)
      if (known) save(files, others)
    },
  }
}

/** Failed sign-ins happen while the database is closed: the next that succeeds writes them down, whoever it is. */
export function tellFailures(attempts: ReturnType<typeof attemptKeeper>, store: Store): void {
  const users = store.read<{ id: string; login: string }>('SELECT id, login FROM app_user').all()
  const ids = new Map(users.map((u) => [`user:${u.login}`, u.id]))
  for (const { account, failures, seconds } of attempts.untold([...ids.keys(), 'recovery'])) {
    const details = { failures, waitSeconds: seconds, ...(account === 'recovery' ? { recovery: 1 } : {}) }
    const object = ids.get(account ?? '')
    store.write((unit) => unit.audit({ action: 'login.failed', ...(object === undefined ? {} : { object }), details }))
  }
  attempts.allTold()
}
