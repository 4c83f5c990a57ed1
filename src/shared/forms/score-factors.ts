import { sectionOfNode } from './filled-form.ts'
import type { FormState } from './form-state.ts'
import type { FormNode } from './form-tree.ts'
import { compileSyntax, type CompiledXPath } from './xpath-compile.ts'
import { parseXPath, type XPath } from './xpath-syntax.ts'
import { truthOf } from './xpath-values.ts'

/** A question that a factor looks at, and what for: `=` a choice, `>=` a bound, `×` a weight; nothing where its number counts as it is. */
export interface Mention {
  readonly node: FormNode
  readonly sign?: string
  readonly value?: string
}

/** Why a score is what it is (H47): the points of each of its factors, or the rules of a level in their order. */
export type Explanation =
  | {
      readonly kind: 'points'
      /** `points` is undefined where an answer is missing. */
      readonly factors: readonly { readonly mentions: readonly Mention[]; readonly points: number | undefined }[]
    }
  | {
      readonly kind: 'levels'
      /** The rule that applies is the first whose condition holds; the last has no condition. */
      readonly rules: readonly { readonly mentions: readonly Mention[]; readonly level: string; readonly applies: boolean }[]
    }

interface Part {
  readonly mentions: readonly Mention[]
  readonly expression: CompiledXPath
}
type Recipe =
  | { readonly kind: 'points'; readonly parts: readonly Part[] }
  | { readonly kind: 'levels'; readonly rules: readonly (Part & { readonly level: string })[]; readonly otherwise: string }

/** The terms of a sum; a number before brackets goes to each of them. */
function termsOf(e: XPath): readonly XPath[] {
  if (e.kind !== 'operation') return [e]
  if (e.operator === '+') return [...termsOf(e.left), ...termsOf(e.right)]
  if (e.operator !== '*' || e.left.kind !== 'number') return [e]
  const { left } = e
  return termsOf(e.right).map((right): XPath => ({ kind: 'operation', operator: '*', left, right }))
}

/** The rules of nested if() whose results are texts; undefined for anything else. */
function rulesOf(
  e: XPath,
): { readonly rules: readonly { condition: XPath; level: string }[]; readonly otherwise: string } | undefined {
  const rules: { condition: XPath; level: string }[] = []
  let at = e
  while (at.kind === 'call' && at.name === 'if') {
    const [condition, then, other] = at.args
    if (!condition || then?.kind !== 'text' || !other) return undefined
    rules.push({ condition, level: then.text })
    at = other
  }
  return at.kind === 'text' && rules.length > 0 ? { rules, otherwise: at.text } : undefined
}

function mentionsOf(e: XPath, byName: ReadonlyMap<string, FormNode>): readonly Mention[] {
  const within = (parts: readonly (XPath | undefined)[]) => parts.flatMap((p) => (p ? mentionsOf(p, byName) : []))
  switch (e.kind) {
    case 'reference': {
      const node = byName.get(e.name)
      return node ? [{ node }] : []
    }
    case 'operation': {
      const found = within([e.left, e.right])
      const [plain] = [e.left, e.right].filter((side) => side.kind === 'number' || side.kind === 'text')
      const [mention] = found
      if (!plain || !mention || found.length > 1 || mention.sign !== undefined) return found
      const value = plain.kind === 'number' ? String(plain.number) : plain.text
      return [{ node: mention.node, sign: e.operator === '*' ? '×' : e.operator, value }]
    }
    case 'call': {
      const [list, code] = e.args
      const found = within(e.args)
      const [mention] = found
      if (e.name !== 'selected' || list?.kind !== 'reference' || code?.kind !== 'text' || !mention) return found
      return [{ node: mention.node, sign: '=', value: code.text }]
    }
    case 'negative':
      return mentionsOf(e.of, byName)
    default:
      return []
  }
}

function recipeOf({ form }: FormState, node: FormNode): Recipe | undefined {
  const unit = form.unitsOf[node.id]?.value
  if (!unit) return undefined
  const syntax = parseXPath(unit.expression.source)
  const part = (e: XPath): Part => ({
    mentions: mentionsOf(e, form.tree.byName),
    expression: compileSyntax(unit.expression.source, e, { pack: form.pack, tree: form.tree, node }),
  })
  const terms = termsOf(syntax)
  if (terms.length > 1) {
    const parts = terms.map(part)
    return parts.every((p) => p.mentions.length > 0) ? { kind: 'points', parts } : undefined
  }
  // what is worked out from the answers beside it explains itself
  const isFromElsewhere = [...unit.expression.reads].some((id) => {
    const read = form.tree.nodes[id]
    return read && sectionOfNode(read) !== sectionOfNode(node)
  })
  const chain = isFromElsewhere ? rulesOf(syntax) : undefined
  return (
    chain && {
      kind: 'levels',
      rules: chain.rules.map(({ condition, level }) => ({ ...part(condition), level })),
      otherwise: chain.otherwise,
    }
  )
}

const recipes = new WeakMap<FormNode, { readonly recipe: Recipe | undefined }>()

/** What a calculated score is made of, as the answers stand; undefined for a calculation that is no score. */
export function explanationOf(state: FormState, node: FormNode, keys: readonly string[]): Explanation | undefined {
  const known = recipes.get(node) ?? { recipe: recipeOf(state, node) }
  recipes.set(node, known)
  const { recipe } = known
  if (!recipe) return undefined
  if (recipe.kind === 'points') {
    const factors = recipe.parts.map(({ mentions, expression }) => {
      const points = state.numberOf(expression, node, keys)
      return { mentions, points: Number.isNaN(points) ? undefined : points }
    })
    return { kind: 'points', factors }
  }
  const holds = recipe.rules.map(({ expression }) => truthOf(state.workedOut(expression, node, keys)))
  const first = holds.indexOf(true)
  const rules = recipe.rules.map(({ mentions, level }, i) => ({ mentions, level, applies: i === first }))
  return { kind: 'levels', rules: [...rules, { mentions: [], level: recipe.otherwise, applies: first < 0 }] }
}
