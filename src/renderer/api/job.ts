import { useEffect, useRef, useState } from 'react'
import { call } from './call.ts'
import { onEvent } from './events.ts'

export interface JobProgress {
  readonly done: number
  /** 0 while unknown. */
  readonly total: number
}

export interface RunningJob {
  /** A fresh id to hand over with the call that starts the job. */
  readonly begin: () => string
  readonly progress: JobProgress | null
  readonly cancel: () => void
  /** Forgets the progress once the call has answered. */
  readonly end: () => void
}

/** Follows one long call: its progress events and the way to stop it. */
export function useJob(): RunningJob {
  const id = useRef('')
  const [progress, setProgress] = useState<JobProgress | null>(null)
  useEffect(
    () =>
      onEvent('progress', (event) => {
        if (event.job === id.current) setProgress({ done: event.done, total: event.total })
      }),
    [],
  )
  return {
    begin: () => {
      id.current = crypto.randomUUID()
      setProgress({ done: 0, total: 0 })
      return id.current
    },
    progress,
    cancel: () => {
      if (id.current !== '') void call('app.cancel', { job: id.current }).catch(() => undefined)
    },
    end: () => {
      id.current = ''
      setProgress(null)
    },
  }
}
