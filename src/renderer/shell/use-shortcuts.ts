import { useEffect, useRef } from 'react'

export interface Shortcuts {
  /** Ctrl+K */
  readonly search: () => void
  /** F9, also while a window or a menu is open. */
  readonly hide: () => void
  /** Ctrl+L */
  readonly lock: () => void
  /** Alt+1 to Alt+9, counted from 0. */
  readonly page: (index: number) => void
  /** F1, or ? outside of fields. */
  readonly help: () => void
}

const writes = (target: EventTarget | null) =>
  target instanceof Element && target.matches('input:not([type=radio], [type=checkbox]), textarea, select')

/** The keyboard's ways through the application; digits by their place, since AZERTY writes them with Shift. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts)
  useEffect(() => {
    current.current = shortcuts
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase()
      const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
      if (event.ctrlKey && !event.altKey && !event.shiftKey && key === 'k') current.current.search()
      else if (event.ctrlKey && !event.altKey && !event.shiftKey && key === 'l') current.current.lock()
      else if (event.altKey && !event.ctrlKey && !event.shiftKey && digit !== undefined) current.current.page(Number(digit) - 1)
      else if (event.key === 'F9') current.current.hide()
      else if (event.key === 'F1' || (event.key === '?' && !event.ctrlKey && !event.altKey && !writes(event.target)))
        current.current.help()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])
}
