import type { Answer } from '#shared/forms/form-definition.ts'

/** A change of an answer that can be taken back. */
export interface AnswerChange {
  readonly path: string
  /** The answer before; null for none. */
  readonly before: Answer
  /** Typed key by key: what follows in the same field belongs to it. */
  readonly typed: boolean
}

const changesMax = 100

const same = (a: Answer, b: Answer) => JSON.stringify(a) === JSON.stringify(b)

/** The changes with one more, the latest last; a text that grows is one change, and what changes nothing is none. */
export function withChange(changes: readonly AnswerChange[], change: AnswerChange, now: Answer): readonly AnswerChange[] {
  const last = changes.at(-1)
  if (same(change.before, now)) return changes
  if (change.typed && last?.typed === true && last.path === change.path) return changes
  return [...changes, change].slice(-changesMax)
}
