/** What may lock the desk: power events, or nobody at the keyboard (S44, H29). */
export type LockTrigger = 'suspend' | 'lock-screen' | 'shutdown' | 'idle'

export interface LockTimer {
  /** Calls back once after so many milliseconds; the returned function cancels it. */
  after(milliseconds: number, callback: () => void): () => void
}

export const idleMinutesMax = 5

/**
 * Decides when to lock: at once on a power event, or after five minutes without `activity`.
 *
 * `lock` is called as often as needed; locking twice does no harm.
 */
export function lockPolicy(timer: LockTimer, lock: (trigger: LockTrigger) => void) {
  let cancel: () => void = () => undefined
  const restart = () => {
    cancel()
    cancel = timer.after(idleMinutesMax * 60_000, () => lock('idle'))
  }
  restart()
  return {
    /** Someone used the application. */
    activity: restart,
    power(trigger: Exclude<LockTrigger, 'idle'>): void {
      lock(trigger)
    },
    stop: () => cancel(),
  }
}
export type LockPolicy = ReturnType<typeof lockPolicy>
