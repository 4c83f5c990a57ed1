import { idleMinutesUsual } from '#shared/screen/contract.ts'
import type { Session } from '../../feature.ts'
import type { Store } from '../../storage/store.ts'

/** What one session may see without asking. */
interface SessionScreen {
  safe: boolean
  /** Cases that were revealed, by id. */
  readonly revealed: Set<string>
}

/** The desk's settings of lock and screen, as they are kept. */
export function deskSettings(store: Pick<Store, 'setting'>): { readonly idleMinutes: number; readonly safeByDefault: boolean } {
  return {
    idleMinutes: Number(store.setting('desk.idleMinutes') ?? idleMinutesUsual),
    safeByDefault: store.setting('desk.safeScreen') === '1',
  }
}

// a session ends with its object: nothing that was revealed outlives the lock
const screens = new WeakMap<Session, SessionScreen>()

/** The screen of a session; it begins as the desk's settings say. */
export function screenOf(session: Session, store: Pick<Store, 'setting'>): SessionScreen {
  const known = screens.get(session)
  if (known) return known
  const made = { safe: deskSettings(store).safeByDefault, revealed: new Set<string>() }
  screens.set(session, made)
  return made
}
