import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { call } from '#renderer/api/call.ts'
import type { Draft } from '#shared/cases/contract.ts'
import { DraftNotice } from './draft-notice.tsx'
import { useLeftDraft, type DraftOf } from './use-form-keeper.ts'

/**
 * A form that is stored at its end, with what was left in it: offered first, filled in only when the user takes it up (H4).
 *
 * `children` draws the form once that is settled; it gets the draft that was taken up, or null for an empty form.
 */
export function WithDraft({ of, children }: { readonly of: DraftOf; readonly children: (left: Draft | null) => ReactNode }) {
  const navigate = useNavigate()
  const left = useLeftDraft(of)
  const [settled, setSettled] = useState<'taken-up' | 'dropped'>()
  if (left === undefined) return null
  const used = left !== null && Object.keys(left.texts).length > 0
  if (!used || settled === 'dropped') return children(null)
  if (settled === 'taken-up') return children(left)
  return (
    <DraftNotice
      draft={left}
      onTakeUp={() => setSettled('taken-up')}
      onDrop={() => {
        const dropped = call('cases.dropDraft', { form: of.form, subject: of.subject }).catch(() => undefined)
        if (left.imported) void dropped.then(() => navigate({ to: '/cases/import' }))
        else setSettled('dropped')
      }}
    />
  )
}
