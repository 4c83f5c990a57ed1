import { useCallback, useEffect, useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { everySecond, nowMs } from '#renderer/api/clock.ts'
import type { CallOutput } from '#shared/contract.ts'
import { envelopeIdleMinutes } from '#shared/envelope/contract.ts'

export type NotesState = CallOutput<'envelope.state'>

const tellEveryMs = 20_000

/**
 * Whether the notes are open. They close when the page is left, and after two minutes without input (H29); then nothing of them stays in
 * the page.
 */
export function useOpenNotes() {
  const [state, setState] = useState<NotesState>()
  const close = useCallback(() => {
    setState({ open: false, changedAt: null, paperDue: false, words: [] })
    void call('envelope.close', {}).catch(() => undefined)
  }, [])
  useEffect(() => close, [close])
  const isOpen = state?.open === true
  useEffect(() => {
    if (!isOpen) return undefined
    let active = nowMs()
    let told = active
    const act = () => {
      active = nowMs()
      if (active - told < tellEveryMs) return
      told = active
      void call('envelope.stay', {}).catch(close)
    }
    const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
    for (const kind of kinds) window.addEventListener(kind, act, { passive: true })
    const stop = everySecond(() => {
      if (nowMs() - active >= envelopeIdleMinutes * 60_000) close()
    })
    return () => {
      stop()
      for (const kind of kinds) window.removeEventListener(kind, act)
    }
  }, [isOpen, close])
  return { state, setState, close }
}
