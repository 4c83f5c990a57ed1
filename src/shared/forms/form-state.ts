import { isAnswered, typeProblem, type AnswerProblem } from './check-type.ts'
import type { CompiledForm, Unit } from './compile-form.ts'
import { answerRefused, answerUnknown, type Answer } from './form-definition.ts'
import { isAsked, type Choice } from './form-pack.ts'
import { below, keyPattern, pathOf, readPath, type FormNode } from './form-tree.ts'
import { answerText, initialAnswer, instanceHere, instanceRemoved, mayLeaveOpen, type PathAnswers } from './path-answers.ts'
import type { CompiledXPath } from './xpath-compile.ts'
import type { AnswerReader, XPathScope } from './xpath-scope.ts'
import { offsetOf, type FormWorld } from './xpath-functions.ts'
import { numberOf, textOf, truthOf, type XValue } from './xpath-values.ts'

/** What is to be known of a question, group or repeat where it stands. */
export interface NodeState {
  readonly node: FormNode
  readonly path: string
  readonly keys: readonly string[]
  /** True if it is asked, given the other answers. */
  readonly relevant: boolean
  readonly answer: Answer
  readonly required: boolean
  readonly readonly: boolean
  readonly problem: AnswerProblem | undefined
  /** The choices that may be chosen now. */
  readonly choices: readonly Choice[]
}

/** An answer that is stored and takes no part: kept, shown as such, never dropped. */
export interface AsideAnswer {
  readonly path: string
  readonly answer: Answer
  readonly why: 'not-asked' | 'no-such-question' | 'instance-removed' | 'choice-retired'
}

type Results = Map<string, XValue | readonly Choice[]>
/** Instances that a repeat may have, by how deep it stands: a form of nested repeat_counts must not fill the memory. */
const instancesMax = [200, 20, 5]
const noKeys: readonly string[] = []
const noChoices: readonly Choice[] = []
const noUnits: CompiledForm['unitsOf'][number] = {}

/** What a calculation gives, as it is stored: nothing for '' and for what is no number. */
function calculatedAnswer(value: XValue): Answer {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null
  const text = textOf(value)
  return text === '' ? null : text.slice(0, 4000)
}

/**
 * One record being filled: its answers, and everything that the form says of them, kept up to date as answers change.
 *
 * The same code runs in page and centre. Nothing here throws for what a record holds: what does not fit stays stored and is told by
 * `aside()` or as a problem.
 */
export class FormState implements AnswerReader {
  readonly form: CompiledForm
  #world: FormWorld
  #offset: number
  readonly #answers = new Map<string, Answer>()
  readonly #results: Results[]
  readonly #dirty: Uint8Array
  /** Keys of instances by the path of the repeat without key, in order. */
  readonly #instances = new Map<string, readonly string[]>()
  /** The same for repeats with a repeat_count, as last worked out. */
  readonly #counted = new Map<string, { readonly made: readonly string[]; readonly keys: readonly string[] }>()
  /** How many units were worked out since the state was made. */
  worked = 0

  constructor(form: CompiledForm, answers: PathAnswers, world: FormWorld) {
    this.form = form
    this.#world = world
    this.#offset = offsetOf(world)
    for (const [path, answer] of Object.entries(answers)) this.#answers.set(path, answer)
    this.#results = form.units.map(() => new Map())
    this.#dirty = new Uint8Array(form.units.length).fill(1)
    for (const [path, answer] of this.#answers) if (answer === instanceHere) this.#place(path)
    this.#work()
  }

  /** Every stored answer, those kept aside and the calculated ones included. */
  get answers(): PathAnswers {
    return Object.fromEntries(this.#answers)
  }

  /** Sets or empties (null) an answer. A path that is no question of the form is kept all the same; an instance comes by `addInstance` alone. */
  set(path: string, answer: Answer): void {
    if (path.endsWith(']')) return
    const at = this.#find(path)
    if (at && this.form.unitsOf[at.node.id]?.value) return
    this.#answers.set(path, answer)
    if (at) {
      this.#touch(at.node)
      for (const unit of Object.values(this.form.unitsOf[at.node.id] ?? noUnits)) this.#dirty[unit.rank] = 1
      this.#work()
    }
  }

  /** A new instance of a repeat, at the end if its key sorts last; `around` are the keys of the repeats around it. */
  addInstance(repeat: FormNode, around: readonly string[], key: string): void {
    if (repeat.kind !== 'repeat' || !keyPattern.test(key)) return
    const keys = [...around, key]
    const path = pathOf(repeat, keys)
    if (this.#answers.get(path) === instanceHere) return
    this.#answers.set(path, instanceHere)
    this.#place(path)
    for (const node of below(repeat)) {
      const initial = initialAnswer(this.form, node, this.#scope(node, keys))
      const at = pathOf(node, keys)
      if (node.repeats.length === keys.length && initial !== null && !this.#answers.has(at)) this.#answers.set(at, initial)
    }
    this.#touchRepeat(repeat)
    this.#work()
  }

  /** Takes an instance away: its answers stay stored, aside. */
  removeInstance(repeat: FormNode, keys: readonly string[]): void {
    const path = pathOf(repeat, keys)
    if (this.#answers.get(path) !== instanceHere) return
    this.#answers.set(path, instanceRemoved)
    const list = bare(path)
    this.#instances.set(
      list,
      (this.#instances.get(list) ?? []).filter((k) => k !== keys.at(-1)),
    )
    this.#touchRepeat(repeat)
    this.#work()
  }

  /** Works everything out anew, for another day or language. */
  refresh(world: FormWorld): void {
    this.#world = world
    this.#offset = offsetOf(world)
    this.#dirty.fill(1)
    this.#work()
  }

  /** All that is to be known at a path, or undefined when the form has nothing there. */
  at(path: string): NodeState | undefined {
    const at = this.#find(path)
    return at && this.stateOf(at.node, at.keys)
  }

  stateOf(node: FormNode, keys: readonly string[]): NodeState {
    const path = pathOf(node, keys)
    const relevant = this.isRelevant(node, keys)
    const answer = this.#answers.get(path) ?? null
    const choices = this.choicesOf(node, keys)
    const required = this.#truth('required', node, keys)
    const problem = relevant ? this.problemOf(node, keys, answer, required) : undefined
    return { node, path, keys, relevant, answer, required, readonly: this.#truth('readonly', node, keys), problem, choices }
  }

  /** Every question, group and repeat that is asked, in the order of the form. */
  *asked(): Generator<NodeState> {
    for (const [node, keys] of this.#every()) {
      if (node.kind !== 'form' && this.isRelevant(node, keys)) yield this.stateOf(node, keys)
    }
  }

  /** Everything of the form that exists, asked or not, in its order. */
  *all(): Generator<NodeState> {
    for (const [node, keys] of this.#every()) if (node.kind !== 'form') yield this.stateOf(node, keys)
  }

  /** The stored answers that take no part, and why. */
  aside(): readonly AsideAnswer[] {
    const found: AsideAnswer[] = []
    for (const [path, answer] of this.#answers) {
      if (!isAnswered(answer) || answer === instanceHere || answer === instanceRemoved) continue
      const at = this.#find(path)
      if (!at || at.node.kind !== 'question') found.push({ path, answer, why: this.#gone(path) })
      else if (!this.isRelevant(at.node, at.keys)) found.push({ path, answer, why: 'not-asked' })
      else if (this.#retired(at.node, answer)) found.push({ path, answer, why: 'choice-retired' })
    }
    return found
  }

  /** What an expression gives in the row of a node, as the answers stand; nothing is stored. */
  workedOut(expression: CompiledXPath, node: FormNode, keys: readonly string[]): XValue {
    return expression.run(this.#scope(node, keys, this.textAt(node, keys)))
  }

  /** The same as a number, NaN for none. */
  numberOf(expression: CompiledXPath, node: FormNode, keys: readonly string[]): number {
    return numberOf(this.workedOut(expression, node, keys), this.#offset)
  }

  textAt(node: FormNode, keys: readonly string[]): string {
    if (node.kind !== 'question') return ''
    const answer = this.#answers.get(node.repeats.length === 0 ? node.name : pathOf(node, keys))
    if (answer === undefined || answer === null || answer === '') return ''
    if (!this.isRelevant(node, keys)) return ''
    if (!this.form.unitsOf[node.id]?.choices) return answerText(answer)
    // what the filter does not offer now says nothing, as in ODK; it stays stored
    const offered = (code: string) => this.choicesOf(node, keys).some((c) => c.name === code)
    if (Array.isArray(answer)) return answer.filter(offered).join(' ')
    return typeof answer === 'string' && offered(answer) ? answer : ''
  }

  instancesOf(repeat: FormNode, keys: readonly string[]): readonly string[] {
    const there = this.#instancesThere(repeat, keys)
    return (this.form.guards[repeat.id]?.length ?? 0) === 0 ? there : there.filter((k) => this.isRelevant(repeat, [...keys, k]))
  }

  isRelevant(node: FormNode, keys: readonly string[]): boolean {
    for (const guard of this.form.guards[node.id] ?? []) {
      const unit = this.form.unitsOf[guard.id]?.relevant
      if (unit && this.#results[unit.rank]?.get(keyOf(keys, guard.repeats.length)) === false) return false
    }
    return true
  }

  choicesOf(node: FormNode, keys: readonly string[]): readonly Choice[] {
    const unit = this.form.unitsOf[node.id]?.choices
    const filtered = unit && this.#results[unit.rank]?.get(keyOf(keys, node.repeats.length))
    return (filtered as readonly Choice[] | undefined) ?? this.form.pack.choices[node.row.list ?? ''] ?? noChoices
  }

  /** What is wrong with the stored answer of a question, asked or not. */
  problemOf(node: FormNode, keys: readonly string[], answer: Answer, required: boolean): AnswerProblem | undefined {
    if (node.kind !== 'question' || !isAsked(node.row)) return undefined
    if (!isAnswered(answer)) return required ? 'required' : undefined
    if ((answer === answerUnknown || answer === answerRefused) && mayLeaveOpen(node)) return undefined
    const byType = typeProblem(node.row, this.choicesOf(node, keys), answer)
    if (byType) return byType
    const unit = this.form.unitsOf[node.id]?.constraint
    return unit && this.#results[unit.rank]?.get(keyOf(keys, node.repeats.length)) === false ? 'constraint' : undefined
  }

  #truth(kind: 'required' | 'readonly', node: FormNode, keys: readonly string[]): boolean {
    const unit = this.form.unitsOf[node.id]?.[kind]
    return unit !== undefined && this.#results[unit.rank]?.get(keyOf(keys, node.repeats.length)) === true
  }

  #retired(node: FormNode, answer: Answer): boolean {
    const codes = Array.isArray(answer) ? answer : [String(answer)]
    const { list } = node.row
    if (list === undefined || ((answer === answerUnknown || answer === answerRefused) && mayLeaveOpen(node))) return false
    return codes.some((code) => !(this.form.pack.choices[list] ?? []).some((c) => c.name === code))
  }

  #gone(path: string): AsideAnswer['why'] {
    const steps = readPath(path)
    const node = this.form.tree.byName.get(steps?.at(-1)?.name ?? '')
    const keys = steps?.flatMap((s) => (s.key === undefined ? [] : [s.key])) ?? []
    return node && keys.length > 0 && pathOf(node, keys) === path ? 'instance-removed' : 'no-such-question'
  }

  /** The node and keys of a path, if the form has it and its instances are there. */
  #find(path: string): { readonly node: FormNode; readonly keys: readonly string[] } | undefined {
    const plain = this.form.tree.byName.get(path)
    if (plain && plain.repeats.length === 0) return { node: plain, keys: noKeys }
    const steps = readPath(path)
    const node = this.form.tree.byName.get(steps?.at(-1)?.name ?? '')
    if (!steps || !node) return undefined
    const keys = steps.flatMap((s) => (s.key === undefined ? [] : [s.key]))
    if (keys.length !== node.repeats.length || pathOf(node, keys) !== path) return undefined
    const there = node.repeats.every((r, i) => this.#instancesThere(r, keys.slice(0, i)).includes(keys[i] ?? ''))
    return there ? { node, keys } : undefined
  }

  #place(path: string): void {
    const list = bare(path)
    const key = readPath(path)?.at(-1)?.key
    if (key === undefined) return
    const before = this.#instances.get(list) ?? []
    if (!before.includes(key))
      this.#instances.set(
        list,
        [...before, key].toSorted((a, b) => (a < b ? -1 : 1)),
      )
  }

  /** Instances that exist, asked or not. A repeat_count adds what is missing and keeps what is too much aside. */
  #instancesThere(repeat: FormNode, keys: readonly string[]): readonly string[] {
    const list = bare(pathOf(repeat, [...keys, '']))
    const made = this.#instances.get(list) ?? noKeys
    const unit = this.form.unitsOf[repeat.id]?.count
    if (!unit) return made
    const counted = numberOf((this.#results[unit.rank]?.get(keyOf(keys, keys.length)) as XValue | undefined) ?? '', this.#offset)
    const wanted = Number.isNaN(counted) ? 0 : Math.max(0, Math.min(instancesMax[keys.length] ?? 1, Math.trunc(counted)))
    const known = this.#counted.get(list)
    if (known?.made === made && known.keys.length === wanted) return known.keys
    const kept = new Set(made.slice(0, wanted))
    for (let i = 1; kept.size < wanted; i += 1) kept.add(`n${String(i).padStart(4, '0')}`)
    const all = [...kept]
    this.#counted.set(list, { made, keys: all })
    return all
  }

  *#every(): Generator<readonly [FormNode, readonly string[]]> {
    const walk = function* (
      state: FormState,
      node: FormNode,
      keys: readonly string[],
    ): Generator<readonly [FormNode, readonly string[]]> {
      const instances = node.kind === 'repeat' ? state.#instancesThere(node, keys).map((k) => [...keys, k]) : [keys]
      for (const at of instances) {
        yield [node, at]
        for (const child of node.children) yield* walk(state, child, at)
      }
    }
    const [form] = this.form.tree.nodes
    if (form) yield* walk(this, form, noKeys)
  }

  #instanceKeys(repeats: readonly FormNode[]): readonly (readonly string[])[] {
    let found: readonly (readonly string[])[] = [noKeys]
    for (const repeat of repeats) found = found.flatMap((k) => this.#instancesThere(repeat, k).map((key) => [...k, key]))
    return found
  }

  /** What reads the node must be worked out again. */
  #touch(node: FormNode): void {
    for (const unit of this.form.readers[node.id] ?? []) this.#dirty[unit.rank] = 1
  }

  #touchRepeat(repeat: FormNode): void {
    for (const node of below(repeat)) {
      this.#touch(node)
      for (const unit of Object.values(this.form.unitsOf[node.id] ?? {})) this.#dirty[unit.rank] = 1
    }
  }

  #scope(node: FormNode, keys: readonly string[], own = ''): XPathScope {
    return { world: this.#world, answers: this, keys: keys.slice(0, node.repeats.length), own }
  }

  #work(): void {
    for (let rank = 0; rank < this.#dirty.length; rank += 1) {
      if (this.#dirty[rank] === 0) continue
      this.#dirty[rank] = 0
      const unit = this.form.units[rank]
      if (unit && !unit.cyclic) this.#workOut(unit)
    }
  }

  #workOut(unit: Unit): void {
    const { node, kind } = unit
    const repeats = kind === 'count' ? node.repeats.slice(0, -1) : node.repeats
    const results: Results = this.#results[unit.rank] ?? new Map()
    const before = new Map(results)
    results.clear()
    let changed = false
    for (const keys of repeats.length === 0 ? [noKeys] : this.#instanceKeys(repeats)) {
      this.worked += 1
      const key = keyOf(keys, keys.length)
      const result = kind === 'value' ? this.#calculate(unit.expression, node, keys) : this.#result(unit, keys)
      results.set(key, result)
      if (before.get(key) !== result) changed = true
    }
    if (!changed && before.size === results.size) return
    if (kind === 'value' || kind === 'choices') this.#touch(node)
    else if (kind === 'relevant') for (const of of below(node)) this.#touchWithCalculation(of)
    else if (kind === 'count') this.#touchRepeat(node)
  }

  #touchWithCalculation(node: FormNode): void {
    this.#touch(node)
    const own = this.form.unitsOf[node.id]?.value
    if (own) this.#dirty[own.rank] = 1
  }

  /** A calculation is stored like an answer; where it is not asked, what was stored stays aside. */
  #calculate(expression: CompiledXPath, node: FormNode, keys: readonly string[]): XValue {
    const path = pathOf(node, keys)
    if (!this.isRelevant(node, keys)) return ''
    const stored = this.#answers.get(path)
    const answer = calculatedAnswer(expression.run(this.#scope(node, keys, answerText(stored))))
    if (answer !== null || (stored !== undefined && stored !== null)) this.#answers.set(path, answer)
    return answerText(answer)
  }

  #result({ kind, node, expression }: Unit, keys: readonly string[]): XValue | readonly Choice[] {
    if (kind === 'count') return numberOf(expression.run(this.#scope(node.parent ?? node, keys)), this.#offset)
    const stored = this.#answers.get(pathOf(node, keys))
    const scope = this.#scope(node, keys, answerText(stored))
    if (kind === 'choices') {
      const list = this.form.pack.choices[node.row.list ?? ''] ?? []
      return list.filter((choice) => truthOf(expression.run({ ...scope, choice })))
    }
    if (kind === 'constraint' && !isAnswered(stored)) return true
    return truthOf(expression.run(scope))
  }
}

function keyOf(keys: readonly string[], depth: number): string {
  if (depth === 0) return ''
  return (keys.length === depth ? keys : keys.slice(0, depth)).join('/')
}

/** The path of a repeat without the key of its instance. */
function bare(path: string): string {
  return path.slice(0, path.lastIndexOf('['))
}
