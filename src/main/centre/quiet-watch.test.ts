import { describe, expect, it } from 'vitest'
import { idleMinutesMin } from '#shared/screen/contract.ts'
import { quietMilliseconds, quietWatch } from './quiet-watch.ts'

/** A clock whose timers go off when told. */
function tickingClock() {
  let now = 0
  let timers: { readonly at: number; readonly run: () => void }[] = []
  return {
    after(milliseconds: number, run: () => void) {
      const timer = { at: now + milliseconds, run }
      timers.push(timer)
      return () => void (timers = timers.filter((t) => t !== timer))
    },
    advance(milliseconds: number) {
      now += milliseconds
      const due = timers.filter((t) => t.at <= now)
      timers = timers.filter((t) => t.at > now)
      for (const { run } of due) run()
    },
  }
}

describe('a quiet moment', () => {
  it('comes once after each thing that was heard, when nothing follows it', () => {
    const clock = tickingClock()
    let quiet = 0
    const watch = quietWatch(clock, () => void (quiet += 1))
    clock.advance(10 * quietMilliseconds)
    expect(quiet).toBe(0)
    for (let i = 0; i < 5; i += 1) {
      watch.heard()
      clock.advance(quietMilliseconds - 1)
    }
    expect(quiet).toBe(0)
    clock.advance(1)
    clock.advance(10 * quietMilliseconds)
    expect(quiet).toBe(1)
    watch.heard()
    watch.stop()
    clock.advance(10 * quietMilliseconds)
    expect(quiet).toBe(1)
  })

  it('comes before the shortest idle limit has locked the desk', () => {
    expect(quietMilliseconds).toBeLessThan(idleMinutesMin * 60_000)
  })
})
