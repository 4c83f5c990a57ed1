import { RouterProvider } from '@tanstack/react-router'
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { call, queryClient } from '#renderer/api/call.ts'
import { DeskContext } from '#renderer/api/desk.ts'
import { onEvent } from '#renderer/api/events.ts'
import { flushUnsaved } from '#renderer/api/unsaved.ts'
import { RestoreScreen } from '#renderer/features/backups/index.ts'
import { NeutralScreen } from '#renderer/features/screen/index.ts'
import { BlockedScreen, FirstRun, LockScreen, UndertakingScreen } from '#renderer/features/security/index.ts'
import { TextProvider } from '#renderer/i18n/text.tsx'
import { router } from '#renderer/routes.tsx'
import { assertNever } from '#shared/assert.ts'
import type { AppStatus } from '#shared/security/contract.ts'
import { CopyGuard } from './copy-guard.tsx'
import { StartingScreen } from './starting-screen.tsx'

function shownFor(status: AppStatus, onRestore: () => void): ReactNode {
  switch (status.phase) {
    case 'first-run':
      return <FirstRun onRestore={onRestore} />
    case 'locked':
      return <LockScreen onRestore={onRestore} />
    case 'blocked':
      return <BlockedScreen onRestore={onRestore} />
    case 'unlocked':
      if (status.undertakingDue === true) return <UndertakingScreen />
      // another user or the exercise: nothing of the former pages stays
      return <RouterProvider key={`${status.mode} ${status.user?.id ?? ''}`} router={router} />
    default:
      return assertNever(status.phase)
  }
}

/** Decides what the desk may show: first run, lock screen, what blocks it, or the pages. Nothing personal stays once locked (U22). */
export function DeskGate() {
  const [status, setShown] = useState<AppStatus | null>(null)
  const lastSession = useRef<string | null>(null)
  /** The quick-hide screen is over everything until somebody asks for the sign-in. */
  const [covered, setCovered] = useState(false)
  const [leaving, setLeaving] = useState(false)
  /** A copy is being put back, in place of the sign-in. */
  const [restoring, setRestoring] = useState(false)
  const [asked, setAsked] = useState(0)
  const [failed, setFailed] = useState(false)

  const setStatus = useCallback((next: AppStatus) => {
    if (next.phase === 'unlocked') {
      const session = `${next.mode} ${next.user?.id ?? ''}`
      // the same user comes back to the page left (U22); anybody else starts from the home page
      if (lastSession.current !== session && (lastSession.current !== null || next.resumed !== true)) {
        queryClient.clear()
        void router.navigate({ to: '/' })
      }
      lastSession.current = session
      setCovered(false)
    } else {
      queryClient.clear()
      if (next.hidden === true) setCovered(true)
      // the shell loads the page anew: until then there is nothing to see, nor anything to type into (S45)
      if (lastSession.current !== null) setLeaving(true)
    }
    setShown(next)
  }, [])

  const hide = useCallback(() => {
    // first the last keystrokes, which the covered pages would take with them (U2)
    const flushed = flushUnsaved()
    setCovered(true)
    void flushed.then(() => call('security.lock', { why: 'hide' })).then(setStatus, () => undefined)
  }, [setStatus])
  const isLocked = status?.phase === 'locked'
  useEffect(() => {
    if (!isLocked || covered) return undefined
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'F9') hide()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [isLocked, covered, hide])

  useEffect(() => onEvent('status', setStatus), [setStatus])
  useEffect(() => {
    call('security.status', {}).then(setStatus, () => setFailed(true))
  }, [asked, setStatus])
  useEffect(() => {
    document.documentElement.lang = status?.language ?? 'fr'
  }, [status?.language])

  const desk = useMemo(() => (status === null ? null : { status, setStatus, hide }), [status, setStatus, hide])
  if (desk === null) {
    return (
      <TextProvider language="fr">
        <StartingScreen
          failed={failed}
          onRetry={() => {
            setFailed(false)
            setAsked(asked + 1)
          }}
        />
      </TextProvider>
    )
  }
  return (
    <TextProvider language={desk.status.language}>
      <DeskContext value={desk}>
        {!covered && <CopyGuard />}
        <Suspense>
          {covered ? (
            // an open desk is never behind this: only the sign-in
            <NeutralScreen onBack={() => setCovered(desk.status.phase === 'unlocked')} />
          ) : leaving ? (
            <main />
          ) : restoring ? (
            <RestoreScreen onClose={() => setRestoring(false)} />
          ) : (
            shownFor(desk.status, () => setRestoring(true))
          )}
        </Suspense>
      </DeskContext>
    </TextProvider>
  )
}
