import type { Choice } from './form-pack.ts'
import type { FormNode } from './form-tree.ts'
import type { FormWorld } from './xpath-functions.ts'

/** How an expression reads answers; FormState is one. */
export interface AnswerReader {
  /** What the node says there; '' when it is empty or not asked. */
  textAt(node: FormNode, keys: readonly string[]): string
  /** Keys of the instances of a repeat that are asked, in order; `keys` are those of the repeats around it. */
  instancesOf(repeat: FormNode, keys: readonly string[]): readonly string[]
}

/** Where an expression is evaluated. */
export interface XPathScope {
  readonly world: FormWorld
  readonly answers: AnswerReader
  /** Keys of the repeats around the node of the expression. */
  readonly keys: readonly string[]
  /** What the node itself says, for `.` and once(). */
  readonly own: string
  /** The choice that a choice_filter looks at. */
  readonly choice?: Choice | undefined
  /** The node that a predicate looks at. */
  readonly focus?: { readonly keys: readonly string[]; readonly position: number } | undefined
}

/** What a choice says in a column of the choices sheet, `name` and `label` included. */
export function columnOf({ choice, world }: XPathScope, column: string): string {
  if (!choice) return ''
  if (column === 'name') return choice.name
  if (column === 'label') return choice.label[world.language] ?? ''
  return choice.with?.[column] ?? ''
}

/** How many repeats, from the outermost, two nodes both stand in; a repeat does not stand in itself. */
export function sharedRepeats(from: FormNode, to: FormNode): number {
  const limit = to.kind === 'repeat' ? to.repeats.length - 1 : to.repeats.length
  let shared = 0
  while (shared < limit && from.repeats[shared] === to.repeats[shared]) shared += 1
  return shared
}

/** The keys of every instance of a node, the first `shared` of them those of the scope. */
export function instancesFrom(target: FormNode, shared: number, keysOf: (scope: XPathScope) => readonly string[]) {
  const depth = target.repeats.length
  if (depth === 0) return () => onlyTop
  if (depth <= shared) return (scope: XPathScope) => [keysOf(scope).slice(0, depth)]
  return (scope: XPathScope) => expand(target, keysOf(scope).slice(0, shared), scope)
}
const onlyTop: readonly (readonly string[])[] = [[]]

/** Every instance of a node below the repeats whose keys are given. */
export function expand(target: FormNode, keys: readonly string[], scope: XPathScope): readonly (readonly string[])[] {
  let found: readonly (readonly string[])[] = [keys]
  for (const repeat of target.repeats.slice(keys.length)) {
    found = found.flatMap((k) => scope.answers.instancesOf(repeat, k).map((key) => [...k, key]))
  }
  return found
}

export function distinct(found: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const seen = new Set<string>()
  return found.filter((keys) => {
    const text = keys.join('/')
    if (seen.has(text)) return false
    seen.add(text)
    return true
  })
}
