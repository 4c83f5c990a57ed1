import { Refusal } from '#shared/result.ts'
import { rebuildNational, type NationalSecret } from '../../crypto/national-key.ts'
import type { CallContext } from '../../feature.ts'
import { rosterOf } from '../national/index.ts'

const openMilliseconds = 10 * 60_000

/** The national key in memory, for one session of signing: overwritten when it ends, at a lock, and after ten minutes at the latest. */
export function nationalSession() {
  let open:
    | {
        readonly national: NationalSecret
        /** End by the wall clock, to be shown; `isOver` goes by the steady one. */
        readonly until: number
        readonly isOver: () => boolean
        readonly cancel: () => void
      }
    | undefined
  const close = (): void => {
    open?.cancel()
    open?.national.wipe()
    open = undefined
  }
  const closeIfOver = (): void => {
    if (open?.isOver()) close()
  }
  return {
    close,
    /** Wall-clock end of the session, or undefined. */
    until(): number | undefined {
      closeIfOver()
      return open?.until
    },
    /** Keeps a key for the session; it becomes the session's to overwrite. */
    keep(national: NationalSecret, { ports }: CallContext): void {
      close()
      const { clock } = ports
      const end = clock.steady() + openMilliseconds
      open = {
        national,
        until: clock.now() + openMilliseconds,
        isOver: () => clock.steady() >= end,
        cancel: clock.after(openMilliseconds, closeIfOver),
      }
    },
    /** Opens the key that this desk believes, from two sheets. Throws Refusal national-none, share-*, national-other-key. */
    async openWith(sheets: readonly string[], context: CallContext): Promise<void> {
      const { key } = rosterOf(context.store)
      if (key === null) throw new Refusal('national-none')
      const national = await rebuildNational(sheets)
      if (national.key !== key) {
        national.wipe()
        throw new Refusal('national-other-key')
      }
      this.keep(national, context)
    },
    /** The open key; it must still be the believed one. Throws Refusal national-not-open. */
    national({ store }: CallContext): NationalSecret {
      closeIfOver()
      if (open?.national.key !== rosterOf(store).key) throw new Refusal('national-not-open')
      return open!.national
    },
  }
}
export type NationalSession = ReturnType<typeof nationalSession>
