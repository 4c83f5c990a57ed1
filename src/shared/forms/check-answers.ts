import { isAnswered, textCharactersMax, type AnswerProblem } from './check-type.ts'
import { compileForm, type CompiledForm } from './compile-form.ts'
import type { Answer, Answers, FormDefinition, FormSection, Question } from './form-definition.ts'
import type { FormPack, SurveyRow } from './form-pack.ts'
import { worldOn } from './filled-form.ts'
import { FormState } from './form-state.ts'
import { readTypedDate } from './partial-date.ts'

export { isAnswered, readTypedDate, textCharactersMax, type AnswerProblem }

export interface AnswerViolation {
  readonly question: string
  readonly problem: AnswerProblem
}

/** Sections whose questions the counsellor must answer: "prefers not to answer" is no answer there. */
export const administrativeSections: readonly string[] = ['interview', 'consent', 'closing']

/** True when the person may leave this question open with "unknown" or "prefers not to answer". */
export function mayRefuse(section: FormSection, question: Question): boolean {
  return !administrativeSections.includes(section.name) && question.type !== 'calculate'
}

function rowType(q: Question): Pick<SurveyRow, 'type' | 'widget'> {
  return q.type === 'partial_date' || q.type === 'phone' || q.type === 'place'
    ? { type: 'text', widget: q.type }
    : { type: q.type }
}

function surveyRow(q: Question): SurveyRow {
  return {
    ...rowType(q),
    name: q.name,
    ...(q.list === undefined ? {} : { list: q.list }),
    ...(q.required === false ? {} : { required: q.required === true ? 'yes' : q.required }),
    ...(q.relevant === undefined ? {} : { relevant: q.relevant }),
    ...(q.constraint === undefined ? {} : { constraint: q.constraint }),
    ...(q.calculation === undefined ? {} : { calculation: q.calculation }),
  }
}

const compiled = new WeakMap<FormDefinition, CompiledForm>()

/** The card made ready for the evaluator. What its expressions read and the card does not ask is there too, unanswered. */
function compiledCard(form: FormDefinition): CompiledForm {
  const known = compiled.get(form)
  if (known) return known
  const survey = form.sections.flatMap((section): SurveyRow[] => [
    {
      type: 'begin_group',
      name: `section_${section.name}`,
      ...(section.relevant === undefined ? {} : { relevant: section.relevant }),
      ...(administrativeSections.includes(section.name) ? { appearance: 'administrative' } : {}),
    },
    ...section.questions.map(surveyRow),
    { type: 'end_group', name: '' },
  ])
  const names = new Set(survey.map((r) => r.name))
  const read = survey.flatMap((r) =>
    [r.relevant, r.constraint, r.calculation, r.required].flatMap((e) => [...(e ?? '').matchAll(/\$\{(\w+)\}/g)]),
  )
  const others = [...new Set(read.map((m) => m[1] ?? ''))].filter((name) => !names.has(name))
  const pack: FormPack = {
    format: 1,
    id: 'card',
    version: form.version,
    title: form.title,
    languages: [{ code: 'fr', name: 'fr' }],
    defaultLanguage: 'fr',
    survey: [...survey, ...others.map((name): SurveyRow => ({ type: 'hidden', name }))],
    choices: form.choices,
  }
  const made = compileForm(pack)
  compiled.set(form, made)
  return made
}

const states = new WeakMap<Answers, { readonly form: FormDefinition; readonly today: string; readonly state: FormState }>()

/** The card with those answers on that day, worked out once for the same answers. */
function cardState(form: FormDefinition, answers: Answers, today: string): FormState {
  const known = states.get(answers)
  if (known && known.form === form && known.today === today) return known.state
  const state = new FormState(compiledCard(form), answers, worldOn(today))
  states.set(answers, { form, today, state })
  return state
}

/** True if the question is asked, given the other answers. `today` is YYYY-MM-DD. */
export function isRelevant(form: FormDefinition, question: Question, answers: Answers, today: string): boolean {
  const state = cardState(form, answers, today)
  const node = state.form.tree.byName.get(question.name)
  return node !== undefined && state.isRelevant(node, [])
}

/** What is wrong with the answers given for a set of questions; `all` are the answers that expressions look at. */
export function violations(form: FormDefinition, given: Answers, all: Answers, today: string): readonly AnswerViolation[] {
  const same = Object.entries(given).every(([name, answer]) => all[name] === answer)
  const state = cardState(form, same ? all : { ...all, ...given }, today)
  return Object.entries(given).flatMap(([name, answer]) => {
    const at = findQuestion(form, name)
    const node = at && state.form.tree.byName.get(name)
    if (!node) return [{ question: name, problem: 'not-a-question' as const }]
    if (!isAnswered(answer)) return []
    const problem = at.question.calculation === undefined ? state.problemOf(node, [], answer, false) : 'type'
    return problem ? [{ question: name, problem }] : []
  })
}

/** The question of that name with its section. */
export function findQuestion(
  form: FormDefinition,
  name: string,
): { readonly section: FormSection; readonly question: Question } | undefined {
  for (const section of form.sections) {
    const question = section.questions.find((q) => q.name === name)
    if (question) return { section, question }
  }
  return undefined
}

/** Answers with the calculated ones renewed; one that cannot be worked out is null. */
export function withCalculations(form: FormDefinition, answers: Answers, today: string): Answers {
  const state = cardState(form, answers, today)
  const result: Record<string, Answer> = { ...answers }
  for (const { questions } of form.sections) {
    for (const q of questions) if (q.calculation !== undefined) result[q.name] = state.at(q.name)?.answer ?? null
  }
  return result
}

/** Questions asked and answered in a section: what the contents list shows. Missing required ones by name. */
export function completeness(
  form: FormDefinition,
  section: FormSection,
  answers: Answers,
  today: string,
): { readonly answered: number; readonly asked: number; readonly missing: readonly string[] } {
  const asked = section.questions.filter((q) => q.type !== 'calculate' && isRelevant(form, q, answers, today))
  const needed = asked.filter((q) => q.required !== false)
  return {
    answered: asked.filter((q) => isAnswered(answers[q.name])).length,
    asked: asked.length,
    missing: needed.filter((q) => !isAnswered(answers[q.name])).map((q) => q.name),
  }
}
