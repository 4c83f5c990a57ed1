import { bytesToHex } from '@noble/hashes/utils.js'
import { answersIn } from '#shared/cases/draft.ts'
import { Refusal } from '#shared/result.ts'
import {
  columnsShown,
  findingsShown,
  submissionsShown,
  type PreviewedSubmission,
  type SubmissionsPreview,
} from '#shared/submissions/contract.ts'
import {
  draftOfSubmission,
  sortByConsent,
  type SortedTexts,
  type SubmissionFinding,
} from '#shared/submissions/draft-of-submission.ts'
import type { RawSubmission } from '#shared/submissions/raw-submission.ts'
import { today } from '../../desk-day.ts'
import type { CallContext, Job } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { putDraft } from '../cases/index.ts'
import { newestProfile } from '../national/index.ts'
import { refuseInTraining } from '../sync/index.ts'
import { makeMarkKey, markKey, marksOf, type Marks } from './marks.ts'
import { readFiles, sizeOf } from './read-files.ts'
import { isMarked, putMark } from './submissions-repository.ts'

/** Files that were looked at: what they hold is not kept but read again. */
interface Previewed {
  readonly id: string
  readonly user: string
  readonly files: readonly string[]
  readonly digest: string
}

interface Looked {
  readonly raw: RawSubmission
  readonly marks: Marks
  readonly state: PreviewedSubmission['state']
  readonly sorted: SortedTexts
  readonly findings: readonly SubmissionFinding[]
}

/** The last preview; only that one can be taken, by whoever made it. */
export function submissionImports(reference: ReferenceData) {
  let last: Previewed | undefined

  async function look(
    files: readonly string[],
    key: Uint8Array,
    db: ReadableDb,
    { ports, store }: CallContext,
    job: Job,
  ): Promise<{ readonly looked: readonly Looked[]; readonly read: Awaited<ReturnType<typeof readFiles>> }> {
    const { profile, quickCard } = newestProfile(store, reference)
    const bytes = sizeOf(files, ports.files)
    let done = 0
    const read = await readFiles(profile, files, ports.files, job, (count) => {
      done += count
      job.progress(Math.min(50, Math.floor((done / (bytes || 1)) * 50)), 100)
    })
    const day = today(ports.clock)
    const seen = new Set<string>()
    const known = (mark: string) => seen.has(mark) || isMarked(db, mark)
    const looked: Looked[] = []
    for (const [at, raw] of read.submissions.entries()) {
      const { texts, findings } = draftOfSubmission(profile, raw, day)
      const sorted = sortByConsent(quickCard, texts)
      const marks = marksOf(key, raw, texts)
      const state = stateOf(marks, sorted, known)
      if (state === 'new') for (const mark of [...marks.ids, marks.content]) seen.add(mark)
      looked.push({ raw, marks, state, sorted, findings })
      job.progress(50 + Math.floor(((at + 1) / read.submissions.length) * 50), 100)
      await job.breathe()
    }
    return { looked, read }
  }

  return {
    /** Reads the files and changes nothing; see submissions.preview. */
    async preview(
      { files, job }: { readonly files: readonly string[]; readonly job: string },
      context: CallContext,
    ): Promise<SubmissionsPreview> {
      refuseInTraining(context)
      last = undefined
      const { ports, store, session } = context
      const running = context.job(job)
      // before anything was taken nothing is known, whatever the key
      const key = markKey(store) ?? ports.random.bytes(32)
      const { looked, read } = await look(files, key, store, context, running)
      last = { id: bytesToHex(ports.random.bytes(12)), user: session.userId, files, digest: read.digest }
      const count = (wanted: (one: Looked) => boolean) => looked.filter(wanted).length
      const columns = (names: readonly string[]) => ({
        names: names.slice(0, columnsShown).map((name) => name.slice(0, 100)),
        count: names.length,
      })
      return {
        previewId: last.id,
        counts: {
          all: looked.length,
          toMake: count((l) => l.state === 'new'),
          taken: count((l) => l.state === 'taken'),
          takenChanged: count((l) => l.state === 'taken-changed'),
          noConsent: count((l) => l.state === 'no-consent'),
          declined: count((l) => l.state === 'new' && l.sorted.consent === 'declined'),
          withFindings: count((l) => l.state === 'new' && l.findings.length > 0),
        },
        submissions: looked
          .toSorted((a, b) => weightOf(a) - weightOf(b))
          .slice(0, submissionsShown)
          .map(shown),
        columns: { unknown: columns(read.columns.unknown), desk: columns(read.columns.desk), tool: columns(read.columns.tool) },
        lost: read.lost.slice(0, findingsShown),
        lostCount: read.lost.length,
      }
    },

    /** Makes the drafts of the previewed files, all or none; see submissions.take. */
    async take(input: { readonly previewId: string; readonly job: string }, context: CallContext) {
      refuseInTraining(context)
      const { ports, store, session } = context
      const chosen = last
      if (!chosen || chosen.id !== input.previewId || chosen.user !== session.userId) throw new Refusal('not-found')
      const running = context.job(input.job)
      const result = await store.writeLong(async (unit) => {
        const key = markKey(store) ?? makeMarkKey(unit, ports.random)
        const { looked, read } = await look(chosen.files, key, unit, context, running)
        if (read.digest !== chosen.digest) throw new Refusal('csv-changed')
        const counts = { made: 0, taken: 0, noConsent: 0 }
        for (const { raw, marks, state, sorted } of looked) {
          if (state === 'no-consent') counts.noConsent += 1
          else if (state !== 'new') counts.taken += 1
          else {
            const subject = bytesToHex(ports.random.bytes(16))
            counts.made += 1
            putDraft(unit, session.userId, { form: 'new-case', subject }, { texts: sorted.reception, focused: '' })
            if (Object.keys(sorted.card).length > 0)
              putDraft(unit, session.userId, { form: 'quick-card', subject }, { texts: sorted.card, focused: '' })
            for (const mark of [...marks.ids, marks.content]) putMark(unit, mark, subject, sentOn(raw))
          }
        }
        unit.audit({ action: 'submissions.take', details: counts })
        return counts
      })
      last = undefined
      return result
    },
  }
}

function stateOf({ ids, content }: Marks, { consent }: SortedTexts, known: (mark: string) => boolean): Looked['state'] {
  if (ids.some(known)) return known(content) ? 'taken' : 'taken-changed'
  if (ids.length === 0 && known(content)) return 'taken'
  return consent === 'unreadable' ? 'no-consent' : 'new'
}

/** Those of which there is something to say stand first. */
function weightOf({ state, findings, sorted }: Looked): number {
  if (state === 'no-consent') return 0
  if (state === 'taken-changed') return 1
  if (state === 'new') return findings.length > 0 ? 2 : sorted.consent === 'declined' ? 3 : 4
  return 5
}

/** The day on which an interview was sent, else ended, else begun. */
function sentOn({ noted }: RawSubmission): string {
  const told = ['_submission_time', 'submissionDate', 'end', 'today', 'start'].flatMap((name) => noted.get(name) ?? [])
  return told.flatMap((text) => /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? [])[0] ?? ''
}

function shown({ raw, state, sorted, findings }: Looked): PreviewedSubmission {
  return {
    file: raw.place.file,
    row: raw.place.row ?? null,
    sentOn: sentOn(raw),
    state,
    declined: sorted.consent === 'declined',
    answers: [sorted.reception, sorted.card].reduce((sum, texts) => sum + answersIn(texts), 0),
    leftOut: state === 'no-consent' ? 0 : sorted.leftOut,
    findings: findings.slice(0, findingsShown).map(({ path, column, value, problem }) => ({
      column,
      path,
      // what the person told of themselves is no business of a preview where they did not agree
      value: sorted.consent === 'declined' && !(path in sorted.reception) ? '' : value.slice(0, 200),
      problem,
    })),
    findingCount: findings.length,
  }
}
