import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import * as native from './native-curves.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })

it('the platform computes what the library does: keys, secrets, signatures, and which signatures hold', () => {
  fc.assert(
    fc.property(key, key, fc.uint8Array({ maxLength: 200 }), fc.nat(63), (one, other, message, at) => {
      expect(native.x25519.GuBytes).toEqual(x25519.GuBytes)
      expect(native.x25519.scalarMultBase(one)).toEqual(x25519.scalarMultBase(one))
      const theirs = x25519.getPublicKey(other)
      expect(native.x25519.scalarMult(one, theirs)).toEqual(x25519.scalarMult(one, theirs))
      const signer = ed25519.getPublicKey(one)
      expect(native.ed25519.getPublicKey(one)).toEqual(signer)
      const signature = native.ed25519.sign(message, one)
      expect(signature).toEqual(ed25519.sign(message, one))
      expect(native.ed25519.verify(signature, message, signer)).toBe(true)
      signature[at]! ^= 1
      expect(native.ed25519.verify(signature, message, signer)).toBe(
        ed25519.verify(signature, message, signer, { zip215: false }),
      )
    }),
    { numRuns: 30 },
  )
})
