import { useEffect, useState } from 'react'
import { everySecond, nowMs } from '#renderer/api/clock.ts'

/** Seconds still to wait, counted down to 0; `start` begins again from the given number of seconds. */
export function useCountdown(): { readonly secondsLeft: number; readonly start: (seconds: number) => void } {
  const [untilMs, setUntilMs] = useState(0)
  const [secondsLeft, setSecondsLeft] = useState(0)
  useEffect(() => {
    if (untilMs === 0) return
    const count = () => setSecondsLeft(Math.max(0, Math.ceil((untilMs - nowMs()) / 1000)))
    count()
    return everySecond(count)
  }, [untilMs])
  return { secondsLeft, start: (seconds) => setUntilMs(nowMs() + seconds * 1000) }
}
