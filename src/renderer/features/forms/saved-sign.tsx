import { localTime } from '#renderer/api/clock.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { FormKeeper } from './form-keeper.ts'
import { useKept } from './use-form-keeper.ts'

/** Whether what was typed is on the disk: always in sight while a form is filled. */
export function SavedSign({ keeper }: { readonly keeper: FormKeeper }) {
  const text = useText()
  const state = useKept(keeper, 'state')
  const savedAt = useKept(keeper, 'savedAt')
  return (
    <span className="autosave" role="status" data-state={state}>
      {state === 'saved' && text('forms.saved', { time: localTime(savedAt) })}
      {(state === 'saving' || state === 'waiting') && text('forms.saving')}
      {state === 'failed' && text('forms.notSaved')}
    </span>
  )
}
