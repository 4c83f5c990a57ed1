import type { Clock } from '../centre/ports.ts'

/** The PC's clocks and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  steady: () => performance.now(),
  offsetMinutes: () => -new Date().getTimezoneOffset(),
  after(milliseconds, callback) {
    // 0 means "as soon as other messages were let in"
    if (milliseconds === 0) {
      const soon = setImmediate(callback)
      return () => clearImmediate(soon)
    }
    const timer = setTimeout(callback, milliseconds)
    return () => clearTimeout(timer)
  },
}
