import { isAnswered } from './check-type.ts'
import { compileForm } from './compile-form.ts'
import { fault, frenchSpaces, type FormFault } from './form-fault.ts'
import { answerRefused, answerUnknown, type Answer } from './form-definition.ts'
import { isAsked, isBoundary, type FormPack, type SurveyRow } from './form-pack.ts'
import { instanceHere, instanceRemoved, type PathAnswers } from './path-answers.ts'
import { readPath } from './form-tree.ts'
import { surveyHeadings, textHeadings } from './read-sheets.ts'

/** One difference between two versions of a form. */
export type FormChange =
  | { readonly kind: 'question-added' | 'question-removed'; readonly name: string; readonly label: string }
  | { readonly kind: 'type-changed'; readonly name: string; readonly label: string; readonly from: string; readonly to: string }
  | { readonly kind: 'words-changed'; readonly name: string; readonly label: string; readonly from: string; readonly to: string }
  | {
      readonly kind: 'rule-changed'
      readonly name: string
      readonly label: string
      readonly rule: string
      readonly from: string
      readonly to: string
    }
  | { readonly kind: 'choice-added' | 'choice-removed'; readonly name: string; readonly label: string; readonly list: string }
  | {
      readonly kind: 'choice-words-changed'
      readonly name: string
      readonly label: string
      readonly list: string
      readonly from: string
    }
  | { readonly kind: 'order-changed'; readonly name: string; readonly label: string }

const rules = [
  'relevant',
  'constraint',
  'calculation',
  'required',
  'default',
  'choiceFilter',
  'repeatCount',
  'sensitivity',
  'tier',
  'widget',
  'slip',
  'index',
  'readonly',
  'appearance',
  'parameters',
] as const
const texts = ['hint', 'constraintMessage', 'requiredMessage'] as const
const said = (row: SurveyRow, language: string) => row.label?.[language] ?? row.label?.['fr'] ?? row.name

/** What changed from one version to the next, in the order of the newer form. */
export function compareForms(from: FormPack, to: FormPack, language: string): readonly FormChange[] {
  const named = (pack: FormPack) => pack.survey.filter((r) => r.name !== '')
  const [before, after] = [new Map(named(from).map((r) => [r.name, r])), new Map(named(to).map((r) => [r.name, r]))]
  const changes: FormChange[] = []
  for (const [name, row] of after) {
    const old = before.get(name)
    const label = said(row, language)
    if (!old) {
      changes.push({ kind: 'question-added', name, label })
      continue
    }
    const type = (r: SurveyRow) => (r.list === undefined ? r.type : `${r.type} ${r.list}`)
    if (type(old) !== type(row)) changes.push({ kind: 'type-changed', name, label, from: type(old), to: type(row) })
    if (said(old, language) !== label) changes.push({ kind: 'words-changed', name, label, from: said(old, language), to: label })
    for (const rule of rules) {
      const [was, is] = [String(old[rule] ?? ''), String(row[rule] ?? '')]
      if (was !== is)
        changes.push({ kind: 'rule-changed', name, label, rule: surveyHeadings[rule]?.[0] ?? rule, from: was, to: is })
    }
    for (const field of texts) {
      const [was, is] = [old[field]?.[language] ?? '', row[field]?.[language] ?? '']
      if (was !== is)
        changes.push({ kind: 'rule-changed', name, label, rule: textHeadings[field]?.[0] ?? field, from: was, to: is })
    }
  }
  for (const [name, row] of before)
    if (!after.has(name)) changes.push({ kind: 'question-removed', name, label: said(row, language) })
  const kept = (pack: FormPack) =>
    named(pack)
      .map((r) => r.name)
      .filter((n) => before.has(n) && after.has(n))
  const [was, is] = [kept(from), kept(to)]
  const moved = is.find((name, i) => was[i] !== name)
  if (moved !== undefined)
    changes.push({ kind: 'order-changed', name: moved, label: said(after.get(moved) ?? { type: 'text', name: moved }, language) })
  return [...changes, ...choiceChanges(from, to, language)]
}

function choiceChanges(from: FormPack, to: FormPack, language: string): FormChange[] {
  const changes: FormChange[] = []
  for (const list of new Set([...Object.keys(to.choices), ...Object.keys(from.choices)])) {
    const words = (pack: FormPack) =>
      new Map((pack.choices[list] ?? []).map((c) => [c.name, c.label[language] ?? c.label['fr'] ?? c.name]))
    const [before, after] = [words(from), words(to)]
    for (const [name, label] of after) {
      const old = before.get(name)
      if (old === undefined) changes.push({ kind: 'choice-added', name, label, list })
      else if (old !== label) changes.push({ kind: 'choice-words-changed', name, label, list, from: old })
    }
    for (const [name, label] of before) if (!after.has(name)) changes.push({ kind: 'choice-removed', name, label, list })
  }
  return changes
}

/** A change in one sentence. */
export function changeSentence(c: FormChange, language: 'fr' | 'en'): string {
  const fr = language === 'fr'
  const q = fr ? `« ${c.label} »` : `“${c.label}”`
  const quote = (text: string) => (fr ? `« ${text || 'rien'} »` : `“${text || 'nothing'}”`)
  const sentence = ((): string => {
    switch (c.kind) {
      case 'question-added':
        return fr ? `Nouvelle question : ${q} (${c.name}).` : `New question: ${q} (${c.name}).`
      case 'question-removed':
        return fr
          ? `Question retirée : ${q} (${c.name}). Ses réponses restent visibles.`
          : `Question taken out: ${q} (${c.name}). Its answers stay visible.`
      case 'type-changed':
        return fr ? `${q} change de type : ${c.from} devient ${c.to}.` : `${q} changes its type: ${c.from} becomes ${c.to}.`
      case 'words-changed':
        return fr
          ? `Nouveau libellé : ${quote(c.from)} devient ${quote(c.to)}.`
          : `New words: ${quote(c.from)} becomes ${quote(c.to)}.`
      case 'rule-changed':
        return fr
          ? `${q}, ${c.rule} : ${quote(c.from)} devient ${quote(c.to)}.`
          : `${q}, ${c.rule}: ${quote(c.from)} becomes ${quote(c.to)}.`
      case 'choice-added':
        return fr ? `Nouvelle réponse dans ${c.list} : ${q} (${c.name}).` : `New choice in ${c.list}: ${q} (${c.name}).`
      case 'choice-removed':
        return fr
          ? `Réponse retirée de ${c.list} : ${q} (${c.name}). Elle reste visible où elle a été donnée.`
          : `Choice taken out of ${c.list}: ${q} (${c.name}). It stays visible where it was given.`
      case 'choice-words-changed':
        return fr
          ? `Réponse reformulée dans ${c.list} : ${quote(c.from)} devient ${q}.`
          : `Choice put in other words in ${c.list}: ${quote(c.from)} becomes ${q}.`
      case 'order-changed':
        return fr ? `L’ordre des questions change à partir de ${q}.` : `The order of the questions changes from ${q} on.`
    }
  })()
  return fr ? frenchSpaces(sentence) : sentence
}

/** The choices that the newer version takes out although records hold them; `usedBy` counts the records of a question and code. */
export function retiredChoicesInUse(
  from: FormPack,
  to: FormPack,
  usedBy: (question: string, code: string) => number,
): readonly FormFault[] {
  return from.survey.flatMap((row) => {
    const { list } = row
    if (list === undefined) return []
    const still = new Set((to.choices[to.survey.find((r) => r.name === row.name)?.list ?? list] ?? []).map((c) => c.name))
    return (from.choices[list] ?? [])
      .filter((c) => !still.has(c.name))
      .flatMap((c) => {
        const count = usedBy(row.name, c.name)
        return count === 0
          ? []
          : [
              fault('choice-in-use', {
                sheet: 'choices',
                column: 'name',
                about: `${row.name} = ${c.name}, ${count}`,
                question: row.name,
              }),
            ]
      })
  })
}

/** The questions that the newer version takes out although records hold answers to them; `usedBy` counts the records of a question. */
export function removedQuestionsInUse(from: FormPack, to: FormPack, usedBy: (question: string) => number): readonly FormFault[] {
  const kept = new Set(to.survey.map((r) => r.name))
  return from.survey.flatMap((row) => {
    const count = row.name === '' || kept.has(row.name) ? 0 : usedBy(row.name)
    return count === 0 ? [] : [fault('question-in-use', { column: 'name', about: `${row.name}, ${count}`, question: row.name })]
  })
}

/** What moving a record to another version of its form does. Nothing is dropped: `answers` are the record's own. */
export interface VersionMove {
  readonly answers: PathAnswers
  /** Paths whose answers the newer form asks too. */
  readonly moved: readonly string[]
  /** Answers that the newer form does not ask, or not with this value: they stay stored, aside. */
  readonly aside: readonly {
    readonly path: string
    readonly answer: Answer
    readonly why: 'question-removed' | 'choice-retired' | 'type-changed'
  }[]
  /** Questions that the record could not answer yet. */
  readonly added: readonly string[]
}

/** Says what moves, what stays aside and what is new; the caller shows it and only then keeps the new version with the record. */
export function moveToVersion(answers: PathAnswers, from: FormPack, to: FormPack): VersionMove {
  const [before, after] = [compileForm(from).tree.byName, compileForm(to).tree.byName]
  const moved: string[] = []
  const aside: VersionMove['aside'][number][] = []
  for (const [path, answer] of Object.entries(answers)) {
    if (!isAnswered(answer)) continue
    const steps = readPath(path)
    const node = after.get(steps?.at(-1)?.name ?? '')
    const keys = steps?.filter((s) => s.key !== undefined).length ?? 0
    const instance = answer === instanceHere || answer === instanceRemoved
    if (!node || node.repeats.length !== keys || (node.kind !== 'question' && !(node.kind === 'repeat' && instance))) {
      aside.push({ path, answer, why: 'question-removed' })
      continue
    }
    const old = before.get(node.name)
    const codes = new Set((to.choices[node.row.list ?? ''] ?? []).map((c) => c.name))
    const given = Array.isArray(answer) ? answer : [String(answer)]
    const open = answer === answerUnknown || answer === answerRefused
    if (old && old.row.type !== node.row.type) aside.push({ path, answer, why: 'type-changed' })
    else if (node.row.list !== undefined && !open && !given.every((c) => codes.has(c)))
      aside.push({ path, answer, why: 'choice-retired' })
    else moved.push(path)
  }
  const added = to.survey.filter((r) => isAsked(r) && !isBoundary(r.type) && !before.has(r.name)).map((r) => r.name)
  return { answers, moved, aside, added }
}

/** What changes, in sentences of each language; words that changed in the other language alone are told too. */
export function changesInWords(from: FormPack, to: FormPack): { readonly fr: string[]; readonly en: string[] } {
  const [fr, en] = (['fr', 'en'] as const).map((language) => compareForms(from, to, language))
  const sentences = (own: typeof fr, other: typeof fr, language: 'fr' | 'en') => {
    const keyOf = (c: NonNullable<typeof fr>[number]) =>
      `${c.kind} ${'list' in c ? c.list : ''} ${c.name} ${'rule' in c ? c.rule : ''}`
    const told = new Set(own?.map(keyOf))
    return [...(own ?? []), ...(other ?? []).filter((c) => !told.has(keyOf(c)))].map((c) => changeSentence(c, language))
  }
  return { fr: sentences(fr, en, 'fr'), en: sentences(en, fr, 'en') }
}
