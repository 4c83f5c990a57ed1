import { whoOf, withoutSlots, type Keyring } from '../../crypto/keyring.ts'
import type { ReadableDb } from '../../storage/store.ts'

/**
 * The ring without what must open nothing any more: starting codes whose day is over, and slots of people who were disabled (a plug pulled
 * between the database and the keyring leaves one). `now` in milliseconds since 1970, by the desk's clock.
 */
export function tidiedKeyring(db: ReadableDb, ring: Keyring, key: Uint8Array, now: number): Keyring {
  const disabled = new Set(
    db
      .read<{ login: string }>('SELECT login FROM app_user WHERE disabled_at IS NOT NULL')
      .all()
      .flatMap(({ login }) => [whoOf(ring.db, { kind: 'user', login }), whoOf(ring.db, { kind: 'once', login })]),
  )
  const isOver = (until: number | undefined) => until !== undefined && until <= now
  return withoutSlots(ring, (s) => s.kind !== 'national' && (isOver(s.until) || disabled.has(s.who)), key)
}
