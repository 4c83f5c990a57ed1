import type { CompiledForm } from '../forms/compile-form.ts'
import { isFilledIn } from '../forms/filled-form.ts'
import type { FormNode } from '../forms/form-tree.ts'
import { choiceOf } from './choice-of.ts'

/** What a column of an export, or an element of an instance, stands for. */
export type Heading =
  | {
      readonly kind: 'question'
      readonly node: FormNode
      /** The choice that the column ticks; absent for a column that holds the answer itself. */
      readonly code?: string
      /** Which lines of the repeats around it, outermost first, from 1: `skills[2]/skills_level`; 1 where it is not told. */
      readonly lines: readonly number[]
    }
  /** A field of the form that nobody types: worked out, or filled by the desk. */
  | { readonly kind: 'desk' }
  /** What Kobo and ODK write of the device, the author and the submission; `name` without its groups. */
  | { readonly kind: 'tool'; readonly name: string }
  | { readonly kind: 'unknown' }

/** What Kobo and ODK Collect note by themselves, beside what begins with an underscore. */
const toolNames =
  /^(?:start|end|today|deviceid|username|email|phonenumber|simserial|subscriberid|audit|start-geopoint|background-audio|instanceid|instancename|rootuuid|deprecatedid|formhub|meta)$/i

/** What a heading stands for: `group/field`, `field`, `group/field/choice`, `repeat[2]/field`. A field of the form comes before what a tool may mean. */
export function readHeading(form: CompiledForm, heading: string): Heading {
  const steps = heading
    .trim()
    .split('/')
    .map((step) => /^(.*?)\s*(?:\[(\d{1,3})\])?$/.exec(step.trim()))
    .map((m) => ({ name: m?.[1] ?? '', line: m?.[2] === undefined ? undefined : Number(m[2]) }))
  const last = steps.at(-1)?.name ?? ''
  const linesOf = (node: FormNode) => node.repeats.map((r) => steps.find((s) => s.name === r.name)?.line ?? 1)
  const before = form.tree.byName.get(steps.at(-2)?.name ?? '')
  if (before?.kind === 'question') {
    if (!isFilledIn(before.row)) return { kind: 'desk' }
    const code = before.row.type === 'select_multiple' ? choiceOf(form, before, last) : undefined
    return code === undefined ? { kind: 'unknown' } : { kind: 'question', node: before, code, lines: linesOf(before) }
  }
  const node = form.tree.byName.get(last)
  if (node?.kind === 'question') {
    return isFilledIn(node.row) ? { kind: 'question', node, lines: linesOf(node) } : { kind: 'desk' }
  }
  const isOfTool = last.startsWith('_') || steps.some((s) => toolNames.test(s.name))
  return isOfTool ? { kind: 'tool', name: last } : { kind: 'unknown' }
}
