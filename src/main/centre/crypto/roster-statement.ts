import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { rosterTag, StatementBody, type SignedStatement } from '#shared/sync/roster.ts'
import { storedJson } from '../storage/stored-json.ts'
import { signWith } from './device-identity.ts'
import { isProved } from './proved-signature.ts'

/** Statements that were read are remembered: the list is asked for at every file. */
const remembered = 4000
const bodies = new Map<string, StatementBody | undefined>()

function remember(text: string, body: StatementBody | undefined): StatementBody | undefined {
  if (bodies.size >= remembered) bodies.clear()
  bodies.set(text, body)
  return body
}

/** Signs a statement. */
export function signStatement(body: StatementBody, secret: Uint8Array): SignedStatement {
  const text = JSON.stringify(body)
  return { body: text, sig: signWith(secret, rosterTag, utf8ToBytes(text)) }
}

/** The id of the row that carries a statement: made from its bytes, so that nobody can put another text under it. */
export function statementRow({ body, sig }: SignedStatement): string {
  return `r${bytesToHex(sha256(utf8ToBytes(`${rosterTag}${body}\n${sig}`))).slice(0, 40)}`
}

/** What a statement says, whoever signed it; undefined if it says nothing that this version understands. */
export function statementBody(text: string): StatementBody | undefined {
  if (bodies.has(text)) return bodies.get(text)
  try {
    const read = StatementBody.safeParse(storedJson(text))
    return remember(text, read.success ? read.data : undefined)
  } catch {
    return remember(text, undefined)
  }
}

/** True if this key (hex) signed the statement. */
export function isStatementOf(key: string, { body, sig }: SignedStatement): boolean {
  return isProved(key, rosterTag, body, sig)
}
