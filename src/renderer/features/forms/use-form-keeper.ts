import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { call, CallFailure, queryClient } from '#renderer/api/call.ts'
import { after, nowMs } from '#renderer/api/clock.ts'
import { registerUnsaved } from '#renderer/api/unsaved.ts'
import type { Draft } from '#shared/cases/contract.ts'
import type { DraftForm } from '#shared/cases/draft.ts'
import type { AnswerProblem } from '#shared/forms/check-answers.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { formKeeper, type FormKeeper, type KeeperState } from './form-keeper.ts'

/** Which form, about what: see cases.keepDraft. */
export interface DraftOf {
  readonly form: DraftForm
  readonly subject: string
}

/** What this user left in a form: undefined while it is being asked, null for nothing. Asked once, when the form opens. */
export function useLeftDraft({ form, subject }: DraftOf, enabled = true): Draft | null | undefined {
  const [left, setLeft] = useState<{ readonly of: string; readonly draft: Draft | null }>()
  const of = `${form} ${subject}`
  useEffect(() => {
    if (!enabled) return
    let gone = false
    const take = (draft: Draft | null) => {
      if (!gone) setLeft({ of, draft })
    }
    call('cases.draft', { form, subject }).then(take, () => take(null))
    return () => {
      gone = true
    }
  }, [enabled, form, subject, of])
  if (!enabled) return null
  return left?.of === of ? left.draft : undefined
}

function refusedAnswer(error: unknown): { readonly question: string; readonly problem: AnswerProblem } | undefined {
  const details = error instanceof CallFailure && error.failure.code === 'answer-invalid' ? error.failure.details : undefined
  const question = details?.['question']
  return typeof question === 'string' ? { question, problem: (details?.['problem'] ?? 'type') as AnswerProblem } : undefined
}

/**
 * A keeper for the life of a form on screen; what waits is sent when the form is left or the desk is locked.
 *
 * `drafted` are the fields of the draft that was taken up. `saveAnswers` stores by itself; without it the form keeps drafts alone.
 */
export function useFormKeeper(
  { form, subject }: DraftOf,
  drafted: readonly string[],
  saveAnswers?: (answers: Answers, focused: string | undefined) => Promise<unknown>,
): FormKeeper {
  const saver = useRef(saveAnswers)
  useEffect(() => {
    saver.current = saveAnswers
  })
  const made = useRef<FormKeeper>(null)
  made.current ??= formKeeper(
    {
      saveAnswers: saveAnswers ? async (answers, focused) => saver.current?.(answers, focused) : undefined,
      keepDraft: (texts, focused) =>
        call('cases.keepDraft', { form, subject, texts, ...(focused === undefined ? {} : { focused }) }),
      dropDraft: () => call('cases.dropDraft', { form, subject }),
      refusedAnswer,
      after,
      now: nowMs,
    },
    drafted,
  )
  const keeper = made.current
  useEffect(() => {
    const forget = registerUnsaved(keeper.flush)
    return () => {
      forget()
      void keeper.leave().then(() => queryClient.invalidateQueries({ queryKey: ['cases.drafts'] }))
    }
  }, [keeper])
  return keeper
}

/** One thing that a keeper says, for the component that shows it: what is kept changes at every key, and a page must not. */
export function useKept<K extends keyof KeeperState>(keeper: FormKeeper, what: K): KeeperState[K] {
  const now = () => keeper.state()[what]
  return useSyncExternalStore(keeper.subscribe, now, now)
}
