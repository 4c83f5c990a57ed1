import { useEffect, useRef } from 'react'
import type { Draft } from '#shared/cases/contract.ts'
import type { DraftForm } from '#shared/cases/draft.ts'
import { useFormKeeper } from './use-form-keeper.ts'

/**
 * Keeps the fields of a small form as a draft while they change; '' is an empty field.
 *
 * `left` is the draft that was taken up, whose texts the fields start with. `done` is for when the form was stored.
 */
export function useDraftedFields(
  of: { readonly form: DraftForm; readonly subject: string },
  left: Draft | null,
  fields: Readonly<Record<string, string>>,
): { readonly done: () => void } {
  const keeper = useFormKeeper(of, Object.keys(left?.texts ?? {}))
  const former = useRef(fields)
  useEffect(() => {
    for (const [name, text] of Object.entries(fields)) {
      if (text !== former.current[name]) keeper.keep(name, text === '' ? null : text)
    }
    former.current = fields
  })
  return { done: () => void keeper.done() }
}
