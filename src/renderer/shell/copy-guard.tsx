import { useEffect, useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { after } from '#renderer/api/clock.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { router } from '#renderer/routes.tsx'
import { copiedCharactersMax } from '#shared/shell-contract.ts'
import { markedText, mayCopyFrom } from './copied-text.ts'

const shownMs = 10_000

/**
 * Keeps what is marked on a page from the system's clipboard and from other programs: the browser's own copying is always stopped, and
 * what may be copied goes through the clipboard that is cleared (H34, S38). Says so where nothing was copied.
 */
export function CopyGuard() {
  const text = useText()
  const [refused, setRefused] = useState(0)
  useEffect(() => {
    const refuse = () => setRefused((times) => times + 1)
    const copied = (event: ClipboardEvent) => {
      event.preventDefault()
      const marked = markedText(event.target)
      if (marked === '') return
      if (!mayCopyFrom(router.state.location.pathname) || marked.length > copiedCharactersMax) refuse()
      else void call('clipboard.copy', { text: marked }).catch(refuse)
    }
    const dragged = (event: DragEvent) => event.preventDefault()
    document.addEventListener('copy', copied)
    document.addEventListener('cut', copied)
    document.addEventListener('dragstart', dragged)
    return () => {
      document.removeEventListener('copy', copied)
      document.removeEventListener('cut', copied)
      document.removeEventListener('dragstart', dragged)
    }
  }, [])
  useEffect(() => (refused === 0 ? undefined : after(shownMs, () => setRefused(0))), [refused])
  return (
    <div role="status" className="copy-notice" hidden={refused === 0}>
      {refused === 0 ? '' : text('shell.notCopied')}
    </div>
  )
}
