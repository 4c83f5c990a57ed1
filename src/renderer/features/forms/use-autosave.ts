import { useCallback, useEffect, useRef, useState } from 'react'
import { after, localTime, nowMs } from '#renderer/api/clock.ts'
import { CallFailure } from '#renderer/api/call.ts'
import type { AnswerProblem } from '#shared/forms/check-answers.ts'
import type { Answer, Answers } from '#shared/forms/form-definition.ts'

const delayMs = 400

export interface Autosave {
  /** Takes an answer; it reaches the centre within half a second (U2). */
  readonly put: (question: string, answer: Answer) => void
  readonly state: 'idle' | 'waiting' | 'saving' | 'saved' | 'failed'
  /** HH:MM of the last save. */
  readonly at: string
  /** Answers that the centre refused: they stay on screen, unsaved. */
  readonly problems: Readonly<Record<string, AnswerProblem>>
  readonly failure: unknown
}

/** Sends changed answers in small batches, one at a time; a refused answer is set apart so that the others are still saved. */
export function useAutosave(save: (answers: Answers) => Promise<unknown>): Autosave {
  const waiting = useRef<Record<string, Answer>>({})
  const busy = useRef(false)
  const cancel = useRef<() => void>(() => undefined)
  const [state, setState] = useState<Autosave['state']>('idle')
  const [at, setAt] = useState('')
  const [problems, setProblems] = useState<Readonly<Record<string, AnswerProblem>>>({})
  const [failure, setFailure] = useState<unknown>()
  const saver = useRef(save)
  saver.current = save

  const flush = useCallback(async () => {
    cancel.current()
    if (busy.current) return
    busy.current = true
    while (Object.keys(waiting.current).length > 0) {
      const batch = waiting.current
      waiting.current = {}
      setState('saving')
      try {
        await saver.current(batch)
        setFailure(undefined)
        setAt(localTime(nowMs()))
        setState('saved')
      } catch (error) {
        const details =
          error instanceof CallFailure && error.failure.code === 'answer-invalid' ? error.failure.details : undefined
        const question = details?.['question']
        if (typeof question === 'string' && question in batch) {
          const { [question]: _refused, ...others } = batch
          setProblems((p) => ({ ...p, [question]: (details?.['problem'] ?? 'type') as AnswerProblem }))
          waiting.current = { ...others, ...waiting.current }
          if (Object.keys(others).length === 0) setState('failed')
        } else {
          waiting.current = { ...batch, ...waiting.current }
          setFailure(error)
          setState('failed')
          break
        }
      }
    }
    busy.current = false
  }, [])

  const put = useCallback(
    (question: string, answer: Answer) => {
      setProblems(({ [question]: _former, ...others }) => others)
      waiting.current = { ...waiting.current, [question]: answer }
      setState('waiting')
      cancel.current()
      cancel.current = after(delayMs, () => void flush())
    },
    [flush],
  )
  // leaving the page saves what still waits
  useEffect(() => () => void flush(), [flush])
  return { put, state, at, problems, failure }
}
