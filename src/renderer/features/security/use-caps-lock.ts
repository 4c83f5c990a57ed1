import { useState } from 'react'
import type { KeyboardEvent } from 'react'

/** Whether capitals are locked, as far as the last key told: a password typed in capitals looks right and is wrong. */
export function useCapsLock(): { readonly on: boolean; readonly onKey: (event: KeyboardEvent) => void } {
  const [on, setOn] = useState(false)
  return { on, onKey: (event) => setOn(event.getModifierState('CapsLock')) }
}
