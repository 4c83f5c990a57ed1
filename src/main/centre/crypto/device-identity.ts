import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { z } from 'zod'
import { CardBody, CardFile, cardTag } from '#shared/sync/device-card-file.ts'
import { fingerprintWords } from '#shared/sync/fingerprint-words.ts'
import type { Site } from '#shared/security/site.ts'
import { Refusal } from '#shared/result.ts'
import type { Random } from '../ports.ts'
import { storedJson } from '../storage/stored-json.ts'
import { newAgeIdentity } from './age-file.ts'

/** The keys of this installation; the private halves live only inside the encrypted database. */
export interface DeviceIdentity {
  readonly device: string
  readonly signSecret: Uint8Array
  readonly signPublic: string
  /** Opens files sealed for this device. */
  readonly ageIdentity: string
  readonly ageRecipient: string
  /** Identities before the last change of key: late files still open. */
  readonly ageFormer: readonly string[]
  /** Number of the announcement of the current one; 0 for the device's first. */
  readonly renewed: number
  /** How many former identities were destroyed. */
  readonly destroyed: number
  /** All of them, the current one first. */
  readonly ageIdentities: readonly string[]
}

/** New keys for a device id. */
export function newDeviceIdentity(device: string, random: Random): DeviceIdentity {
  const signSecret = random.bytes(32)
  const { identity, recipient } = newAgeIdentity(random.bytes(32))
  return {
    device,
    signSecret,
    signPublic: bytesToHex(ed25519.getPublicKey(signSecret)),
    ageIdentity: identity,
    ageRecipient: recipient,
    ageFormer: [],
    renewed: 0,
    destroyed: 0,
    ageIdentities: [identity],
  }
}

const formersKept = 2

/** The same device with a new age identity; the two before it still open late files, older ones are destroyed. `serial` is above the last. */
export function withNewAge(before: DeviceIdentity, serial: number, random: Random): DeviceIdentity {
  const { identity, recipient } = newAgeIdentity(random.bytes(32))
  const former = before.ageIdentities.slice(0, formersKept)
  return {
    ...before,
    ageIdentity: identity,
    ageRecipient: recipient,
    ageFormer: former,
    renewed: serial,
    destroyed: before.destroyed + before.ageIdentities.length - former.length,
    ageIdentities: [identity, ...former],
  }
}

/** Identity as it is kept in the database, and back. */
export function identityText({ ageIdentities: _all, signSecret, ...kept }: DeviceIdentity): string {
  return JSON.stringify({ ...kept, signSecret: bytesToHex(signSecret) })
}
export function readIdentity(text: string): DeviceIdentity {
  const stored = storedJson<Omit<DeviceIdentity, 'signSecret' | 'ageIdentities'> & { readonly signSecret: string }>(text)
  return { ...stored, signSecret: hexToBytes(stored.signSecret), ageIdentities: [stored.ageIdentity, ...stored.ageFormer] }
}

/** Ed25519 signature over tag and message, as hex. */
export function signWith(secret: Uint8Array, tag: string, message: Uint8Array): string {
  return bytesToHex(ed25519.sign(concatBytes(utf8ToBytes(tag), message), secret))
}

/** True if the signature is of this key; strict (RFC 8032), never throws. */
export function isSignedBy(publicKey: string, tag: string, message: Uint8Array, signature: string): boolean {
  try {
    return ed25519.verify(hexToBytes(signature), concatBytes(utf8ToBytes(tag), message), hexToBytes(publicKey), { zip215: false })
  } catch {
    return false
  }
}

/** The card file of this device: what another desk needs to write to it and to know its signature. */
export function cardText(identity: DeviceIdentity, site: Site): string {
  const text = JSON.stringify(cardBody(identity, site))
  return `${JSON.stringify({ psrl: 'card', body: text, sig: signWith(identity.signSecret, cardTag, utf8ToBytes(text)) })}\n`
}

/** What a card says of a device. */
export function cardBody(identity: DeviceIdentity, site: Site): CardBody {
  return {
    v: 1,
    device: identity.device,
    site: { code: site.code, name: site.name, pcode: site.pcode, numeric: site.numeric },
    sign: identity.signPublic,
    age: identity.ageRecipient,
    ...(identity.renewed > 0 ? { renewed: identity.renewed } : {}),
  }
}

/** Reads a card file. Throws Refusal card-not-a-card, or card-damaged when the signature does not fit. */
export function readCard(bytes: Uint8Array): CardBody {
  let card: z.infer<typeof CardFile>
  let body: CardBody
  try {
    card = CardFile.parse(storedJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    body = CardBody.parse(storedJson(card.body))
  } catch {
    throw new Refusal('card-not-a-card')
  }
  if (!isSignedBy(body.sign, cardTag, utf8ToBytes(card.body), card.sig)) throw new Refusal('card-damaged')
  return body
}

/** The six words of a card: equal words mean equal keys and desk. */
export function cardWords(body: CardBody): string[] {
  return fingerprintWords(sha256(utf8ToBytes(`${cardTag}${body.device}\n${body.site.code}\n${body.sign}\n${body.age}\n`)))
}
