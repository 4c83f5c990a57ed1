import { z } from 'zod'
import { isAnswered } from './check-type.ts'
import type { CompiledForm } from './compile-form.ts'
import { isAdministrative, isFilledIn } from './filled-form.ts'
import { answerRefused, answerUnknown, type Answer } from './form-definition.ts'
import { sectionsOfForm, tierOf, tiers, unnumbered, type Tier } from './form-outline.ts'
import type { Choice } from './form-pack.ts'
import type { FormState } from './form-state.ts'
import { pathOf, type FormNode } from './form-tree.ts'
import { skipWords, type SkipSubject } from './skip-words.ts'

const Numbered = { number: z.string(), label: z.string(), when: z.string() }
const Box = z.strictObject({ label: z.string(), ticked: z.boolean() })

/** A question on paper. */
const PaperQuestion = z.strictObject({
  kind: z.literal('question'),
  ...Numbered,
  name: z.string(),
  hint: z.string(),
  required: z.boolean(),
  /** "Does not know" and "prefers not to answer" stand beside it. */
  mayLeaveOpen: z.boolean(),
  room: z.enum(['boxes', 'list', 'line', 'date', 'number']),
  many: z.boolean(),
  boxes: z.array(Box),
  /** Letter of the list at the end of the form from which numbers are written down; '' for none. */
  list: z.string(),
  /** Some of its choices are said at the screen alone. */
  more: z.boolean(),
  value: z.string(),
  open: z.enum(['unknown', 'refused']).nullable(),
})
/** A repeat on paper: a line for each instance. */
const PaperTable = z.strictObject({
  kind: z.literal('table'),
  ...Numbered,
  name: z.string(),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      label: z.string(),
      boxes: z.array(z.string()),
      room: z.enum(['list', 'boxes', 'line', 'date', 'number']),
      /** Every choice, in numbers, under the table; of a list that is at the end of the form its letter. */
      legend: z.array(z.string()),
      list: z.string(),
    }),
  ),
  more: z.boolean(),
  lines: z.array(z.array(z.string())),
})
/** Questions, by number alone, that are asked and kept at the screen and never on paper. */
const PaperGap = z.strictObject({ kind: z.literal('gap'), first: z.string(), last: z.string() })

/** A form as it is written on paper: blank, or with the answers of one case. */
export const PaperForm = z.strictObject({
  form: z.string(),
  version: z.string(),
  title: z.string(),
  language: z.enum(['fr', 'en']),
  tier: z.literal(tiers),
  /** Of a filled form. */
  caseNumber: z.string().nullable(),
  exercise: z.boolean(),
  sections: z.array(
    z.strictObject({
      number: z.number().int(),
      /** '' when nothing of it is on paper. */
      title: z.string(),
      rows: z.array(z.discriminatedUnion('kind', [PaperQuestion, PaperTable, PaperGap])),
    }),
  ),
  /** `of`: the numbers of the questions that are answered from it; `more`: some of its choices are said at the screen alone. */
  lists: z.array(
    z.strictObject({ letter: z.string(), of: z.array(z.string()), choices: z.array(z.string()), more: z.boolean() }),
  ),
})
export type PaperForm = z.infer<typeof PaperForm>
export type PaperRow = PaperForm['sections'][number]['rows'][number]

/** What may stand on this paper, and what is written on it. */
export interface PaperRules {
  readonly language: 'fr' | 'en'
  readonly tier: Tier
  readonly exercise: boolean
  /** False for a question of which the paper says nothing but its number. */
  readonly mayPrint: (question: string) => boolean
  /** False for words that would reveal something. */
  readonly isPlain: (words: string) => boolean
  /** The answers of one case; absent for a blank form. */
  readonly filled?: {
    readonly caseNumber: string
    readonly state: FormState
    /** False for words that are not written: their place stays empty and is said to be at the screen. */
    readonly mayWrite: (question: string, words: string) => boolean
    /** False for a choice that is left unticked, and not told. */
    readonly mayTick: (question: string, code: string) => boolean
    readonly inWords: (question: string, answer: Answer) => string
  }
}

/** Choices beyond which a list that several questions share stands once, at the end. */
const boxesMost = 12
/** Choices that have their boxes in the cell of a table, and columns beyond which there is no room for them. */
const cellBoxesMost = 4
/** Lines to write on in a table: of a blank form, and after those of a filled one. */
const blankLines = 3

/** The questions of a form in the order of the screen, with the numbers that they have on paper: the second by order within the first, its section. */
export function paperNumbers(form: CompiledForm, tier: Tier): ReadonlyMap<FormNode, string> {
  const numbers = new Map<FormNode, string>()
  for (const [at, section] of sectionsOfForm({ form }).entries())
    for (const [n, node] of askedIn(section, tier).entries()) numbers.set(node, `${at + 1}.${n + 1}`)
  return numbers
}

/** Questions and repeats in a section; a section that is a repeat is one itself. */
function askedIn(section: FormNode, tier: Tier): readonly FormNode[] {
  if (section.kind === 'repeat') return columnsOf(section, tier).length > 0 ? [section] : []
  return section.children.flatMap((node) => {
    if (node.kind === 'group') return askedIn(node, tier)
    if (node.kind === 'repeat') return tierOf(node) <= tier && columnsOf(node, tier).length > 0 ? [node] : []
    return isFilledIn(node.row) && tierOf(node) <= tier ? [node] : []
  })
}

const columnsOf = (repeat: FormNode, tier: Tier): readonly FormNode[] =>
  repeat.children.filter((n) => n.kind === 'question' && isFilledIn(n.row) && tierOf(n) <= tier)

/**
 * A form as it is written on paper, its questions in the order of the screen so that it can be typed from top to bottom. Pure; never throws.
 *
 * What may not stand on paper leaves a gap with its numbers, so that nobody thinks it forgotten (H7, H8).
 */
export function paperForm(form: CompiledForm, rules: PaperRules): PaperForm {
  const { language, tier, filled } = rules
  const { pack } = form
  const said = (texts: Readonly<Record<string, string>> | undefined) => texts?.[language] ?? texts?.['fr'] ?? ''
  const numbers = paperNumbers(form, tier)
  const answers = filled?.state.answers ?? {}
  const labelOf = (node: FormNode) => said(node.row.label)
  const isOnPaper = (node: FormNode) =>
    rules.mayPrint(node.name) && rules.isPlain(labelOf(node)) && rules.isPlain(said(node.row.hint))
  const choicesOf = (node: FormNode): readonly Choice[] => pack.choices[node.row.list ?? ''] ?? []
  /** Those that stand on paper: "unknown" and "refused" have boxes of their own where a person may say them, as they have buttons on the screen. */
  const printed = (node: FormNode) =>
    choicesOf(node).filter(
      ({ name, label }) =>
        (isAdministrative(node) || (name !== answerUnknown && name !== answerRefused)) && rules.isPlain(said(label)),
    )
  const hasMore = (node: FormNode) => choicesOf(node).some(({ label }) => !rules.isPlain(said(label)))

  const uses = new Map<string, number>()
  const printedNodes = [...numbers.keys()].flatMap((n) => (n.kind === 'repeat' ? columnsOf(n, tier) : [n])).filter(isOnPaper)
  for (const { row } of printedNodes) if (row.list !== undefined) uses.set(row.list, (uses.get(row.list) ?? 0) + 1)
  const letters = new Map<string, { letter: string; of: string[]; choices: string[]; more: boolean }>()
  const letterOf = (node: FormNode, number: string): string => {
    const list = node.row.list ?? ''
    if ((uses.get(list) ?? 0) < 2 || choicesOf(node).length <= boxesMost) return ''
    const known = letters.get(list) ?? {
      letter: String.fromCodePoint(65 + letters.size),
      of: [],
      choices: printed(node).map((c) => said(c.label)),
      more: hasMore(node),
    }
    letters.set(list, known)
    known.of.push(number)
    return known.letter
  }

  const subjectOf = (question: string): SkipSubject | undefined => {
    const node = form.tree.byName.get(question)
    if (!node || !isOnPaper(node)) return undefined
    const name = numbers.get(node) ?? (node.row.calculation === undefined ? undefined : labelOf(node))
    const choices = node.row.list === undefined ? (pack.choices['YN'] ?? []) : choicesOf(node)
    const label = (code: string) => choices.find((c) => c.name === code)?.label
    return name === undefined ? undefined : { name, answerOf: (code) => said(label(code)) || undefined }
  }
  const whenOf = ({ row }: FormNode) => (row.relevant === undefined ? '' : (skipWords(row.relevant, subjectOf, language) ?? ''))

  /** What is written in an answer's place; `hidden` when there is an answer that paper does not hold. */
  function written(
    node: FormNode,
    keys: readonly string[],
  ): { value: string; open: 'unknown' | 'refused' | null; hidden: boolean } {
    const empty = { value: '', open: null, hidden: false }
    if (!filled?.state.isRelevant(node, keys)) return empty
    const answer = answers[pathOf(node, keys)] ?? null
    if (!isAnswered(answer)) return empty
    if (answer === answerUnknown || answer === answerRefused) return { ...empty, open: answer }
    const value = filled.inWords(node.name, answer)
    return filled.mayWrite(node.name, value) ? { ...empty, value } : { ...empty, hidden: true }
  }

  function questionRow(node: FormNode): PaperRow {
    const { row } = node
    const { value, open, hidden } = written(node, [])
    const number = numbers.get(node) ?? ''
    const list = letterOf(node, number)
    const isChoice = row.list !== undefined
    const stored = hidden ? null : (answers[node.name] ?? null)
    const chosen = filled && value !== '' ? (Array.isArray(stored) ? stored : [String(stored ?? '')]) : []
    const isTicked = (code: string) => chosen.includes(code) && filled?.mayTick(node.name, code) === true
    return {
      kind: 'question',
      number,
      label: labelOf(node),
      when: whenOf(node),
      name: node.name,
      hint: said(row.hint),
      required: row.required === 'yes',
      mayLeaveOpen: !isAdministrative(node),
      room: isChoice ? (list === '' ? 'boxes' : 'list') : roomOf(node),
      many: row.type === 'select_multiple',
      boxes: isChoice && list === '' ? printed(node).map((c) => ({ label: said(c.label), ticked: isTicked(c.name) })) : [],
      list,
      more: hidden || hasMore(node),
      value: isChoice && list === '' ? '' : value,
      open,
    }
  }

  function tableRow(node: FormNode): PaperRow {
    const number = numbers.get(node) ?? ''
    const all = columnsOf(node, tier)
    const columns = all.filter(isOnPaper)
    const keys = filled?.state.isRelevant(node, []) === true ? filled.state.instancesOf(node, []) : []
    const cells = keys.map((key) => columns.map((column) => written(column, [key])))
    const lines = cells.map((line) => line.map((cell) => cell.value))
    for (let n = filled ? blankLines - 1 : 0; n < blankLines; n += 1) lines.push(columns.map(() => ''))
    return {
      kind: 'table',
      number,
      label: unnumbered(labelOf(node)),
      when: whenOf(node),
      name: node.name,
      columns: columns.map((column) => {
        const choices = printed(column).map((c) => said(c.label))
        const list = letterOf(column, number)
        const hasBoxes = list === '' && choices.length <= cellBoxesMost && columns.length <= cellBoxesMost
        return {
          name: column.name,
          label: labelOf(column),
          room: column.row.list === undefined ? roomOf(column) : hasBoxes ? 'boxes' : 'list',
          boxes: hasBoxes ? choices : [],
          legend: list === '' && !hasBoxes ? choices : [],
          list,
        }
      }),
      more:
        columns.length < all.length ||
        columns.some((c) => hasMore(c) && !letters.has(c.row.list ?? '')) ||
        cells.some((line) => line.some((cell) => cell.hidden)),
      lines,
    }
  }

  const sections = sectionsOfForm({ form }).flatMap((section, at): PaperForm['sections'] => {
    const rows: PaperRow[] = []
    for (const node of askedIn(section, tier)) {
      const number = numbers.get(node) ?? ''
      const last = rows.at(-1)
      if (isOnPaper(node) && (node.kind === 'question' || columnsOf(node, tier).some(isOnPaper)))
        rows.push(node.kind === 'repeat' ? tableRow(node) : questionRow(node))
      else if (last?.kind === 'gap') rows[rows.length - 1] = { ...last, last: number }
      else rows.push({ kind: 'gap', first: number, last: number })
    }
    const title = rows.some((row) => row.kind !== 'gap') && rules.isPlain(labelOf(section)) ? labelOf(section) : ''
    return rows.length === 0 ? [] : [{ number: at + 1, title: unnumbered(title), rows }]
  })
  return {
    form: pack.id,
    version: pack.version,
    title: said(pack.title),
    language,
    tier,
    caseNumber: filled?.caseNumber ?? null,
    exercise: rules.exercise,
    sections,
    lists: [...letters.values()],
  }
}

function roomOf({ row }: FormNode): 'line' | 'date' | 'number' {
  if (row.type === 'date' || row.widget === 'partial_date') return 'date'
  return row.type === 'integer' || row.type === 'decimal' ? 'number' : 'line'
}

/**
 * What the code on a page of a paper form says: which form and version, which page of how many, and of a filled one the case's number.
 * Never a name or an answer.
 */
export function paperPageCode(paper: PaperForm, page: number, pages: number): string {
  const which = `form:${paper.form};version:${paper.version};part:${paper.tier};language:${paper.language};page:${page}/${pages}`
  return paper.caseNumber === null ? which : `${which};case:${paper.caseNumber}`
}
