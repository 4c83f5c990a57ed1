import { useEffect } from 'react'
import { focusQuestion } from '#renderer/features/forms/index.ts'

const usable = (element: Element) => element.isConnected && !element.matches(':disabled, [data-disabled]')

/**
 * No focus is lost: when what held it goes from the page, its question gets it, else the page's heading; when it was only
 * out of use for a moment (a button while it works), it gets it back. A click beside everything is the user's own will.
 */
export function useKeepFocus(): void {
  useEffect(() => {
    let last: Element | undefined
    let question = ''
    const nothing = () => document.activeElement === null || document.activeElement === document.body
    const came = (event: FocusEvent) => {
      last = event.target instanceof Element ? event.target : undefined
      question = last?.closest('[data-question]')?.getAttribute('data-question') ?? ''
    }
    const left = () => {
      queueMicrotask(() => {
        if (last && usable(last) && nothing()) last = undefined
      })
    }
    const observer = new MutationObserver(() => {
      if (!last || !nothing()) return
      if (usable(last)) {
        if (last instanceof HTMLElement) last.focus({ preventScroll: true })
      } else if (!last.isConnected) {
        last = undefined
        if (question === '' || !focusQuestion(question))
          document.querySelector<HTMLElement>('main .page-heading')?.focus({ preventScroll: true })
      }
    })
    document.addEventListener('focusin', came)
    document.addEventListener('focusout', left)
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled', 'data-disabled'] })
    return () => {
      document.removeEventListener('focusin', came)
      document.removeEventListener('focusout', left)
      observer.disconnect()
    }
  }, [])
}
