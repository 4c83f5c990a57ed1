import { isAnswered } from './check-type.ts'
import { isFilledIn, nodeOfPath, sectionOfNode } from './filled-form.ts'
import type { AsideAnswer, FormState, NodeState } from './form-state.ts'
import { pathOf, type FormNode } from './form-tree.ts'

/** How much of a form is shown: 1 the quick card, 2 the profile, 3 what is off by default too. */
export const tiers = [1, 2, 3] as const
export type Tier = (typeof tiers)[number]

export function tierOf(node: FormNode): Tier {
  return (node.row.tier ?? 1) as Tier
}

/** The tiers of which a form has a question, the first always. */
export function tiersOf({ form }: Pick<FormState, 'form'>): readonly Tier[] {
  return tiers.filter((t) => t === 1 || form.tree.nodes.some((node) => node.kind === 'question' && node.row.tier === t))
}

/** The label of a section without its number. */
export function unnumbered(label: string): string {
  return label.replace(/^\d+\.\s*/, '')
}

/** The groups and repeats at the top of a form, in its order. */
export function sectionsOfForm({ form }: Pick<FormState, 'form'>): readonly FormNode[] {
  return (form.tree.nodes[0]?.children ?? []).filter((n) => n.kind !== 'question')
}

/**
 * What stands directly in a group, or in one instance of a repeat, and is shown: asked, and of the tier or answered already.
 *
 * Fields that nobody fills in here (a user, a photo, a number of the desk) are left out.
 */
export function shownIn(state: FormState, parent: FormNode, keys: readonly string[], tier: Tier): readonly NodeState[] {
  return parent.children.flatMap((node) => {
    if (!state.isRelevant(node, keys) || node.row.type === 'hidden') return []
    if (node.kind === 'group') return shownIn(state, node, keys, tier).length > 0 ? [state.stateOf(node, keys)] : []
    const isWanted = tierOf(node) <= tier
    if (node.kind === 'repeat') {
      return isWanted || state.instancesOf(node, keys).length > 0 ? [state.stateOf(node, keys)] : []
    }
    const isShownAnyway = node.row.type === 'note' || node.row.calculation !== undefined
    if (!isFilledIn(node.row) && !isShownAnyway) return []
    const at = state.stateOf(node, keys)
    return isWanted || (isAnswered(at.answer) && !isShownAnyway) ? [at] : []
  })
}

/** The instances of a section that is a repeat itself; one list of no key for a group. */
export function instancesOfSection(state: FormState, section: FormNode): readonly (readonly string[])[] {
  return section.kind === 'repeat' ? state.instancesOf(section, []).map((key) => [key]) : [[]]
}

export interface Progress {
  readonly answered: number
  readonly asked: number
  /** Paths of what has to be answered and is not. */
  readonly missing: readonly string[]
}

/** How far a section is filled, its repeats included. */
export function progressOf(state: FormState, section: FormNode, tier: Tier): Progress {
  let answered = 0
  let asked = 0
  const missing: string[] = []
  const count = (parent: FormNode, keys: readonly string[]) => {
    for (const at of shownIn(state, parent, keys, tier)) {
      if (at.node.kind === 'group') count(at.node, keys)
      else if (at.node.kind === 'repeat') {
        for (const key of state.instancesOf(at.node, keys)) count(at.node, [...keys, key])
      } else if (isFilledIn(at.node.row)) {
        asked += 1
        if (isAnswered(at.answer)) answered += 1
        else if (at.required) missing.push(at.path)
      }
    }
  }
  if (state.isRelevant(section, [])) for (const keys of instancesOfSection(state, section)) count(section, keys)
  return { answered, asked, missing }
}

/** True when a section has something to fill in or to add. */
export function isSectionShown(state: FormState, section: FormNode, tier: Tier): boolean {
  if (!state.isRelevant(section, [])) return false
  if (section.kind === 'repeat') return tierOf(section) <= tier || state.instancesOf(section, []).length > 0
  return shownIn(state, section, [], tier).some((at) => at.node.row.type !== 'note')
}

/** Answers that the desk writes beside the profile: the end of the case, requests, what was told to whom. */
const besideTheForm = /^(?:close_|retention_until$|requests?_|withdrawal_told$)/

/** The answers that are kept aside, by the name of their section; those of a question that is gone, and what they are of, under ''. */
export function asideBySection(state: FormState): ReadonlyMap<string, readonly AsideAnswer[]> {
  const rows = state
    .aside()
    .filter(({ path, why }) => why !== 'no-such-question' || !besideTheForm.test(path))
    .filter(({ path }) => {
      const row = nodeOfPath(state.form, path)?.row
      return row === undefined || isFilledIn(row)
    })
  return Map.groupBy(rows, ({ path, why }) => {
    if (why !== 'no-such-question') return sectionNameOf(state, path)
    // a question that is gone from a repeat is still of that repeat
    const around = path.slice(0, path.lastIndexOf(']') + 1)
    return around === '' ? '' : sectionNameOf(state, around)
  })
}

/** The sections that are shown one at a time: those that ask something, and those that keep something aside. */
export function listedSections(
  state: FormState,
  tier: Tier,
  aside: ReadonlyMap<string, readonly AsideAnswer[]>,
): readonly FormNode[] {
  return sectionsOfForm(state).filter((s) => isSectionShown(state, s, tier) || aside.has(s.name))
}

/** The name of the section that holds a path, '' for none. */
export function sectionNameOf(state: FormState, path: string): string {
  const node = nodeOfPath(state.form, path)
  return (node && sectionOfNode(node)?.name) ?? ''
}

/** The path of a new instance with this key. */
export function instancePath(repeat: FormNode, around: readonly string[], key: string): string {
  return pathOf(repeat, [...around, key])
}
