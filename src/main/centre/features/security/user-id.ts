import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * A user's id: made from centre and login, so that one person has one id at every computer of a centre, though users never travel. Their cases
 * are theirs at each of them.
 */
export function userIdOf(siteCode: string, login: string): string {
  return `u${bytesToHex(sha256(utf8ToBytes(`psrl1/user\n${siteCode}\n${login}`))).slice(0, 16)}`
}
