import { useCallback, useState } from 'react'
import type { TextWarning } from '#shared/cases/contract.ts'
import type { Answers } from '#shared/forms/form-definition.ts'

/** What saved texts hold that should not stand there; a save tells of its own answers anew. The list stays the same object while nothing is said. */
export function useTextWarnings(): readonly [readonly TextWarning[], (batch: Answers, found: readonly TextWarning[]) => void] {
  const [warnings, setWarnings] = useState<readonly TextWarning[]>([])
  const saved = useCallback((batch: Answers, found: readonly TextWarning[]) => {
    setWarnings((w) => {
      const others = w.filter(({ question }) => !(question in batch))
      return others.length === w.length && found.length === 0 ? w : [...others, ...found]
    })
  }, [])
  return [warnings, saved]
}
