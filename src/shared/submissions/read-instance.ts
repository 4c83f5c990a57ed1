import type { CompiledForm } from '../forms/compile-form.ts'
import { readHeading } from './heading.ts'
import { RawSubmission } from './raw-submission.ts'
import type { LeftColumns } from './read-tables.ts'

/** An element of an ODK instance, without namespaces. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

/** Reads an instance as ODK Collect and KoboCollect write it: one interview, its groups and repeats nested. */
export function readInstance(form: CompiledForm, file: string, root: XmlElement, left: LeftColumns): RawSubmission {
  const submission = new RawSubmission(form, { file })
  // downloaded submissions tell these on the root
  for (const [name, value] of Object.entries(root.attributes)) submission.noted.set(name, value)
  const walk = (element: XmlElement, around: readonly string[], within: readonly string[]): void => {
    for (const child of element.children) {
      const at = [...within, child.name]
      const node = form.tree.byName.get(child.name)
      if (node?.kind === 'repeat' && node.repeats.length === around.length + 1) {
        walk(child, submission.nextLine(node, around), at)
      } else if (child.children.length > 0) walk(child, around, at)
      else if (child.text.trim() !== '') take(child, around, at.join('/'))
    }
  }
  const take = (leaf: XmlElement, around: readonly string[], column: string): void => {
    const heading = readHeading(form, column)
    if (heading.kind === 'tool') submission.noted.set(heading.name, leaf.text.trim())
    if (heading.kind === 'question' && heading.code === undefined && heading.node.repeats.length === around.length) {
      submission.give(heading.node, around, column, leaf.text)
    } else left.note(heading.kind === 'question' ? 'unknown' : heading.kind, column)
  }
  walk(root, [], [])
  return submission
}
