import type { Answers } from '../forms/form-definition.ts'
import { addDays } from '../forms/partial-date.ts'

/** What somebody may ask of the centre about their own data (do-no-harm 44). */
export const requestKinds = ['access', 'correction'] as const
export type RequestKind = (typeof requestKinds)[number]

/** Days within which a request is answered (do-no-harm 44). */
export const requestDaysMax = 30

/** A request, as it stands among the answers of its case: one register for each part, so that two PCs of a centre never overwrite each other's. */
export interface PersonRequest {
  /** Eight hexadecimal digits. */
  readonly id: string
  readonly kind: RequestKind
  /** Days, YYYY-MM-DD. */
  readonly on: string
  readonly dueOn: string
  /** What the person says is wrong; '' for an access. */
  readonly about: string
  readonly decision: 'accepted' | 'refused' | null
  /** Why it was refused; '' otherwise. */
  readonly reason: string
  readonly doneOn: string | null
}

const part = /^request_([0-9a-f]{8})_(kind|on|about|decision|reason|done_on)$/
type Part = 'kind' | 'on' | 'about' | 'decision' | 'reason' | 'done_on'

/** The answers under which parts of a request are kept. */
export function requestAnswers(id: string, parts: Readonly<Partial<Record<Part, string>>>): Answers {
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [`request_${id}_${name}`, value]))
}

/** The requests of a case, oldest first; what another PC has told only in part waits for the rest. */
export function requestsOf(answers: Answers): PersonRequest[] {
  const found = new Map<string, Partial<Record<Part, string>>>()
  for (const [name, value] of Object.entries(answers)) {
    const [, id, field] = part.exec(name) ?? []
    if (id === undefined || typeof value !== 'string') continue
    found.set(id, { ...found.get(id), [field as Part]: value })
  }
  return [...found]
    .flatMap(([id, { kind, on, about, decision, reason, done_on }]): PersonRequest[] => {
      const known = requestKinds.find((k) => k === kind)
      if (known === undefined || on === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(on)) return []
      return [
        {
          id,
          kind: known,
          on,
          dueOn: addDays(on, requestDaysMax),
          about: about ?? '',
          decision: decision === 'accepted' || decision === 'refused' ? decision : null,
          reason: reason ?? '',
          doneOn: done_on ?? null,
        },
      ]
    })
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1))
}
