import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { CallOutput } from '#shared/contract.ts'
import { Refusal } from '#shared/result.ts'
import { fingerprintWords } from '#shared/sync/fingerprint-words.ts'
import { groupedCode, newRecoveryCode, readRecoveryCode } from '../../crypto/recovery-code.ts'
import { recipientOf } from '../../crypto/vault-file.ts'
import type { CallContext } from '../../feature.ts'
import type { Ports } from '../../ports.ts'
import { type Desk, recipientSetting } from '../security/index.ts'
import { focalPoints } from './focal-repository.ts'

/** Stands for the paper code in the list of those who can open. */
const paperHolder = 'paper'
interface Holder {
  readonly of: string
  readonly key: string
}

/** What a paper code gives in place of a person's own value (docs/formats/vault.md). */
const paperSecret = (code: string) => hkdf(sha256, utf8ToBytes(code), undefined, utf8ToBytes('psrl1/vault-paper'), 32)

/** Who can open the vault that is open: focal points to whom access was given, and the paper code. Changes count with the next save. */
export function vaultHolders(vault: Desk['vault']) {
  let changed: readonly Holder[] | undefined

  const held = (): readonly Holder[] => changed ?? vault.payload().recipients
  const put = (holder: Holder) => {
    changed = [...held().filter((h) => h.of !== holder.of), holder]
  }
  /** The public value of a user as the database has it now. */
  const valueOf = (userId: string, { store }: CallContext): string | undefined => store.setting(recipientSetting(userId))

  const wordsOf = (userId: string, context: CallContext): string[] => {
    const key = valueOf(userId, context)
    return key === undefined ? [] : fingerprintWords(sha256(hexToBytes(key)))
  }

  return {
    wordsOf,
    /** Those of now who still may, for the next save. */
    current(context: CallContext): Holder[] {
      const may = new Set(focalPoints(context.store).map((f) => f.id))
      const kept = held().filter((h) => h.of === paperHolder || (may.has(h.of) && h.key === valueOf(h.of, context)))
      changed = undefined
      return kept.map((h) => ({ ...h }))
    },
    add(userId: string, own: Uint8Array): void {
      put({ of: userId, key: bytesToHex(recipientOf(own)) })
    },
    /** Throws not-found for somebody who is no focal point, or never signed in. */
    give(userId: string, context: CallContext): void {
      const key = valueOf(userId, context)
      if (key === undefined || !focalPoints(context.store).some((f) => f.id === userId)) throw new Refusal('not-found')
      put({ of: userId, key })
    },
    list(context: CallContext): CallOutput<'envelope.holders'>['rows'] {
      return focalPoints(context.store).flatMap(({ id, name }) => {
        const key = valueOf(id, context)
        if (key === undefined) return []
        const hasAccess = held().some((h) => h.of === id && h.key === key)
        return [{ id, name, hasAccess, words: wordsOf(id, context), self: id === context.session.userId }]
      })
    },
    hasPaper: () => held().some((h) => h.of === paperHolder),
    newPaper(random: Ports['random']): { readonly code: string; readonly grouped: string } {
      const code = newRecoveryCode(random)
      return { code, grouped: groupedCode(code) }
    },
    readPaper: (typed: string): string | undefined => readRecoveryCode(typed),
    setPaper(code: string): void {
      put({ of: paperHolder, key: bytesToHex(recipientOf(paperSecret(code))) })
    },
    secretOfPaper(typed: string): Uint8Array | undefined {
      const code = readRecoveryCode(typed)
      return code === undefined ? undefined : paperSecret(code)
    },
  }
}
