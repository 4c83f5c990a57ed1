import { Refusal } from '#shared/result.ts'
import type { EventData, EventName } from '#shared/contract.ts'
import type { Job } from './feature.ts'
import type { Clock } from './ports.ts'

/** Milliseconds between two progress messages of a job. */
const progressEveryMilliseconds = 200
/** Milliseconds of work after which a job lets other messages in. */
const breatheEveryMilliseconds = 50

/** The long calls under way: their progress, and cancelling them. */
export function jobBoard(clock: Clock, emit: <K extends EventName>(name: K, data: EventData<K>) => void) {
  const running = new Map<string, { cancelled: boolean }>()
  return {
    start(id: string): Job {
      const state = { cancelled: false }
      running.set(id, state)
      let told = Number.NEGATIVE_INFINITY
      let breathed = clock.steady()
      return {
        progress(done, total) {
          const now = clock.steady()
          if (now - told < progressEveryMilliseconds && done !== total) return
          told = now
          emit('progress', { job: id, done, total })
        },
        async breathe() {
          if (clock.steady() - breathed >= breatheEveryMilliseconds) {
            await new Promise<void>((resume) => clock.after(0, resume))
            breathed = clock.steady()
          }
          if (state.cancelled) throw new Refusal('cancelled')
        },
      }
    },
    cancel(id: string): void {
      const job = running.get(id)
      if (job) job.cancelled = true
    },
    cancelAll(): void {
      for (const job of running.values()) job.cancelled = true
    },
    /** Forgets the jobs of a call that ended. */
    end(ids: readonly string[]): void {
      for (const id of ids) running.delete(id)
    },
  }
}
export type JobBoard = ReturnType<typeof jobBoard>
