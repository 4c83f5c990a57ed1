import type { FormPack, SurveyRow } from './form-pack.ts'
import { formTree, type FormNode, type FormTree, type TreeFault } from './form-tree.ts'
import { compileXPath, type CompiledXPath } from './xpath-compile.ts'
import { XPathError, type ExpressionFault } from './xpath-syntax.ts'

/** The columns of a survey row that hold an expression. */
export const expressionColumns = [
  'relevant',
  'calculation',
  'required',
  'readonly',
  'constraint',
  'choiceFilter',
  'repeatCount',
  'default',
] as const
export type ExpressionColumn = (typeof expressionColumns)[number]

/** An expression that this version cannot take, with its row (from 0), column and place. */
export interface ExpressionFaultAt {
  readonly fault: ExpressionFault | 'cycle'
  readonly rowAt: number
  readonly column: ExpressionColumn
  /** Characters from 0 into the cell. */
  readonly at: number
  readonly about: string
}

/** What is worked out for a node: whether it is asked, its value, … Each is worked out anew only when something that it reads changed. */
export interface Unit {
  readonly id: number
  readonly kind: 'relevant' | 'value' | 'required' | 'readonly' | 'constraint' | 'choices' | 'count'
  readonly node: FormNode
  readonly expression: CompiledXPath
  /** Its place in the order of working out: everything it reads stands before. */
  rank: number
  /** True when its value depends on itself: then it is never worked out, and says nothing. */
  cyclic: boolean
}

export interface CompiledForm {
  readonly pack: FormPack
  readonly tree: FormTree
  /** In the order of working out. */
  readonly units: readonly Unit[]
  /** By node id: the units that read the node, each by rank. */
  readonly readers: readonly (readonly Unit[])[]
  /** By node id: the units that read what the unit of that kind gives. */
  readonly unitsOf: readonly Readonly<Partial<Record<Unit['kind'], Unit>>>[]
  /** By node id: the nodes around it, and itself, that are asked on a condition. */
  readonly guards: readonly (readonly FormNode[])[]
  /** Defaults that are worked out when a record or an instance begins, by node id. */
  readonly defaults: ReadonlyMap<number, CompiledXPath>
  readonly faults: readonly (ExpressionFaultAt | TreeFault)[]
  /** Names of the rows of each circle. */
  readonly cycles: readonly (readonly string[])[]
}

const unitKinds: Readonly<Record<Exclude<ExpressionColumn, 'default'>, Unit['kind']>> = {
  relevant: 'relevant',
  calculation: 'value',
  required: 'required',
  readonly: 'readonly',
  constraint: 'constraint',
  choiceFilter: 'choices',
  repeatCount: 'count',
}

/** The expression of a cell: `yes` and `no` stand for true() and false() where XLSForm says so. */
export function expressionOf(column: ExpressionColumn, row: SurveyRow): string | undefined {
  const cell = row[column]?.trim()
  if (cell === undefined || cell === '') return undefined
  if (column === 'default') return isDynamicDefault(cell) ? cell : undefined
  if (column !== 'required' && column !== 'readonly') return cell
  if (/^(?:yes|true)$/i.test(cell)) return 'true()'
  return /^(?:no|false)$/i.test(cell) ? 'false()' : cell
}

/** True for a default that is worked out and no plain value: it calls something or refers to a question. */
export function isDynamicDefault(cell: string): boolean {
  return /\$\{|^[a-z][a-z0-9:-]*\(/i.test(cell.trim())
}

/** The form made ready to be evaluated. Never throws: what cannot be taken is reported and left out. */
export function compileForm(pack: FormPack): CompiledForm {
  const tree = formTree(pack)
  const faults: (ExpressionFaultAt | TreeFault)[] = [...tree.faults]
  const units: Unit[] = []
  const unitsOf: Partial<Record<Unit['kind'], Unit>>[] = tree.nodes.map(() => ({}))
  const defaults = new Map<number, CompiledXPath>()
  for (const node of tree.nodes) {
    for (const column of expressionColumns) {
      const source = expressionOf(column, node.row)
      // a group has no value of its own; whoever lints the form is told
      if (source === undefined || (column === 'calculation' && node.kind !== 'question')) continue
      const of = column === 'repeatCount' ? (node.parent ?? node) : node
      const columns = column === 'choiceFilter' ? columnsOf(pack, node.row.list ?? '') : undefined
      try {
        const expression = compileXPath(source, { pack, tree, node: of, ...(columns ? { columns } : {}) })
        if (column === 'default') defaults.set(node.id, expression)
        else {
          const unit: Unit = { id: units.length, kind: unitKinds[column], node, expression, rank: 0, cyclic: false }
          units.push(unit)
          const own = unitsOf[node.id]
          if (own) own[unit.kind] = unit
        }
      } catch (error) {
        if (!(error instanceof XPathError)) throw error
        faults.push({ fault: error.fault, rowAt: node.rowAt, column, at: error.at, about: error.about })
      }
    }
  }
  const guards = tree.nodes.map((node) => guardsOf(node, unitsOf))
  const readers: Unit[][] = tree.nodes.map(() => [])
  for (const unit of units) {
    for (const id of unit.expression.reads) readers[id]?.push(unit)
    // what is asked of a calculated value follows it
    if (unit.kind !== 'value' && unit.expression.readsOwn) readers[unit.node.id]?.push(unit)
  }
  const { order, cycles } = ordered(units, (unit) => needs(unit, tree, unitsOf, guards))
  for (const [rank, unit] of order.entries()) unit.rank = rank
  for (const cycle of cycles) {
    for (const unit of cycle) unit.cyclic = true
    const [first] = cycle
    if (!first) continue
    const column = expressionColumns.find((c) => c !== 'default' && unitKinds[c] === first.kind) ?? 'calculation'
    faults.push({ fault: 'cycle', rowAt: first.node.rowAt, column, at: 0, about: namesOf(cycle).join(' → ') })
  }
  return { pack, tree, units: order, readers, unitsOf, guards, defaults, faults, cycles: cycles.map(namesOf) }
}

function namesOf(cycle: readonly Unit[]): string[] {
  return [...new Set(cycle.map((u) => u.node.name))]
}

function columnsOf(pack: FormPack, list: string): ReadonlySet<string> {
  return new Set(['name', 'label', ...(pack.choices[list] ?? []).flatMap((c) => Object.keys(c.with ?? {}))])
}

function guardsOf(node: FormNode, unitsOf: CompiledForm['unitsOf']): FormNode[] {
  const found: FormNode[] = []
  for (let at: FormNode | undefined = node; at; at = at.parent) if (unitsOf[at.id]?.relevant) found.push(at)
  return found
}

/** The units that must be worked out before a unit. */
function needs(
  unit: Unit,
  tree: FormTree,
  unitsOf: CompiledForm['unitsOf'],
  guards: readonly (readonly FormNode[])[],
): readonly Unit[] {
  const found = new Set<Unit>()
  const add = (of: Unit | undefined) => {
    if (of) found.add(of)
  }
  for (const id of unit.expression.reads) {
    add(unitsOf[id]?.value)
    add(unitsOf[id]?.choices)
    for (const guard of guards[id] ?? []) add(unitsOf[guard.id]?.relevant)
    for (const repeat of tree.nodes[id]?.repeats ?? []) add(unitsOf[repeat.id]?.count)
  }
  // asked or not by what it says itself: an answer that takes itself away
  if ((unit.kind === 'value' || unit.kind === 'relevant') && unit.expression.readsOwn) found.add(unit)
  if (unit.kind !== 'value' && unit.expression.readsOwn) add(unitsOf[unit.node.id]?.value)
  // a calculation is worked out only where it is asked
  if (unit.kind === 'value') for (const guard of guards[unit.node.id] ?? []) add(unitsOf[guard.id]?.relevant)
  for (const repeat of unit.node.repeats) if (unit.kind !== 'count' || repeat !== unit.node) add(unitsOf[repeat.id]?.count)
  return [...found]
}

/** Tarjan's order of the units, each after what it needs, and the circles among them. */
function ordered(units: readonly Unit[], needsOf: (unit: Unit) => readonly Unit[]): { order: Unit[]; cycles: Unit[][] } {
  const order: Unit[] = []
  const cycles: Unit[][] = []
  const index = new Map<Unit, number>()
  const low = new Map<Unit, number>()
  const stack: Unit[] = []
  const onStack = new Set<Unit>()
  const cached = units.map(needsOf)
  const work: { unit: Unit; next: number }[] = []
  const open = (unit: Unit) => {
    index.set(unit, index.size)
    low.set(unit, index.get(unit) ?? 0)
    stack.push(unit)
    onStack.add(unit)
    work.push({ unit, next: 0 })
  }
  const lower = (unit: Unit, to: number) => low.set(unit, Math.min(low.get(unit) ?? 0, to))
  for (const root of units) {
    if (index.has(root)) continue
    open(root)
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const { unit } = frame
      const needed = cached[unit.id]?.[frame.next]
      if (needed) {
        frame.next += 1
        if (!index.has(needed)) open(needed)
        else if (onStack.has(needed)) lower(unit, index.get(needed) ?? 0)
        continue
      }
      work.pop()
      const above = work.at(-1)
      if (above) lower(above.unit, low.get(unit) ?? 0)
      if (low.get(unit) !== index.get(unit)) continue
      const group = stack.splice(stack.indexOf(unit))
      for (const member of group) onStack.delete(member)
      if (group.length > 1 || cached[unit.id]?.includes(unit)) cycles.push(group)
      order.push(...group)
    }
  }
  return { order, cycles }
}
