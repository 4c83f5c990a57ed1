import { answerRefused, answerUnknown } from './form-definition.ts'
import { parseXPath, type XPath } from './xpath-syntax.ts'

/** How a condition names a question: by its number or its label, and its answers in words. */
export interface SkipSubject {
  readonly name: string
  readonly answerOf: (code: string) => string | undefined
}
type SubjectOf = (question: string) => SkipSubject | undefined
type Language = 'fr' | 'en'

const words = {
  fr: { and: ' et ', or: ' ou ', answered: '{name} a une réponse', open: '{name} n’a pas de réponse' },
  en: { and: ' and ', or: ' or ', answered: '{name} has an answer', open: '{name} has no answer' },
} as const
const signs: Readonly<Record<string, string>> = { '<': '<', '<=': '≤', '>': '>', '>=': '≥', '=': '=', '!=': '≠' }
const quiet: readonly string[] = ['', answerUnknown, answerRefused]

/** `question = text` or `question != text`, and `selected(question, text)`. */
interface Equality {
  readonly question: string
  readonly code: string
  readonly equal: boolean
}

function equalityOf(x: XPath): Equality | undefined {
  if (x.kind === 'operation' && (x.operator === '=' || x.operator === '!=')) {
    const { left, right } = x
    if (left.kind !== 'reference' || left.steps.length > 0 || right.kind !== 'text') return undefined
    return { question: left.name, code: right.text, equal: x.operator === '=' }
  }
  const [of, code] = x.kind === 'call' && x.name === 'selected' ? x.args : []
  if (of?.kind !== 'reference' || of.steps.length > 0 || code?.kind !== 'text') return undefined
  return { question: of.name, code: code.text, equal: true }
}

const partsOf = (x: XPath, operator: 'and' | 'or'): readonly XPath[] =>
  x.kind === 'operation' && x.operator === operator ? [...partsOf(x.left, operator), ...partsOf(x.right, operator)] : [x]

/**
 * When a question is asked, in words ("3.2 = Oui et Âge ≥ 12"), for a form on paper; undefined when the condition is not one that can be said
 * so, or `subjectOf` does not know a question in it.
 */
export function skipWords(source: string, subjectOf: SubjectOf, language: Language): string | undefined {
  const said = words[language]

  /** Equalities about one question, joined by `operator`. */
  function aboutOne(name: string, all: readonly Equality[], operator: 'and' | 'or'): string | undefined {
    const subject = subjectOf(name)
    if (!subject) return undefined
    const isEqual = all.every((e) => e.equal)
    if (!isEqual && (operator === 'or' ? all.length > 1 : all.some((e) => e.equal))) return undefined
    const hasEmpty = all.some((e) => e.code === '')
    const codes = all.map((e) => e.code).filter((code) => isEqual || !quiet.includes(code))
    if (isEqual && hasEmpty) return all.length === 1 ? said.open.replace('{name}', subject.name) : undefined
    if (codes.length === 0) return hasEmpty ? said.answered.replace('{name}', subject.name) : undefined
    const labels = codes.map(subject.answerOf)
    if (labels.some((label) => label === undefined)) return undefined
    return `${subject.name}\u00a0${isEqual ? '=' : '≠'} ${labels.join(said.or)}`
  }

  function joined(x: XPath, operator: 'and' | 'or'): string | undefined {
    const parts = partsOf(x, operator)
    const equalities = parts.map(equalityOf)
    const found: (string | undefined)[] = []
    const done = new Set<string>()
    for (const [at, part] of parts.entries()) {
      const equality = equalities[at]
      if (!equality) {
        const inner = wordsOf(part)
        const isNested = part.kind === 'operation' && (part.operator === 'and' || part.operator === 'or')
        found.push(
          inner !== undefined && isNested && (inner.includes(said.or) || inner.includes(said.and)) ? `(${inner})` : inner,
        )
      } else if (!done.has(equality.question)) {
        done.add(equality.question)
        const same = equalities.filter((e) => e?.question === equality.question)
        found.push(
          aboutOne(
            equality.question,
            same.filter((e) => e !== undefined),
            operator,
          ),
        )
      }
    }
    return found.includes(undefined) ? undefined : found.join(said[operator])
  }

  function wordsOf(x: XPath): string | undefined {
    if (x.kind === 'operation' && (x.operator === 'and' || x.operator === 'or')) return joined(x, x.operator)
    if (equalityOf(x)) return joined(x, 'and')
    if (x.kind === 'call' && x.name === 'not' && x.args[0]) return opposite(x.args[0])
    if (x.kind !== 'operation' || x.left.kind !== 'reference' || x.left.steps.length > 0 || x.right.kind !== 'number')
      return undefined
    const [subject, sign] = [subjectOf(x.left.name), signs[x.operator]]
    return subject && sign !== undefined ? `${subject.name}\u00a0${sign} ${x.right.number}` : undefined
  }

  /** Only "not answered" has an opposite that is short. */
  function opposite(x: XPath): string | undefined {
    const all = partsOf(x, 'and').map(equalityOf)
    const [first] = all
    const subject = first && subjectOf(first.question)
    const isAnswered = all.every((e) => e && e.question === first?.question && !e.equal && quiet.includes(e.code))
    return subject && isAnswered && all.some((e) => e?.code === '') ? said.open.replace('{name}', subject.name) : undefined
  }

  try {
    return wordsOf(parseXPath(source))
  } catch {
    return undefined
  }
}
