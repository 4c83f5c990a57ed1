import type { CompiledForm } from '../forms/compile-form.ts'
import { answerRefused, answerUnknown } from '../forms/form-definition.ts'
import type { FormNode } from '../forms/form-tree.ts'
import { mayLeaveOpen } from '../forms/path-answers.ts'

const bare = (text: string): string => text.normalize('NFC').replaceAll('’', "'").replace(/\s+/g, ' ').trim().toLowerCase()

/** The code that a text says: itself a code of the question, or the words of exactly one choice in any language; undefined for anything else. */
export function choiceOf(form: CompiledForm, node: FormNode, text: string): string | undefined {
  const choices = form.pack.choices[node.row.list ?? ''] ?? []
  const exact = text.trim()
  if (choices.some((c) => c.name === exact)) return exact
  if ((exact === answerUnknown || exact === answerRefused) && mayLeaveOpen(node)) return exact
  const said = bare(text)
  const named = choices.filter((c) => Object.values(c.label).some((label) => bare(label) === said))
  return said !== '' && named.length === 1 ? named[0]?.name : undefined
}
