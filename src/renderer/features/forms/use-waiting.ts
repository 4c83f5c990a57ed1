import { useMemo } from 'react'
import { call, useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import type { Candidate, WaitingAnswers } from '#shared/review/contract.ts'
import type { FormKeeper } from './form-keeper.ts'

/** What waits for a choice among a record's answers, and the choosing. */
export interface Waiting {
  readonly rows: readonly WaitingAnswers[]
  readonly mayDecide: boolean
  readonly busy: boolean
  readonly error: unknown
  /** `change`: null to keep what is shown; `at`: the question where the choice is made. */
  readonly onDecide: (of: WaitingAnswers, change: Candidate['change'], at: string) => void
}

const none: readonly WaitingAnswers[] = []

/** The answers of a case that wait for a choice; `onDecided` gets the question where one was made. */
export function useWaiting(caseId: string, keeper: FormKeeper, onDecided: (at: string) => void): Waiting {
  const mayDecide = useMay()('sync.review')
  const { data, error: unread, refetch } = useCall('review.ofCase', { caseId })
  const { busy, error, run } = useDoing()
  return useMemo(
    () => ({
      rows: data?.rows ?? none,
      mayDecide,
      busy,
      error: error ?? unread,
      onDecide: (of, change, at) =>
        void run(async () => {
          // what is still being typed must not come after the choice
          await keeper.flush()
          try {
            await call('review.decide', { kind: 'case', row: caseId, fields: of.fields, change })
          } finally {
            // somebody may have chosen meanwhile
            await refetch()
          }
          onDecided(at)
        }),
    }),
    [busy, caseId, data, error, keeper, mayDecide, onDecided, refetch, run, unread],
  )
}
