import type { FormPack } from './form-pack.ts'
import { pathOf, type FormNode, type FormTree } from './form-tree.ts'
import { offsetOf, xpathFunctions } from './xpath-functions.ts'
import { columnOf, distinct, expand, instancesFrom, sharedRepeats, type XPathScope } from './xpath-scope.ts'
import { parseXPath, XPathError, type Operator, type Step, type XPath } from './xpath-syntax.ts'
import { compareValues, numberOf, textOf, truthOf, type FoundNode, type XValue } from './xpath-values.ts'

export interface CompiledXPath {
  readonly source: string
  readonly run: (scope: XPathScope) => XValue
  /** Ids of the nodes whose answers it reads. */
  readonly reads: ReadonlySet<number>
  /** True when it reads what the node itself says (`.`). */
  readonly readsOwn: boolean
}

type Run = (scope: XPathScope) => XValue

/** once() may only be the whole value, or a branch of if() or coalesce() that is: elsewhere it would add to itself at each change. */
function refuseOnce(e: XPath, whole: boolean): void {
  if (e.kind === 'operation') {
    refuseOnce(e.left, false)
    refuseOnce(e.right, false)
  } else if (e.kind === 'negative') refuseOnce(e.of, false)
  else if (e.kind === 'path' || e.kind === 'reference') {
    for (const step of e.steps) for (const predicate of step.predicates) refuseOnce(predicate, false)
  } else if (e.kind === 'call') {
    if (e.name === 'once' && !whole) throw new XPathError('function-arguments', e.at, 'once')
    const passesOn = e.name === 'if' || e.name === 'coalesce'
    for (const [i, arg] of e.args.entries()) refuseOnce(arg, whole && passesOn && !(e.name === 'if' && i === 0))
  }
}

/** What an expression is compiled against. */
export interface XPathPlace {
  readonly pack: FormPack
  readonly tree: FormTree
  /** The row that the expression belongs to. */
  readonly node: FormNode
  /** The columns of the list, when the expression is a choice_filter. */
  readonly columns?: ReadonlySet<string>
}

/** Reads an expression and resolves what it refers to. Throws XPathError with the place of what cannot be read or does not exist. */
export function compileXPath(source: string, place: XPathPlace): CompiledXPath {
  const syntax = parseXPath(source)
  refuseOnce(syntax, true)
  return compileSyntax(source, syntax, place)
}

/** The same for what is read already: a part of an expression stands by itself. Throws XPathError like compileXPath. */
export function compileSyntax(source: string, syntax: XPath, place: XPathPlace): CompiledXPath {
  const compiler = new Compiler(place)
  const run = compiler.compile(syntax, undefined)
  return { source, run, reads: compiler.reads, readsOwn: compiler.readsOwn }
}

class Compiler {
  readonly #place: XPathPlace
  readonly reads = new Set<number>()
  readsOwn = false

  constructor(place: XPathPlace) {
    this.#place = place
  }

  /** `focus` is the node that a predicate stands at. */
  compile(e: XPath, focus: FormNode | undefined): Run {
    switch (e.kind) {
      case 'text':
        return () => e.text
      case 'number':
        return () => e.number
      case 'negative': {
        const of = this.compile(e.of, focus)
        return (scope) => -numberOf(of(scope), offsetOf(scope.world))
      }
      case 'operation':
        return this.#operation(e.operator, this.compile(e.left, focus), this.compile(e.right, focus))
      case 'reference':
        return this.#reference(e)
      case 'path':
        return this.#path(e, focus)
      case 'call':
        return this.#call(e, focus)
    }
  }

  #operation(operator: Operator, left: Run, right: Run): Run {
    switch (operator) {
      case 'or':
        return (s) => truthOf(left(s)) || truthOf(right(s))
      case 'and':
        return (s) => truthOf(left(s)) && truthOf(right(s))
      case '+':
      case '-':
      case '*':
      case 'div':
      case 'mod': {
        const apply = arithmetic[operator]
        return (s) => {
          const offset = offsetOf(s.world)
          return apply(numberOf(left(s), offset), numberOf(right(s), offset))
        }
      }
      default:
        return (s) => compareValues(operator, left(s), right(s), offsetOf(s.world))
    }
  }

  #named(name: string, at: number): FormNode {
    const target = this.#place.tree.byName.get(name)
    if (!target) throw new XPathError('reference-missing', at, name)
    return target
  }

  #reference(e: Extract<XPath, { kind: 'reference' }>): Run {
    const target = this.#named(e.name, e.at)
    const start = this.#absolute(target)
    return this.#walk(target, start, e.steps, e.at)
  }

  /** The instances of a node as the row of the expression sees them: those of the repeats that both stand in. */
  #absolute(target: FormNode): (scope: XPathScope) => readonly (readonly string[])[] {
    const shared = sharedRepeats(this.#place.node, target)
    return instancesFrom(target, shared, (scope) => scope.keys)
  }

  #path(e: Extract<XPath, { kind: 'path' }>, focus: FormNode | undefined): Run {
    const { node, columns, tree } = this.#place
    const [first] = e.steps
    if (
      columns &&
      e.from === 'context' &&
      focus === undefined &&
      e.steps.length === 1 &&
      first &&
      first.predicates.length === 0
    ) {
      if (!columns.has(first.name)) throw new XPathError('reference-missing', e.at, first.name)
      return (scope) => columnOf(scope, first.name)
    }
    if (e.from === 'root') {
      // the name of the form's own element is whatever the author calls it
      const form = tree.nodes[0]
      if (!form || !first || first.predicates.length > 0) throw new XPathError('expression-unsupported', e.at, '/')
      let target = form
      const rest = [...e.steps.slice(1)]
      while (rest[0] && rest[0].predicates.length === 0 && rest[0].name !== '..') {
        target = this.#child(target, rest[0].name, e.at)
        rest.shift()
      }
      return this.#walk(target, this.#absolute(target), rest, e.at)
    }
    if (focus !== undefined && e.from === 'context') {
      return this.#walk(focus, (scope) => [scope.focus?.keys ?? scope.keys], e.steps, e.at)
    }
    if (e.steps.length === 1 && first?.name === '.' && first.predicates.length === 0 && node.kind === 'question') {
      this.readsOwn = true
      return (scope) => scope.own
    }
    // climbing is done here, so that a plain `../question` costs no more than `${question}`
    let from = node
    const steps = [...e.steps]
    for (let step = steps[0]; step && step.predicates.length === 0; step = steps[0]) {
      if (step.name === '..') {
        if (!from.parent) throw new XPathError('reference-missing', e.at, '..')
        from = from.parent
      } else if (step.name !== '.') break
      steps.shift()
    }
    let target = from
    for (let step = steps[0]; step && step.predicates.length === 0 && step.name !== '..'; step = steps[0]) {
      if (step.name !== '.') target = this.#child(target, step.name, e.at)
      steps.shift()
    }
    return this.#walk(
      target,
      instancesFrom(target, from.repeats.length, (scope) => scope.keys),
      steps,
      e.at,
    )
  }

  #child(of: FormNode, name: string, at: number): FormNode {
    if (name === '*') throw new XPathError('expression-unsupported', at, '*')
    const child = of.children.find((c) => c.name === name)
    if (!child) throw new XPathError('reference-missing', at, name)
    return child
  }

  /** The nodes reached from some instances of a node by further steps. */
  #walk(from: FormNode, start: (scope: XPathScope) => readonly (readonly string[])[], steps: readonly Step[], at: number): Run {
    let node = from
    let reach = start
    this.reads.add(from.id)
    for (const step of steps) {
      const before = reach
      if (step.name === '..') {
        const { parent } = node
        if (!parent) throw new XPathError('reference-missing', at, '..')
        node = parent
        reach = (scope) => distinct(before(scope).map((keys) => keys.slice(0, parent.repeats.length)))
      } else if (step.name !== '.') {
        node = this.#child(node, step.name, at)
        const child = node
        reach = (scope) => before(scope).flatMap((keys) => expand(child, keys, scope))
      }
      this.reads.add(node.id)
      for (const predicate of step.predicates) reach = this.#filtered(reach, predicate, node)
    }
    const target = node
    return (scope) => {
      const found = reach(scope)
      const nodes: FoundNode[] = []
      for (const keys of found) nodes.push({ path: pathOf(target, keys), text: scope.answers.textAt(target, keys) })
      return nodes
    }
  }

  #filtered(
    reach: (scope: XPathScope) => readonly (readonly string[])[],
    predicate: XPath,
    node: FormNode,
  ): (scope: XPathScope) => readonly (readonly string[])[] {
    const run = this.compile(predicate, node)
    return (scope) =>
      reach(scope).filter((keys, i) => {
        const value = run({ ...scope, focus: { keys, position: i + 1 } })
        return typeof value === 'number' ? value === i + 1 : truthOf(value)
      })
  }

  #call(e: Extract<XPath, { kind: 'call' }>, focus: FormNode | undefined): Run {
    const special = specialFunctions[e.name]
    const known = special ?? xpathFunctions[e.name]
    if (!known || !(Object.hasOwn(specialFunctions, e.name) || Object.hasOwn(xpathFunctions, e.name))) {
      throw new XPathError('function-unknown', e.at, e.name)
    }
    if (e.args.length < known.min || e.args.length > known.max) throw new XPathError('function-arguments', e.at, e.name)
    if (special) return this.#special(e, focus)
    const args = e.args.map((a) => this.compile(a, focus))
    const { run } = xpathFunctions[e.name] ?? { run: () => '' }
    return (scope) =>
      run(
        args.map((a) => a(scope)),
        scope.world,
      )
  }

  #special(e: Extract<XPath, { kind: 'call' }>, focus: FormNode | undefined): Run {
    const arg = (i: number): Run => {
      const of = e.args[i]
      return of ? this.compile(of, focus) : () => ''
    }
    switch (e.name) {
      case 'if': {
        const [condition, yes, no] = [arg(0), arg(1), arg(2)]
        return (s) => (truthOf(condition(s)) ? yes(s) : no(s))
      }
      case 'coalesce': {
        const [one, other] = [arg(0), arg(1)]
        return (s) => {
          const value = one(s)
          return textOf(value) === '' ? other(s) : value
        }
      }
      case 'once': {
        const first = arg(0)
        return (s) => (s.own === '' ? first(s) : s.own)
      }
      case 'version': {
        const { version } = this.#place.pack
        return () => version
      }
      case 'position':
        return this.#position(e, focus)
      case 'indexed-repeat':
        return this.#indexedRepeat(e, focus)
      default:
        return this.#choiceName(e, arg(0))
    }
  }

  #position(e: Extract<XPath, { kind: 'call' }>, focus: FormNode | undefined): Run {
    const [of] = e.args
    if (!of) {
      if (focus === undefined) throw new XPathError('function-arguments', e.at, 'position')
      return (scope) => scope.focus?.position ?? Number.NaN
    }
    const climbs = of.kind === 'path' && of.from !== 'root' && of.steps.every((s) => s.name === '..' || s.name === '.')
    let at: FormNode | undefined = focus ?? this.#place.node
    if (of.kind === 'reference') at = this.#named(of.name, of.at)
    else if (!climbs) throw new XPathError('function-arguments', e.at, 'position')
    else for (const step of of.steps) if (step.name === '..') at = at?.parent
    const repeat = at?.kind === 'repeat' ? at : at?.repeats.at(-1)
    if (!repeat || !this.#place.node.repeats.includes(repeat)) throw new XPathError('function-arguments', e.at, 'position')
    this.reads.add(repeat.id)
    const depth = repeat.repeats.length - 1
    return (scope) => scope.answers.instancesOf(repeat, scope.keys.slice(0, depth)).indexOf(scope.keys[depth] ?? '') + 1
  }

  #indexedRepeat(e: Extract<XPath, { kind: 'call' }>, focus: FormNode | undefined): Run {
    const [question, ...rest] = e.args
    if (question?.kind !== 'reference' || rest.length % 2 !== 0) throw new XPathError('function-arguments', e.at, e.name)
    const target = this.#named(question.name, question.at)
    const wanted = new Map<FormNode, Run>()
    for (let i = 0; i < rest.length; i += 2) {
      const [repeat, index] = [rest[i], rest[i + 1]]
      const node = repeat?.kind === 'reference' ? this.#named(repeat.name, repeat.at) : undefined
      if (!node || !index || !target.repeats.includes(node)) throw new XPathError('function-arguments', e.at, e.name)
      wanted.set(node, this.compile(index, focus))
      this.reads.add(node.id)
    }
    this.reads.add(target.id)
    const shared = sharedRepeats(this.#place.node, target)
    return (scope) => {
      let keys: readonly string[] = []
      for (const [depth, repeat] of target.repeats.entries()) {
        const index = wanted.get(repeat)
        const found = scope.answers.instancesOf(repeat, keys)
        const key = index
          ? found[numberOf(index(scope), offsetOf(scope.world)) - 1]
          : depth < shared
            ? scope.keys[depth]
            : found[0]
        if (key === undefined) return ''
        keys = [...keys, key]
      }
      return [{ path: pathOf(target, keys), text: scope.answers.textAt(target, keys) }]
    }
  }

  #choiceName(e: Extract<XPath, { kind: 'call' }>, code: Run): Run {
    const [, quoted] = e.args
    const name = quoted?.kind === 'text' ? /^\s*\$\{\s*([^}\s]+)\s*\}\s*$/.exec(quoted.text)?.[1] : undefined
    if (name === undefined) throw new XPathError('function-arguments', e.at, e.name)
    const { list } = this.#named(name, e.at).row
    const labels = new Map((this.#place.pack.choices[list ?? ''] ?? []).map((c) => [c.name, c.label]))
    const { defaultLanguage } = this.#place.pack
    return (scope) => {
      const chosen = textOf(code(scope))
      const label = labels.get(chosen)
      return label ? (label[scope.world.language] ?? label[defaultLanguage] ?? chosen) : ''
    }
  }
}

/** The functions that need more than their arguments. */
export const specialFunctions: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  if: { min: 3, max: 3 },
  coalesce: { min: 2, max: 2 },
  once: { min: 1, max: 1 },
  version: { min: 0, max: 0 },
  position: { min: 0, max: 1 },
  'indexed-repeat': { min: 3, max: 7 },
  'jr:choice-name': { min: 2, max: 2 },
}

const arithmetic: Readonly<Record<'+' | '-' | '*' | 'div' | 'mod', (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  div: (a, b) => a / b,
  mod: (a, b) => a % b,
}
