import type { CopyKey, CopySource } from '#shared/backups/contract.ts'
import { Refusal } from '#shared/result.ts'
import { keyringIn, keyringText, openKeyring, type Keyring } from '../../crypto/keyring.ts'
import { readRecoveryCode } from '../../crypto/recovery-code.ts'
import type { Job } from '../../feature.ts'
import type { Files, Secrets } from '../../ports.ts'
import { copyFiles, keptCopies } from '../../storage/kept-copies.ts'
import { needSpace } from '../../storage/space.ts'
import { databaseIdOf, readKeyrings, type Desk } from '../security/index.ts'
import { readCopyFile, type CopyFile } from './copy-file.ts'
import { told } from './told-pieces.ts'

/** A copy, wherever it lies, as far as its keyring; whoever opened it closes it. */
export interface OpenedSource extends CopyFile {
  readonly ring: Keyring
  /** What a process that died had not yet merged: beside a desk that was set aside. */
  readonly log: AsyncIterable<Uint8Array> | undefined
}

function ringIn(text: Uint8Array): Keyring {
  const ring = keyringIn(new TextDecoder().decode(text))
  if (!ring) throw new Refusal('copy-damaged')
  return ring
}

/** The keyring beside the desk, for a copy of it whose own was taken away (an evacuation does). */
function ringOfDesk(files: Files, database: string): Uint8Array {
  const id = databaseIdOf(files, database)
  const ring = readKeyrings(files, id)?.find((r) => r.db === id)
  if (!ring) throw new Refusal('copy-no-keys')
  return keyringText(ring)
}

/** Opens a copy. Throws Refusal not-found, file-unreadable, copy-no-keys, and as `readCopyFile`. */
export async function openSource(files: Files, source: CopySource): Promise<OpenedSource> {
  if (source.kind === 'file') {
    const copy = await readCopyFile(files.readChosen(source.file), files.chosenSize(source.file))
    try {
      return { ...copy, ring: ringIn(copy.keyring), log: undefined }
    } catch (error) {
      await copy.close()
      throw error
    }
  }
  if (!keptCopies(files).some((c) => c.id === source.copy)) throw new Refusal('not-found')
  const names = copyFiles(source.copy)
  const keyring = files.exists(names.keyring) ? files.read(names.keyring) : ringOfDesk(files, names.database)
  return {
    keyring,
    ring: ringIn(keyring),
    vault: files.exists(names.vault) ? files.read(names.vault) : new Uint8Array(),
    databaseBytes: files.size(names.database),
    database: files.pieces(names.database),
    log: files.exists(names.log) ? files.pieces(names.log) : undefined,
    close: () => Promise.resolve(),
  }
}

/**
 * The key of a copy by what a person typed. `isOwn`: it is of the desk that is here, whose count of failures it shares; a right answer does not end that
 * count, or an old copy with an old password would (H30).
 *
 * Throws Refusal wrong-password, wrong-recovery-code, wait-before-retry {seconds}, copy-damaged.
 */
export async function copyKeyOf(
  secrets: Secrets,
  attempts: Desk['keys']['attempts'],
  ring: Keyring,
  typed: CopyKey,
  isOwn: boolean,
): Promise<Uint8Array> {
  const code = typed.kind === 'paper' ? readRecoveryCode(typed.code) : ''
  const wrong = typed.kind === 'paper' ? 'wrong-recovery-code' : 'wrong-password'
  if (code === undefined) throw new Refusal(wrong)
  const name = typed.kind === 'paper' ? 'recovery' : `user:${typed.login}`
  const account = isOwn ? name : `copy/${ring.db}/${name}`
  attempts.check(account)
  const opener = typed.kind === 'paper' ? ({ kind: 'recovery', code } as const) : ({ ...typed, kind: 'user' } as const)
  const opened = await openKeyring(secrets, ring, opener)
  if (opened.ok) {
    opened.own.fill(0)
    if (!isOwn) attempts.succeeded(account)
    return opened.key
  }
  if (opened.why === 'altered') throw new Refusal('copy-damaged')
  const seconds = attempts.failed(account)
  throw new Refusal(wrong, seconds > 0 ? { seconds } : undefined)
}

/**
 * Writes the copy's database into the data folder: the copy itself is never opened for writing. Throws Refusal disk-full with both figures,
 * copy-damaged, file-unreadable, cancelled; then nothing of it is there.
 */
export async function extractDatabase(
  files: Files,
  copy: OpenedSource,
  to: { readonly database: string; readonly log: string },
  job: Job,
): Promise<void> {
  needSpace(files, copy.databaseBytes)
  await files.write(to.database, told(copy.database, job, copy.databaseBytes))
  if (copy.log) await files.write(to.log, copy.log)
  // another database under this keyring would be opened by nobody
  if (databaseIdOf(files, to.database) !== copy.ring.db) throw new Refusal('copy-damaged')
}
