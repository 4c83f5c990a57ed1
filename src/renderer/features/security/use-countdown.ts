import { useEffect, useState } from 'react'
import { everySecond, nowMs } from '#renderer/api/clock.ts'

export interface Countdown {
  /** 0 when there is nothing to wait for. */
  readonly secondsLeft: number
  /** A wait was begun and has ended. */
  readonly over: boolean
  /** Begins again from so many seconds; 0 for no wait. */
  readonly start: (seconds: number) => void
}

/** Seconds still to wait, counted down to 0. */
export function useCountdown(): Countdown {
  const [untilMs, setUntilMs] = useState(0)
  const [secondsLeft, setSecondsLeft] = useState(0)
  useEffect(() => {
    if (untilMs === 0) return
    const count = () => setSecondsLeft(Math.max(0, Math.ceil((untilMs - nowMs()) / 1000)))
    return everySecond(count)
  }, [untilMs])
  return {
    secondsLeft,
    over: untilMs > 0 && secondsLeft === 0,
    start: (seconds) => {
      setUntilMs(seconds === 0 ? 0 : nowMs() + seconds * 1000)
      setSecondsLeft(seconds)
    },
  }
}
