import { isAnswered, type AnswerProblem } from './check-type.ts'
import type { CompiledForm } from './compile-form.ts'
import type { Answer, Answers } from './form-definition.ts'
import { isAsked, type SurveyRow } from './form-pack.ts'
import { FormState, type NodeState } from './form-state.ts'
import { pathOf, readPath, type FormNode } from './form-tree.ts'
import { instanceHere, instanceRemoved } from './path-answers.ts'
import type { FormWorld } from './xpath-functions.ts'

/** Fields in which a person, a file or another record is chosen elsewhere, or that the desk fills by itself. */
const chosenElsewhere: readonly unknown[] = ['user', 'service', 'need', 'case', 'workflow', 'photo', 'scan', 'system']
const filledTypes: readonly unknown[] = ['text', 'integer', 'decimal', 'date', 'dateTime', 'select_one', 'select_multiple']
/** True for a field in which nothing is typed or ticked. */
export function isChosenElsewhere(widget: unknown): boolean {
  return chosenElsewhere.includes(widget)
}
/** What taking an agreement back writes down, with what follows from it (rights.withdraw), and a supervisor's word on a plan (caseForms.approve). */
const writtenByDesk: readonly string[] = ['consent_withdrawn_date', 'consent_withdrawal_scope', 'plan_supervisor_ok']

/** True for a row that is filled in on the page of its form. */
export function isFilledIn(row: SurveyRow): boolean {
  return (
    isAsked(row) &&
    filledTypes.includes(row.type) &&
    row.calculation === undefined &&
    !isChosenElsewhere(row.widget) &&
    !writtenByDesk.includes(row.name)
  )
}

/** The section of a row: the group or repeat at the top of the form that holds it; undefined for the form itself. */
export function sectionOfNode(node: FormNode): FormNode | undefined {
  let at = node
  while (at.parent && at.parent.kind !== 'form') at = at.parent
  return at.parent ? at : undefined
}

/** True for a row that the counsellor answers, not the person: of the interview, the consent, a plan, a session; never for a path that is of no form. */
export function isAdministrative(node: FormNode | undefined): boolean {
  const section = node && sectionOfNode(node)
  return section?.row.appearance?.split(' ').includes('administrative') === true
}

/** The row that a path names, whether its instances are there or not; undefined when the form has no such row. */
export function nodeOfPath(form: CompiledForm, path: string): FormNode | undefined {
  const steps = readPath(path)
  const node = form.tree.byName.get(steps?.at(-1)?.name ?? '')
  if (!steps || !node) return undefined
  return pathOf(node, keysOfPath(path)) === path ? node : undefined
}

/** The name at the end of a path: that of its question or repeat. */
export function nameOfPath(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace(/\[.*/, '')
}

/** The keys of the instances in a path. */
export function keysOfPath(path: string): readonly string[] {
  return (readPath(path) ?? []).flatMap((s) => (s.key === undefined ? [] : [s.key]))
}

/** Answers of one record beyond which no instance of a repeat is added: a row of the journal has a thousand registers at most. */
const answersMost = 600

function isRoomFor(answers: Answers): boolean {
  let registers = 0
  for (const answer of Object.values(answers)) registers += Array.isArray(answer) ? answer.length + 1 : 1
  return registers <= answersMost
}

/** The world in which a record is filled on a day (YYYY-MM-DD); nothing of it is left to chance. */
export function worldOn(today: string, language = 'fr'): FormWorld {
  return { today, now: `${today}T12:00:00.000+01:00`, language, newId: () => '', chance: () => 0 }
}

export interface WrongAnswer {
  readonly question: string
  readonly problem: AnswerProblem
}

/**
 * What is wrong with answers that somebody gives, the first of them; `state` has them already, `before` are those that were stored.
 *
 * A retired choice that is stored may stay beside others. Page and centre run this.
 */
export function wrongAnswer(state: FormState, given: Answers, before: Answers): WrongAnswer | undefined {
  for (const [path, answer] of Object.entries(given)) {
    const problem = path.endsWith(']') ? instanceProblem(state, path, answer, before) : answerProblem(state, path, answer, before)
    if (problem) return { question: path, problem }
  }
  return undefined
}

function instanceProblem(state: FormState, path: string, answer: Answer, before: Answers): AnswerProblem | undefined {
  const node = nodeOfPath(state.form, path)
  if (node?.kind !== 'repeat' || state.form.unitsOf[node.id]?.count) return 'not-a-question'
  if (answer !== instanceHere && answer !== instanceRemoved) return 'type'
  return answer === instanceHere && before[path] === undefined && !isRoomFor(state.answers) ? 'too-many' : undefined
}

function answerProblem(state: FormState, path: string, answer: Answer, before: Answers): AnswerProblem | undefined {
  const at = state.at(path)
  if (!at || !isFilledIn(at.node.row)) return 'not-a-question'
  return isAnswered(answer) ? state.problemOf(at.node, at.keys, withoutRetired(at, answer, before[path]), false) : undefined
}

function withoutRetired({ choices }: NodeState, answer: Answer, stored: Answer | undefined): Answer {
  if (!Array.isArray(answer) || !Array.isArray(stored)) return answer
  return answer.filter((code) => !stored.includes(code) || choices.some((c) => c.name === code))
}

/** The calculated answers of a record. */
export function workedOut(state: FormState): Answers {
  return Object.fromEntries(
    Object.entries(state.answers).filter(([path]) => nodeOfPath(state.form, path)?.row.calculation !== undefined),
  )
}
