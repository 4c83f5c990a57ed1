import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { FormKeeper } from './form-keeper.ts'
import { useKept } from './use-form-keeper.ts'

/** Why what was typed is not stored, with another try. */
export function NotSaved({ keeper }: { readonly keeper: FormKeeper }) {
  return <FailureNotice error={useKept(keeper, 'failure')} onRetry={() => void keeper.flush()} />
}
