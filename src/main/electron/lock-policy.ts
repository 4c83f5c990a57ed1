import { idleMinutesUsual } from '#shared/screen/contract.ts'

/** What may lock the desk: power events, or nobody at the keyboard (S44, H29). */
export type LockTrigger = 'suspend' | 'lock-screen' | 'shutdown' | 'idle'

export interface LockTimer {
  /** Calls back once after so many milliseconds; the returned function cancels it. */
  after(milliseconds: number, callback: () => void): () => void
}

/**
 * Decides when to lock: at once on a power event, or after some minutes without `activity`: five, unless the desk says otherwise.
 *
 * `lock` is called as often as needed; locking twice does no harm.
 */
export function lockPolicy(timer: LockTimer, lock: (trigger: LockTrigger) => void) {
  let cancel: () => void = () => undefined
  let minutes = idleMinutesUsual
  const restart = () => {
    cancel()
    cancel = timer.after(minutes * 60_000, () => lock('idle'))
  }
  restart()
  return {
    /** Someone used the application. */
    activity: restart,
    /** The signed-in desk's own limit, in minutes; counts from now. */
    limit(idleMinutes: number): void {
      minutes = idleMinutes
      restart()
    },
    power(trigger: Exclude<LockTrigger, 'idle'>): void {
      lock(trigger)
    },
    stop: () => cancel(),
  }
}
export type LockPolicy = ReturnType<typeof lockPolicy>

export interface LockedShell {
  /** Print windows, with the slips that they show. */
  closePrints(): void
  /** What the application copied. */
  clearClipboard(): Promise<void>
  /** Undo, suggestions, and all that the page holds go with it. */
  reloadPage(): void
}

/** What the shell does when the centre has locked: nothing of the session stays in a window, the clipboard or the page's memory (S45, H29). */
export function clearScreen({ closePrints, clearClipboard, reloadPage }: LockedShell): void {
  closePrints()
  reloadPage()
  void clearClipboard()
}
