import type { FormPack, SurveyRow } from './form-pack.ts'

/** One row of a survey in its place: a question, a group, a repeat, or the form itself. */
export interface FormNode {
  /** Its place in `FormTree.nodes`; the form itself is 0. */
  readonly id: number
  readonly kind: 'form' | 'group' | 'repeat' | 'question'
  readonly name: string
  readonly row: SurveyRow
  /** Its place in the survey, from 0; -1 for the form. */
  readonly rowAt: number
  readonly parent: FormNode | undefined
  readonly children: readonly FormNode[]
  /** The repeats around it, outermost first; a repeat is among its own. */
  readonly repeats: readonly FormNode[]
}

/** What is wrong with how rows stand to each other; the words are in fault-words.ts. */
export interface TreeFault {
  readonly fault: 'group-not-closed' | 'group-not-opened' | 'name-missing' | 'name-twice' | 'nested-too-deep'
  readonly rowAt: number
  readonly about: string
}

export interface FormTree {
  readonly nodes: readonly FormNode[]
  readonly byName: ReadonlyMap<string, FormNode>
  readonly faults: readonly TreeFault[]
}

const depthMax = 20
const formRow: SurveyRow = { type: 'begin_group', name: '' }

/** The rows as a tree. Never throws: rows that stand wrong are reported and left out. */
export function formTree(pack: FormPack): FormTree {
  const nodes: FormNode[] = []
  const byName = new Map<string, FormNode>()
  const faults: TreeFault[] = []
  const childrenOf = new Map<FormNode, FormNode[]>()
  const add = (kind: FormNode['kind'], row: SurveyRow, rowAt: number, parent: FormNode | undefined): FormNode => {
    const children: FormNode[] = []
    const repeats = [...(parent?.repeats ?? [])]
    const node: FormNode = {
      id: nodes.length,
      kind,
      name: kind === 'form' ? pack.id : row.name,
      row,
      rowAt,
      parent,
      children,
      repeats,
    }
    if (kind === 'repeat') repeats.push(node)
    nodes.push(node)
    childrenOf.set(node, children)
    if (parent) childrenOf.get(parent)?.push(node)
    if (kind !== 'form' && row.name !== '') byName.set(row.name, node)
    return node
  }
  const open: FormNode[] = [add('form', formRow, -1, undefined)]
  for (const [rowAt, row] of pack.survey.entries()) {
    const parent = open.at(-1)
    if (row.type === 'end_group' || row.type === 'end_repeat') {
      const kind = row.type === 'end_group' ? 'group' : 'repeat'
      if (parent?.kind === kind) open.pop()
      else faults.push({ fault: 'group-not-opened', rowAt, about: row.type })
      continue
    }
    const begins = row.type === 'begin_group' || row.type === 'begin_repeat'
    if (row.name === '') faults.push({ fault: 'name-missing', rowAt, about: row.type })
    else if (byName.has(row.name)) faults.push({ fault: 'name-twice', rowAt, about: row.name })
    if (open.length > depthMax) {
      faults.push({ fault: 'nested-too-deep', rowAt, about: row.name })
      if (!begins) continue
    }
    // a row without a name of its own still opens its group, so that what follows stands where it should
    const usable = row.name !== '' && !byName.has(row.name) ? row : { ...row, name: `_row_${rowAt + 1}` }
    const kind = row.type === 'begin_group' ? 'group' : row.type === 'begin_repeat' ? 'repeat' : 'question'
    const node = add(kind, usable, rowAt, parent)
    if (begins) open.push(node)
  }
  for (const left of open.slice(1)) faults.push({ fault: 'group-not-closed', rowAt: left.rowAt, about: left.name })
  return { nodes, byName, faults }
}

/** The path of a node: the repeats around it with the keys of their instances, then its own name; groups take no part. */
export function pathOf(node: FormNode, keys: readonly string[]): string {
  const { repeats } = node
  if (repeats.length === 0) return node.name
  let path = ''
  for (let i = 0; i < repeats.length; i += 1) path += `${i === 0 ? '' : '.'}${repeats[i]?.name ?? ''}[${keys[i] ?? ''}]`
  return node.kind === 'repeat' ? path : `${path}.${node.name}`
}

export const keyPattern = /^[a-z0-9]{1,40}$/
const segmentPattern = /^([A-Za-z_][A-Za-z0-9_-]{0,59})(?:\[([a-z0-9]{1,40})\])?$/

/** The names and instance keys of a path, or undefined when it is none. */
export function readPath(path: string): readonly { readonly name: string; readonly key: string | undefined }[] | undefined {
  const found = path.split('.').map((segment) => segmentPattern.exec(segment))
  if (found.length > depthMax + 1 || !found.every((m) => m !== null)) return undefined
  return found.map((m) => ({ name: m?.[1] ?? '', key: m?.[2] }))
}

/** A node and everything below it. */
export function* below(node: FormNode): Generator<FormNode> {
  yield node
  for (const child of node.children) yield* below(child)
}
