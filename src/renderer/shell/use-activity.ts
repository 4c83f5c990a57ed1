import { useEffect } from 'react'
import { call } from '#renderer/api/call.ts'
import { nowMs } from '#renderer/api/clock.ts'

const quietMs = 20_000

/** Tells the shell that somebody is at work, at most every 20 s: postpones the idle lock (U22). */
export function useActivity(): void {
  useEffect(() => {
    let toldMs = 0
    const active = () => {
      if (nowMs() - toldMs < quietMs) return
      toldMs = nowMs()
      void call('app.activity', {}).catch(() => undefined)
    }
    const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
    for (const kind of kinds) window.addEventListener(kind, active, { passive: true })
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, active)
    }
  }, [])
}
