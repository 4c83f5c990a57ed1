import type { Candidate, WaitingAnswers } from './contract.ts'
import { codeOf } from '../sync/entry.ts'
import { isFilledIn, nodeOfPath } from '../forms/filled-form.ts'
import type { FormState } from '../forms/form-state.ts'

/** A value that waits, of one question or of one code of its set. */
export interface WaitingAt {
  readonly of: WaitingAnswers
  /** A field, or `field/code`, whose values are 1 and 0. */
  readonly register: string
  /** The other values, each with who said it; never the one that is shown. */
  readonly others: readonly Candidate[]
}

/** The path of the question that a register is of. */
export function pathOfRegister(register: string): string {
  return register.slice(2).split('/')[0] ?? ''
}

/** The code of a set that a register is of; undefined for a whole answer. */
export function codeOfRegister(register: string): string | undefined {
  return register.includes('/') ? codeOf(register) : undefined
}

/** True for two values that say the same; nothing said is empty. */
export const isSameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** What waits at each question that is asked and filled in, by path, in the form's order; nothing at what is worked out from others. */
export function waitingByPath(
  state: FormState,
  rows: readonly WaitingAnswers[],
  isDrawn: (path: string) => boolean = () => true,
): ReadonlyMap<string, readonly WaitingAt[]> {
  const found = rows.flatMap((of) => {
    const [shown, ...rest] = of.candidates
    return of.fields.flatMap((register) => {
      const path = pathOfRegister(register)
      const node = nodeOfPath(state.form, path)
      if (!register.startsWith('a_') || !node || !isFilledIn(node.row) || !isDrawn(path)) return []
      if (state.at(path)?.relevant !== true) return []
      const others = rest.filter((c) => register in c.values && !isSameValue(c.values[register], shown?.values[register]))
      return others.length === 0 ? [] : [{ path, at: node.id, waiting: { of, register, others } }]
    })
  })
  const byPath = new Map<string, WaitingAt[]>()
  for (const { path, waiting } of found.toSorted((a, b) => a.at - b.at)) byPath.set(path, [...(byPath.get(path) ?? []), waiting])
  return byPath
}
