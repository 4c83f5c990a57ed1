import { bytesToHex } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { cheapSecrets, seededRandom } from '#test/support/fake-ports.ts'
import { newAgeIdentity } from './age-file.ts'
import { keyringIn, keyringText, makeSlot, newDatabaseKey, sealKeyring, withSlot } from './keyring.ts'
import { makeNationalSlot, openNationalSlot } from './national-slot.ts'

describe('the national slot', () => {
  it('H31 opens with its identity alone, after the keyring was read back; a slot of another database is refused', async () => {
    const random = seededRandom(7)
    const { db, key } = newDatabaseKey(random)
    const opener = { kind: 'user', login: 'aminatou', password: 'le-mil-pousse-vite' } as const
    const user = await makeSlot(
      { secrets: cheapSecrets, random },
      { db, key, opener, cost: { memoryKiB: 64, passes: 1 }, now: 1 },
    )
    const national = newAgeIdentity(random.bytes(32))
    const slot = await makeNationalSlot(random, { db, key, recipient: national.recipient, now: 1 })
    const written = withSlot(sealKeyring(db, [user], key), slot, key)
    const ring = keyringIn(new TextDecoder().decode(keyringText(written)))!
    const opened = await openNationalSlot(ring, national.identity)
    expect(opened.ok && bytesToHex(opened.key)).toBe(bytesToHex(key))
    expect(await openNationalSlot(ring, newAgeIdentity(random.bytes(32)).identity)).toEqual({ ok: false, why: 'wrong' })
    const other = newDatabaseKey(random)
    const moved = sealKeyring(other.db, [user, slot], other.key)
    expect(await openNationalSlot(moved, national.identity)).toEqual({ ok: false, why: 'wrong' })
    const altered = { ...ring, slots: ring.slots.slice(1) }
    expect(await openNationalSlot(altered, national.identity)).toEqual({ ok: false, why: 'altered' })
    // one national slot: a new recipient takes the place of the old one
    const next = await makeNationalSlot(random, { db, key, recipient: newAgeIdentity(random.bytes(32)).recipient, now: 2 })
    expect(withSlot(ring, next, key).slots.map((s) => s.kind)).toEqual(['user', 'national'])
  })
})
