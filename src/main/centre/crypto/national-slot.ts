import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { Decrypter, Encrypter } from 'age-encryption'
import type { Random } from '../ports.ts'
import { believedKey, type Keyring, type KeyringOpened, type NationalSlot } from './keyring.ts'

const tag = utf8ToBytes('psrl1/national-slot\n')
const keyBytes = 32

/** What is sealed: the key, and which slot of which database it belongs to, so that a slot cannot be moved. */
const head = (db: string, id: string): Uint8Array => concatBytes(tag, hexToBytes(db), hexToBytes(id))

/** A slot that only the holders of the national key's shares can open. `recipient` is an age recipient (X25519); no secret is needed. */
export async function makeNationalSlot(
  random: Random,
  input: { readonly db: string; readonly key: Uint8Array; readonly recipient: string; readonly now: number },
): Promise<NationalSlot> {
  const id = bytesToHex(random.bytes(8))
  const plain = concatBytes(head(input.db, id), input.key)
  const encrypter = new Encrypter()
  encrypter.addRecipient(input.recipient)
  const ct = bytesToHex(await encrypter.encrypt(plain))
  plain.fill(0)
  return { id, kind: 'national', recipient: input.recipient, wrap: 'age', ct, created: input.now }
}

/** Opens the national slot with the age identity that the shares gave. Never throws. */
export async function openNationalSlot(ring: Keyring, identity: string): Promise<KeyringOpened> {
  const slot = ring.slots.find((s): s is NationalSlot => s.kind === 'national')
  if (!slot) return { ok: false, why: 'wrong' }
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    const plain = await decrypter.decrypt(hexToBytes(slot.ct))
    const wanted = head(ring.db, slot.id)
    const fits = plain.length === wanted.length + keyBytes && bytesToHex(plain.subarray(0, wanted.length)) === bytesToHex(wanted)
    const key = plain.slice(wanted.length)
    plain.fill(0)
    return fits ? believedKey(ring, key, slot.id) : { ok: false, why: 'wrong' }
  } catch {
    return { ok: false, why: 'wrong' }
  }
}
