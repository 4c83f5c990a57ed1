import { isAnswered } from '../forms/check-answers.ts'
import type { CompiledForm } from '../forms/compile-form.ts'
import { worldOn } from '../forms/filled-form.ts'
import type { Answer, Answers } from '../forms/form-definition.ts'
import type { Choice, SurveyRow } from '../forms/form-pack.ts'
import { FormState } from '../forms/form-state.ts'

/** The form whose rounds stand beside the profile. */
export const visitForm = 'follow-up'

/** What was answered on one day: the profile, or a visit. */
export interface Round {
  readonly form: CompiledForm
  readonly answers: Answers
  /** The day, YYYY-MM-DD. */
  readonly on: string
}

export interface Cell {
  readonly answer: Answer
  /** The choice's labels by language; undefined for a number. */
  readonly choice: Choice['label'] | undefined
  /** By how much a number differs from the profile's; undefined where there are not two numbers. */
  readonly change: number | undefined
}
export interface MeasureRow {
  readonly name: string
  readonly label: Readonly<Record<string, string>>
  /** One for each round, the profile first; null where it was not answered, or not to be read. */
  readonly cells: readonly (Cell | null)[]
}

/** The question of the profile that a question of the visit asks again (forms.md, section 23); undefined for one that only visits ask. */
function askedFirst(name: string, profile: CompiledForm): string | undefined {
  const bare = name.replace(/^fu_/, '')
  return [bare, `${bare}_score`].find((n) => profile.pack.survey.some((r) => r.name === n))
}

/** Asked again at each visit without an equal in the profile: it says itself since when. */
const sinceLast: readonly string[] = ['fu_income_change']
const measured: readonly string[] = ['select_one', 'integer', 'decimal', 'calculate']

/**
 * How a person did at the start and at each visit, question by question: what the profile asked and the visits ask again (indicators.md, 30 and 31).
 * A question that nobody answered at any visit has no row. `visits` stand in the order of their days; their latest form gives the questions and words.
 */
export function sideBySide(profile: Round, visits: readonly Round[]): readonly MeasureRow[] {
  const latest = visits.at(-1)
  if (!latest) return []
  const states = [profile, ...visits].map((r) => new FormState(r.form, r.answers, worldOn(r.on)))
  return latest.form.pack.survey.flatMap((row): MeasureRow[] => {
    const first = askedFirst(row.name, profile.form)
    if (!measured.includes(row.type) || !row.label || !(first !== undefined || sinceLast.includes(row.name))) return []
    const answers = states.map((state, n) => answerOf(state, n === 0 ? first : row.name))
    if (!answers.slice(1).some((a) => a !== undefined)) return []
    const start = answers[0]?.answer
    const cells = answers.map((a, n): Cell | null => {
      if (a === undefined) return null
      const change = n > 0 && typeof a.answer === 'number' && typeof start === 'number' ? a.answer - start : undefined
      return { ...a, change }
    })
    return [{ name: row.name, label: row.label, cells }]
  })
}

function answerOf(state: FormState, name: string | undefined): Omit<Cell, 'change'> | undefined {
  const at = name === undefined ? undefined : state.at(name)
  if (!at || !isAnswered(at.answer)) return undefined
  return { answer: at.answer, choice: labelOf(state, at.node.row, at.answer) }
}

function labelOf({ form }: FormState, row: SurveyRow, answer: Answer): Choice['label'] | undefined {
  return form.pack.choices[row.list ?? '']?.find((c) => c.name === answer)?.label
}
