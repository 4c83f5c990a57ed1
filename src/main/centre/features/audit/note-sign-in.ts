import type { AuditInput, Store } from '../../storage/store.ts'

/** A clock that is behind the newest event by more than this went back. */
const clockToleranceMilliseconds = 60_000

/**
 * Writes down what a sign-in shows and no call says: the clock went back, another version of the program or of the form is in use
 * (roles-and-audit.md E.2). `now` in milliseconds since 1970, by the PC's clock.
 */
export function noteSignIn(store: Store, versions: { readonly app: string; readonly form: string }, now: number): void {
  const newest = store.read<{ at: number | null }>("SELECT max(json_extract(line, '$.at')) AS at FROM audit").get()?.at ?? now
  const back = newest - now
  if (back > clockToleranceMilliseconds)
    store.write((unit) => unit.audit({ action: 'clock.back', details: { minutes: Math.round(back / 60_000) } }))
  for (const [what, to] of Object.entries(versions)) {
    const from = store.setting(`${what}.version`)
    if (from === to) continue
    const event: AuditInput = { action: `${what}.version`, details: { from: from ?? '', to } }
    store.write((unit) => {
      unit.keepSetting(`${what}.version`, to)
      unit.audit(event)
    })
  }
}
