// Electron links BoringSSL: part of what Node's OpenSSL offers is missing there. Under the stand-in the same calls fail,
// so that code which would only work in plain Node is caught by tests.
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
const HASHES = new Set([
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha-1',
  'sha-224',
  'sha-256',
  'sha-384',
  'sha-512',
])
const CIPHERS = /^aes-?(128|192|256)-(cbc|ctr|ecb|gcm)$/
export function guardCrypto() {
  const c = crypto as any
  const refuse = (what: string) => {
    throw new Error(`stand-in: ${what} is not available in Electron (BoringSSL)`)
  }
  const wrap = (name: string, check: (...a: any[]) => void) => {
    const f = c[name]
    if (typeof f === 'function')
      c[name] = function (this: unknown, ...a: any[]) {
        check(...a)
        return f.apply(this, a)
      }
  }
  const hash = (h: unknown) => {
    if (!HASHES.has(String(h).toLowerCase())) refuse(`digest ${h}`)
  }
  const cipher = (x: unknown) => {
    if (!CIPHERS.test(String(x).toLowerCase())) refuse(`cipher ${x}`)
  }
  for (const n of ['createHash', 'createHmac', 'hash', 'hkdf', 'hkdfSync']) wrap(n, hash)
  for (const n of ['pbkdf2', 'pbkdf2Sync']) wrap(n, (_p, _s, _i, _k, d) => hash(d))
  for (const n of ['createCipheriv', 'createDecipheriv']) wrap(n, cipher)
  for (const n of ['argon2', 'argon2Sync', 'encapsulate', 'decapsulate']) wrap(n, () => refuse(n))
  syncBuiltinESMExports()
}
