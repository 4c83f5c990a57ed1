import type { Clock } from './ports.ts'

/** So long nobody has to have done anything: less than the shortest idle limit, after which nobody is signed in. */
export const quietMilliseconds = 45_000

/** Calls `whenQuiet` once nothing was heard for 45 seconds, each time anew; not before something was heard at all. */
export function quietWatch(clock: Pick<Clock, 'after'>, whenQuiet: () => void): { heard(): void; stop(): void } {
  let stopWaiting: () => void = () => undefined
  return {
    heard() {
      stopWaiting()
      stopWaiting = clock.after(quietMilliseconds, whenQuiet)
    },
    stop: () => stopWaiting(),
  }
}
