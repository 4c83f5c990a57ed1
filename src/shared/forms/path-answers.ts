import type { CompiledForm } from './compile-form.ts'
import type { Answer } from './form-definition.ts'
import { isAsked, isBoundary } from './form-pack.ts'
import type { FormNode } from './form-tree.ts'
import type { AnswerReader, XPathScope } from './xpath-scope.ts'
import type { FormWorld } from './xpath-functions.ts'
import { numberText, textOf } from './xpath-values.ts'

/** Answers by path (`skills[k3].level`); the path of a repeat's instance says `here` or `removed`. */
export type PathAnswers = Readonly<Record<string, Answer>>
export const instanceHere = 'here'
export const instanceRemoved = 'removed'

/** An answer as expressions read it. */
export function answerText(answer: Answer | undefined): string {
  if (answer === undefined || answer === null) return ''
  if (typeof answer === 'number') return numberText(answer)
  return typeof answer === 'string' ? answer : answer.join(' ')
}

/** True when the person may leave the question open: "unknown" or "prefers not to answer"; never in an administrative group. */
export function mayLeaveOpen(node: FormNode): boolean {
  if (node.kind !== 'question' || !isAsked(node.row)) return false
  for (let at: FormNode | undefined = node; at; at = at.parent) {
    if (at.row.appearance?.split(' ').includes('administrative')) return false
  }
  return true
}

const nothingYet: AnswerReader = { textAt: () => '', instancesOf: () => [] }

/** The answers that a new record begins with: the defaults. */
export function initialAnswers(form: CompiledForm, world: FormWorld): PathAnswers {
  const found: Record<string, Answer> = {}
  for (const node of form.tree.nodes) {
    if (node.repeats.length > 0) continue
    const initial = initialAnswer(form, node, { world, answers: nothingYet, keys: [], own: '' })
    if (initial !== null) found[node.name] = initial
  }
  return found
}

/** The default of a question as an answer, or null. */
export function initialAnswer(form: CompiledForm, node: FormNode, scope: XPathScope): Answer {
  if (node.kind !== 'question' || isBoundary(node.row.type) || form.unitsOf[node.id]?.value) return null
  const dynamic = form.defaults.get(node.id)
  const text = dynamic ? textOf(dynamic.run(scope)) : (node.row.default?.trim() ?? '')
  if (text === '') return null
  if (node.row.type === 'select_multiple' || node.row.type === 'rank') return text.split(/\s+/)
  if (['integer', 'decimal', 'range'].includes(node.row.type)) return Number.isFinite(Number(text)) ? Number(text) : null
  return text
}
