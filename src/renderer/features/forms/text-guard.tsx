import { Alert } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { call } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { TextFinding } from '#shared/forms/text-findings.ts'

/**
 * Looks at a free text before it is saved: the first save of a text that holds what should not stand there shows a warning, the second saves
 * it as it is. A text that cannot be looked at is saved.
 */
export function useTextGuard(caseId: string): {
  readonly warning: ReactNode
  readonly guard: (written: string, save: () => void) => Promise<void>
} {
  const text = useText()
  const [warned, setWarned] = useState<{ readonly written: string; readonly findings: readonly TextFinding[] }>()
  const guard = async (written: string, save: () => void) => {
    if (written.trim() !== '' && warned?.written !== written) {
      const { findings } = await call('cases.lookAtText', { caseId, written }).catch(() => ({ findings: [] as TextFinding[] }))
      setWarned({ written, findings })
      if (findings.length > 0) return
    }
    save()
  }
  const findings = warned?.findings ?? []
  const warning = (
    <div role="status">
      {findings.length > 0 && (
        <Alert color="amber" title={text('forms.guardTitle')}>
          {text('forms.guardHolds', { findings: findings.map((f) => text(`forms.findings.${f}`)).join(', ') })}{' '}
          {text('forms.guardAgain')}
        </Alert>
      )}
    </div>
  )
  return { warning, guard }
}
