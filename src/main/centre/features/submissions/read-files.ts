import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { Refusal } from '#shared/result.ts'
import { submissionBytesMax, submissionsMax } from '#shared/submissions/contract.ts'
import type { RawSubmission } from '#shared/submissions/raw-submission.ts'
import { readInstance } from '#shared/submissions/read-instance.ts'
import { LeftColumns, readTables, type ColumnsLeft, type LostRow } from '#shared/submissions/read-tables.ts'
import { onePiece } from '../../crypto/one-piece.ts'
import type { Job } from '../../feature.ts'
import type { Files } from '../../ports.ts'
import { readEncoding } from '../directory/index.ts'
import { readXlsxTables } from '../forms/index.ts'
import { collect } from '../sync/index.ts'
import { readCsv } from './read-csv.ts'
import { readXml } from './read-xml.ts'

export interface FilesRead {
  readonly submissions: readonly RawSubmission[]
  readonly columns: ColumnsLeft
  readonly lost: readonly LostRow[]
  /** SHA-256 of all bytes in the order of the files, to know them again. */
  readonly digest: string
}

/**
 * Every interview in the chosen files: exports as CSV or XLSX, instances as XML, told apart by what they hold.
 *
 * Throws too-large before anything is read, file-unreadable, csv-wrong-encoding, csv-broken, submissions-broken {file},
 * submissions-too-many {count}, submissions-none, submissions-other-form, cancelled.
 */
export async function readFiles(
  form: CompiledForm,
  tokens: readonly string[],
  files: Files,
  job: Job,
  onBytes: (bytes: number) => void,
): Promise<FilesRead> {
  const left = new LeftColumns()
  const submissions: RawSubmission[] = []
  const lost: LostRow[] = []
  const digest = sha256.create()
  if (sizeOf(tokens, files) > submissionBytesMax) throw new Refusal('too-large')
  for (const token of tokens) {
    const bytes = await collect(files.readChosen(token), submissionBytesMax)
    digest.update(bytes)
    const file = files.chosenName(token)
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) take(readTables(form, file, await readXlsxTables(bytes), left))
    else {
      const text = await textOf(bytes, job)
      if (text.trimStart().startsWith('<')) {
        const root = readXml(text)
        if (!root) throw new Refusal('submissions-broken', { file })
        submissions.push(readInstance(form, file, root, left))
      } else take(readTables(form, file, [{ name: '', rows: readCsv(form, text) }], left))
    }
    if (submissions.length > submissionsMax) throw new Refusal('submissions-too-many', { count: submissionsMax })
    onBytes(bytes.length)
    await job.breathe()
  }
  // without the question on consent it is no export of this form, whatever other names they share
  const isOfForm = submissions.some((s) => s.given.has('consent_status'))
  if (!isOfForm)
    throw new Refusal(submissions.length === 0 && left.all().unknown.length === 0 ? 'submissions-none' : 'submissions-other-form')
  return { submissions, columns: left.all(), lost, digest: bytesToHex(digest.digest()) }

  function take(read: ReturnType<typeof readTables>): void {
    submissions.push(...read.submissions)
    lost.push(...read.lost)
  }
}

/** Bytes of all chosen files. Throws file-unreadable. */
export const sizeOf = (tokens: readonly string[], files: Files): number =>
  tokens.reduce((sum, token) => sum + files.chosenSize(token), 0)

async function textOf(bytes: Uint8Array, job: Job): Promise<string> {
  const { encoding } = await readEncoding(onePiece(bytes), job, () => undefined)
  return new TextDecoder(encoding).decode(bytes)
}
