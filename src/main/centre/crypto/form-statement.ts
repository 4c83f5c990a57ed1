import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { gunzipSync, gzipSync } from 'node:zlib'
import { FormPack } from '#shared/forms/form-pack.ts'
import { formLimits, FormStatement, formTag, type SignedForm } from '#shared/sync/form-version.ts'
import { canonicalForm } from '#shared/forms/write-sheets.ts'
import { storedJson } from '../storage/stored-json.ts'
import { signWith } from './device-identity.ts'
import { isProved } from './proved-signature.ts'

/** The SHA-256 of a version's canonical text, which names it, in hex. */
export function formHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** Signs a version. `says` is what the statement adds to the form's own id, version and hash. */
export function signForm(pack: FormPack, says: Pick<FormStatement, 'serial' | 'since'>, secret: Uint8Array): SignedForm {
  const text = canonicalForm(pack)
  const { serial, since } = says
  const statement: FormStatement = {
    v: 1,
    of: 'form',
    serial,
    form: pack.id,
    version: pack.version,
    hash: formHash(text),
    since,
  }
  const body = JSON.stringify(statement)
  return { body, sig: signWith(secret, formTag, utf8ToBytes(body)), pack: packedForm(text) }
}

/** A canonical text as the value of a register: gzip, in base 64. */
export function packedForm(text: string): string {
  return gzipSync(text, { level: 9 }).toString('base64')
}

/** The id of the row that carries a version: made from all of it, so that nobody can put another under it. */
export function formRow({ body, sig, pack }: SignedForm): string {
  return `f${formHash(`${formTag}${body}\n${sig}\n${pack}`).slice(0, 40)}`
}

/** What a statement says if this key (hex) signed it, else undefined. */
export function formStatement(key: string, { body, sig }: Pick<SignedForm, 'body' | 'sig'>): FormStatement | undefined {
  if (body.length > formLimits.bodyMax || !isProved(key, formTag, body, sig)) return undefined
  const read = FormStatement.safeParse(jsonOf(body))
  return read.success ? read.data : undefined
}

/** The form of a statement; undefined if it is another than was signed, or of a newer version. Never unpacks more than a form may be. */
export function signedPack(says: FormStatement, packed: string): FormPack | undefined {
  const text = unpacked(packed)
  if (text === undefined || formHash(text) !== says.hash) return undefined
  const read = FormPack.safeParse(jsonOf(text))
  return read.success && read.data.id === says.form && read.data.version === says.version ? read.data : undefined
}

function unpacked(packed: string): string | undefined {
  try {
    const bytes = gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: formLimits.textBytesMax })
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function jsonOf(text: string): unknown {
  try {
    return storedJson(text)
  } catch {
    return undefined
  }
}
