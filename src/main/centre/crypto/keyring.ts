import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { equalBytes } from '@noble/ciphers/utils.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { Refusal } from '#shared/result.ts'
import type { PasswordCost, Random, Secrets } from '../ports.ts'
import { storedJson } from '../storage/stored-json.ts'

/** The dearest password that is tried: ten times the least, so that a forged or damaged cost never hangs the PC. */
export const costMax = { memoryKiB: 262_144, passes: 24, kibPasses: 65_536 * 30 } as const

/** A longer text is no keyring. */
export const keyringBytesMax = 1_000_000
const keyBytes = 32
const Hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))

/**
 * One way to the database key (docs/formats/keyring.md).
 *
 * `who` names the slot without naming the person: a keyed digest of the login, so that the file beside the database lists no staff.
 * `ct` holds the database key and the person's own value (vault-file.ts), 32 bytes each; every slot has one, so that it tells nothing.
 */
const SecretSlot = z.strictObject({
  id: Hex(8),
  kind: z.enum(['user', 'once', 'recovery']),
  who: Hex(16),
  kdf: z.discriminatedUnion('alg', [
    z
      .strictObject({
        alg: z.literal('argon2id'),
        m: z.int().min(8).max(costMax.memoryKiB),
        t: z.int().min(1).max(costMax.passes),
        p: z.literal(1),
        salt: Hex(16),
      })
      .refine((kdf) => kdf.m * kdf.t <= costMax.kibPasses),
    z.strictObject({ alg: z.literal('hkdf-sha256'), salt: Hex(16) }),
  ]),
  wrap: z.literal('xchacha20poly1305'),
  nonce: Hex(24),
  ct: Hex(80),
  created: z.int(),
  /** `once` only: milliseconds since 1970 from which the starting code opens nothing any more. */
  until: z.int().optional(),
})
export type SecretSlot = z.infer<typeof SecretSlot>

/** The key sealed for whoever puts two paper shares of the national key together (national-slot.ts). */
const NationalSlot = z.strictObject({
  id: Hex(8),
  kind: z.literal('national'),
  recipient: z.string().regex(/^age1[0-9a-z]{58}$/),
  wrap: z.literal('age'),
  ct: z.string().regex(/^[0-9a-f]{2,8192}$/),
  created: z.int(),
})
export type NationalSlot = z.infer<typeof NationalSlot>
const Slot = z.union([SecretSlot, NationalSlot])
export type Slot = z.infer<typeof Slot>

/** `db` is also the first 16 bytes of its database; `n` grows with every change, so that the newer of two copies is known. */
const Keyring = z.strictObject({
  v: z.literal(1),
  db: Hex(16),
  n: z.int().min(1),
  slots: z.array(Slot).min(1).max(200),
  mac: Hex(32),
})
export type Keyring = z.infer<typeof Keyring>
const KeyringFile = Keyring.extend({ sum: Hex(32) })
const OtherVersion = z.looseObject({ v: z.int().min(2) })

/** A password, starting code or paper code, with what its key derivation needs. */
export type Opener =
  | { readonly kind: 'user'; readonly login: string; readonly password: string }
  | { readonly kind: 'once'; readonly login: string; readonly code: string }
  | { readonly kind: 'recovery'; readonly code: string }

/** How a slot names its person or paper without naming them. */
export function whoOf(db: string, opener: Pick<Opener, 'kind'> & { readonly login?: string }): string {
  const name = opener.kind === 'recovery' ? 'recovery' : `${opener.kind}:${opener.login ?? ''}`
  return bytesToHex(hmac(sha256, utf8ToBytes(`psrl1/who/${db}`), utf8ToBytes(name))).slice(0, 32)
}

async function wrappingKey(secrets: Secrets, opener: Opener, kdf: SecretSlot['kdf']): Promise<Uint8Array> {
  const salt = hexToBytes(kdf.salt)
  const secret = opener.kind === 'user' ? opener.password : opener.code
  if (opener.kind !== 'recovery' && kdf.alg === 'argon2id') {
    return secrets.passwordKey(secret, salt, { memoryKiB: kdf.m, passes: kdf.t })
  }
  return hkdf(sha256, utf8ToBytes(secret), salt, utf8ToBytes('psrl1/recovery'), 32)
}

/** What the seal of a slot is bound to: a slot copied from another keyring or given a cheaper cost does not open. */
function slotBinding(db: string, slot: Pick<SecretSlot, 'id' | 'kind' | 'who' | 'kdf' | 'until'>): Uint8Array {
  const until = slot.until === undefined ? [] : [slot.until]
  return utf8ToBytes(JSON.stringify([db, slot.id, slot.kind, slot.who, slot.kdf, ...until]))
}

function keyringMac(key: Uint8Array, ring: Omit<Keyring, 'mac'>): string {
  return bytesToHex(
    hmac(
      sha256,
      hkdf(sha256, key, undefined, utf8ToBytes('psrl1/keyring-mac'), 32),
      utf8ToBytes(JSON.stringify([ring.v, ring.db, ring.n, ring.slots])),
    ),
  )
}

/** Over everything, the mac too, without any secret: tells a damaged keyring from a wrong password. */
function keyringSum(ring: Keyring): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([ring.v, ring.db, ring.n, ring.slots, ring.mac]))))
}

/**
 * A slot that opens `key` (32 bytes) with the opener. `cost` counts for passwords and starting codes; `until` for the latter.
 *
 * `own` is the person's own value (32 bytes); a new random one when none is given.
 */
export async function makeSlot(
  p: { readonly secrets: Secrets; readonly random: Random },
  input: {
    readonly db: string
    readonly key: Uint8Array
    readonly opener: Opener
    readonly cost: PasswordCost
    readonly now: number
    readonly until?: number
    readonly own?: Uint8Array
  },
): Promise<SecretSlot> {
  const salt = bytesToHex(p.random.bytes(16))
  const kdf: SecretSlot['kdf'] =
    input.opener.kind === 'recovery'
      ? { alg: 'hkdf-sha256', salt }
      : { alg: 'argon2id', m: input.cost.memoryKiB, t: input.cost.passes, p: 1, salt }
  const head = {
    id: bytesToHex(p.random.bytes(8)),
    kind: input.opener.kind,
    who: whoOf(input.db, input.opener),
    kdf,
  }
  const until = input.until === undefined ? {} : { until: input.until }
  const nonce = p.random.bytes(24)
  const kek = await wrappingKey(p.secrets, input.opener, kdf)
  const held = concatBytes(input.key, input.own ?? p.random.bytes(keyBytes))
  const ct = xchacha20poly1305(kek, nonce, slotBinding(input.db, { ...head, ...until })).encrypt(held)
  kek.fill(0)
  held.fill(0)
  // in the order in which a keyring is read back: its seal is over the text
  return { ...head, wrap: 'xchacha20poly1305', nonce: bytesToHex(nonce), ct: bytesToHex(ct), created: input.now, ...until }
}

/** A keyring with its seal; `key` proves to whoever opened a slot that nobody added or removed one. */
export function sealKeyring(db: string, slots: readonly Slot[], key: Uint8Array, n = 1): Keyring {
  const ring = { v: 1 as const, db, n, slots: [...slots] }
  return { ...ring, mac: keyringMac(key, ring) }
}

const sameOwner = (a: Slot, b: Slot): boolean =>
  a.kind === 'national' || b.kind === 'national' ? a.kind === b.kind : a.kind === b.kind && a.who === b.who

/** The ring without the slots of the same person or paper, and with the new one. A desk has one national slot. */
export function withSlot(ring: Keyring, slot: Slot, key: Uint8Array): Keyring {
  return sealKeyring(ring.db, [...ring.slots.filter((s) => !sameOwner(s, slot)), slot], key, ring.n + 1)
}

/** The ring without some slots; the same one when none of them is there. */
export function withoutSlots(ring: Keyring, gone: (slot: Slot) => boolean, key: Uint8Array): Keyring {
  const kept = ring.slots.filter((s) => !gone(s))
  return kept.length === ring.slots.length ? ring : sealKeyring(ring.db, kept, key, ring.n + 1)
}

/** The cost of the ring's passwords: one for all, so that the time of an answer does not tell whose slot was tried (S47). */
export function costOf(ring: Keyring): PasswordCost | undefined {
  const kdf = ring.slots.flatMap((s) => (s.kind === 'user' && s.kdf.alg === 'argon2id' ? [s.kdf] : []))[0]
  return kdf && { memoryKiB: kdf.m, passes: kdf.t }
}

export type KeyringOpened =
  /** `own`: the person's own value; empty where a slot is nobody's. */
  | { readonly ok: true; readonly key: Uint8Array; readonly own: Uint8Array; readonly slot: string }
  /** `altered`: the secret was right, but somebody changed the list of slots. */
  | { readonly ok: false; readonly why: 'wrong' | 'altered' }

/** The key that a slot gave, if the ring's seal is right under it; `own` as in `KeyringOpened`. */
export function believedKey(ring: Keyring, key: Uint8Array, slot: string, own: Uint8Array = new Uint8Array()): KeyringOpened {
  const { mac, ...rest } = ring
  return keyringMac(key, rest) === mac ? { ok: true, key, own, slot } : { ok: false, why: 'altered' }
}

/**
 * Tries the opener's slot.
 *
 * An unknown login costs the same work as a wrong password and gives the same answer (S47).
 */
export async function openKeyring(secrets: Secrets, ring: Keyring, opener: Opener): Promise<KeyringOpened> {
  const who = whoOf(ring.db, opener)
  const usable = ring.slots.filter((s): s is SecretSlot => s.kind !== 'national')
  const slot = usable.find((s) => s.kind === opener.kind && equalBytes(hexToBytes(s.who), hexToBytes(who)))
  // where nobody waits for a starting code, one is tried on a password: it opens nothing and takes as long
  const tried =
    slot ??
    usable.find((s) => s.kind === opener.kind) ??
    (opener.kind === 'once' ? usable.find((s) => s.kind === 'user') : undefined)
  if (!tried) return { ok: false, why: 'wrong' }
  const kek = await wrappingKey(secrets, opener, tried.kdf)
  try {
    const held = xchacha20poly1305(kek, hexToBytes(tried.nonce), slotBinding(ring.db, tried)).decrypt(hexToBytes(tried.ct))
    const [key, own] = [held.slice(0, keyBytes), held.slice(keyBytes)]
    held.fill(0)
    return slot ? believedKey(ring, key, slot.id, own) : { ok: false, why: 'wrong' }
  } catch {
    return { ok: false, why: 'wrong' }
  } finally {
    kek.fill(0)
  }
}

/** A random database id and key, 16 and 32 bytes. */
export function newDatabaseKey(random: Random): { readonly db: string; readonly key: Uint8Array } {
  // two independent draws mixed, so that one weak read of the system's generator is not the whole key
  return { db: bytesToHex(random.bytes(16)), key: sha256(concatBytes(random.bytes(32), random.bytes(32))) }
}

/** The keyring's file text. */
export function keyringText(ring: Keyring): Uint8Array {
  return utf8ToBytes(`${JSON.stringify({ ...ring, sum: keyringSum(ring) }, undefined, 1)}\n`)
}

/** The keyring in a file's text, or undefined if it is damaged in any place. Throws Refusal database-newer for a later format. */
export function keyringIn(text: string): Keyring | undefined {
  let read: unknown
  try {
    read = storedJson(text)
  } catch {
    return undefined
  }
  if (OtherVersion.safeParse(read).success) throw new Refusal('database-newer')
  const parsed = KeyringFile.safeParse(read)
  if (!parsed.success) return undefined
  const { sum, ...ring } = parsed.data
  return keyringSum(ring) === sum ? ring : undefined
}
