import type { FormWorld } from '#shared/forms/xpath-functions.ts'

/** A world that stands still. */
export const testWorld: FormWorld = {
  today: '2026-11-24',
  now: '2026-11-24T08:30:00.000+01:00',
  language: 'fr',
  newId: () => '00000000-0000-4000-8000-000000000000',
  chance: () => 0.5,
}
