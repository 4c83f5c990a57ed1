import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { DraftTexts } from '#shared/cases/draft.ts'
import type { RawSubmission } from '#shared/submissions/raw-submission.ts'
import type { Random } from '../../ports.ts'
import type { Store, WriteUnit } from '../../storage/store.ts'

const keySetting = 'submissions.key'
const keyBytes = 32

/** The key of this desk's marks; undefined before anything was taken. */
export const markKey = (store: Store): Uint8Array | undefined => {
  const kept = store.setting(keySetting)
  return kept === undefined ? undefined : hexToBytes(kept)
}

/** Makes the key and keeps it. */
export function makeMarkKey(unit: WriteUnit, random: Random): Uint8Array {
  const key = random.bytes(keyBytes)
  unit.keepSetting(keySetting, bytesToHex(key))
  return key
}

/** Ids that Kobo and ODK gave an interview, now or before it was changed there: the lasting one first. */
export function idsOf(raw: RawSubmission): readonly string[] {
  const ids = ['rootUuid', 'deprecatedID', 'instanceID', '_uuid'].flatMap((name) => raw.noted.get(name) ?? [])
  return [
    ...new Set(
      ids
        .map((id) =>
          id
            .trim()
            .toLowerCase()
            .replace(/^uuid:/, ''),
        )
        .filter((id) => id !== ''),
    ),
  ]
}

export interface Marks {
  readonly ids: readonly string[]
  readonly content: string
}

/** What an interview is known by: keyed hashes, which say nothing to whoever has not the key. */
export function marksOf(key: Uint8Array, raw: RawSubmission, texts: DraftTexts): Marks {
  const mark = (kind: string, text: string) => bytesToHex(hmac(sha256, key, utf8ToBytes(`${kind}\n${text}`)))
  const content = Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { ids: idsOf(raw).map((id) => mark('id', id)), content: mark('content', JSON.stringify(content)) }
}
