import { createPrivateKey, createPublicKey, diffieHellman, sign, verify, type KeyObject } from 'node:crypto'

// Stands in for `@noble/curves/ed25519.js` in a run of many seeds: the same functions of RFC 7748 and RFC 8032, computed by the platform's own
// code. A fifth of a run's time goes into them otherwise. native-curves.test.ts holds the two against each other.

type Curve = 'X25519' | 'Ed25519'
const pkcs8 = { X25519: '302e020100300506032b656e04220420', Ed25519: '302e020100300506032b657004220420' }
const spki = { X25519: '302a300506032b656e032100', Ed25519: '302a300506032b6570032100' }
const der = (before: string, key: Uint8Array) => Buffer.concat([Buffer.from(before, 'hex'), key])

const keysMax = 2000
const made = new Map<string, KeyObject>()
/** A key that was made before: reading one costs more than signing with it. */
function kept(what: string, curve: Curve, bytes: Uint8Array, make: (key: Uint8Array) => KeyObject): KeyObject {
  const id = `${what} ${curve} ${Buffer.from(bytes).toString('latin1')}`
  const known = made.get(id)
  if (known) return known
  if (made.size > keysMax) made.clear()
  const key = make(bytes)
  made.set(id, key)
  return key
}
const secretKey = (curve: Curve, secret: Uint8Array): KeyObject =>
  kept('secret', curve, secret, (key) => createPrivateKey({ key: der(pkcs8[curve], key), format: 'der', type: 'pkcs8' }))
const publicKey = (curve: Curve, bytes: Uint8Array): KeyObject =>
  kept('public', curve, bytes, (key) => createPublicKey({ key: der(spki[curve], key), format: 'der', type: 'spki' }))
function publicOf(curve: Curve, secret: Uint8Array): Uint8Array {
  const key = kept('of', curve, secret, () => createPublicKey(secretKey(curve, secret)))
  return new Uint8Array(key.export({ format: 'der', type: 'spki' }).subarray(-32))
}
const shared = (secret: Uint8Array, other: Uint8Array): Uint8Array =>
  new Uint8Array(diffieHellman({ privateKey: secretKey('X25519', secret), publicKey: publicKey('X25519', other) }))

export const x25519 = {
  /** The base point, as u coordinate. */
  GuBytes: Uint8Array.of(9, ...new Uint8Array(31)),
  getPublicKey: (secret: Uint8Array) => publicOf('X25519', secret),
  scalarMultBase: (secret: Uint8Array) => publicOf('X25519', secret),
  getSharedSecret: shared,
  scalarMult: shared,
}
export const ed25519 = {
  getPublicKey: (secret: Uint8Array) => publicOf('Ed25519', secret),
  sign: (message: Uint8Array, secret: Uint8Array) => new Uint8Array(sign(null, message, secretKey('Ed25519', secret))),
  verify: (signature: Uint8Array, message: Uint8Array, key: Uint8Array) =>
    verify(null, message, publicKey('Ed25519', key), signature),
}
