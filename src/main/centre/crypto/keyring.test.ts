import { randomBytes } from 'node:crypto'
import { bytesToHex } from '@noble/hashes/utils.js'
import { argon2id } from 'hash-wasm'
import { describe, expect, it } from 'vitest'
import type { Secrets } from '../ports.ts'
import { keyringText, makeSlot, newDatabaseKey, openKeyring, sealKeyring, withSlot, type Keyring } from './keyring.ts'

const random = { bytes: (n: number) => new Uint8Array(randomBytes(n)) }
const cost = { memoryKiB: 64, passes: 1 }
const secrets: Secrets = {
  calibrate: async () => cost,
  passwordKey: (password, salt, c) =>
    argon2id({
      password,
      salt,
      iterations: c.passes,
      memorySize: c.memoryKiB,
      parallelism: 1,
      hashLength: 32,
      outputType: 'binary',
    }),
}
const user = (login: string, password: string) => ({ kind: 'user' as const, login, password })

async function ringOf(): Promise<{ ring: Keyring; key: Uint8Array }> {
  const { db, key } = newDatabaseKey(random)
  const slots = await Promise.all(
    [user('aminatou', 'mille-collines'), user('bello', 'autre-phrase'), { kind: 'recovery' as const, code: 'C0DE' }].map(
      (opener) => makeSlot({ secrets, random }, { db, key, opener, cost, now: 1 }),
    ),
  )
  return { ring: sealKeyring(db, slots, key), key }
}

describe('keyring', () => {
  it('opens with each password and with the paper code, and gives the same key', async () => {
    const { ring, key } = await ringOf()
    for (const opener of [
      user('aminatou', 'mille-collines'),
      user('bello', 'autre-phrase'),
      { kind: 'recovery' as const, code: 'C0DE' },
    ]) {
      const opened = await openKeyring(secrets, ring, opener)
      expect(opened.ok && bytesToHex(opened.key)).toBe(bytesToHex(key))
    }
  })

  it('S47 answers a wrong password and an unknown login alike', async () => {
    const { ring } = await ringOf()
    expect(await openKeyring(secrets, ring, user('aminatou', 'autre-phrase'))).toEqual({ ok: false, why: 'wrong' })
    expect(await openKeyring(secrets, ring, user('inconnu', 'mille-collines'))).toEqual({ ok: false, why: 'wrong' })
  })

  it('notices a slot taken out, added or given a cheaper cost', async () => {
    const { ring, key } = await ringOf()
    const without = { ...ring, slots: ring.slots.slice(0, 2) }
    expect(await openKeyring(secrets, without, user('bello', 'autre-phrase'))).toEqual({ ok: false, why: 'altered' })
    const cheaper = {
      ...ring,
      slots: ring.slots.map((s) => (s.kind !== 'national' && s.kdf.alg === 'argon2id' ? { ...s, kdf: { ...s.kdf, m: 8 } } : s)),
    }
    expect(await openKeyring(secrets, cheaper, user('bello', 'autre-phrase'))).toEqual({ ok: false, why: 'wrong' })
    const other = await makeSlot(
      { secrets, random },
      { db: ring.db, key: random.bytes(32), opener: user('intrus', 'intrusion!'), cost, now: 1 },
    )
    expect(await openKeyring(secrets, { ...ring, slots: [...ring.slots, other] }, user('bello', 'autre-phrase'))).toEqual({
      ok: false,
      why: 'altered',
    })
    expect((await openKeyring(secrets, withSlot(ring, other, key), user('bello', 'autre-phrase'))).ok).toBe(true)
  })

  it('replaces the slot of the same login only', async () => {
    const { ring, key } = await ringOf()
    const renewed = withSlot(
      ring,
      await makeSlot({ secrets, random }, { db: ring.db, key, opener: user('bello', 'phrase-neuve'), cost, now: 2 }),
      key,
    )
    expect(renewed.slots).toHaveLength(3)
    expect((await openKeyring(secrets, renewed, user('bello', 'phrase-neuve'))).ok).toBe(true)
    expect((await openKeyring(secrets, renewed, user('bello', 'autre-phrase'))).ok).toBe(false)
    expect((await openKeyring(secrets, renewed, user('aminatou', 'mille-collines'))).ok).toBe(true)
  })

  it('S36 names nobody in its file', async () => {
    const { ring } = await ringOf()
    const text = new TextDecoder().decode(keyringText(ring))
    expect(text).not.toMatch(/aminatou|bello|mille|C0DE/)
  })
})
