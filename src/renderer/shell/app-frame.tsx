import { Button, Text } from '@mantine/core'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useDesk, useMay } from '#renderer/api/desk.ts'
import { flushUnsaved } from '#renderer/api/unsaved.ts'
import { MakingCopy } from '#renderer/features/backups/index.ts'
import { SafeScreenButton } from '#renderer/features/screen/index.ts'
import { TrainingMenu } from '#renderer/features/security/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Banners } from '#renderer/ui/banners.tsx'
import { LanguageSwitch } from '#renderer/ui/language-switch.tsx'
import { HelpPanel } from './help-panel.tsx'
import { pages } from './pages.ts'
import { SearchBox } from './search-box.tsx'
import { useActivity } from './use-activity.ts'
import { useKeepFocus } from './use-keep-focus.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** Pages beyond the ninth have no digit. */
const digitKeys = 9

/** The frame around every page of an unlocked desk. */
export function AppFrame() {
  const text = useText()
  const may = useMay()
  const navigate = useNavigate()
  const { status, setStatus, hide } = useDesk()
  const searchField = useRef<HTMLInputElement>(null)
  const main = useRef<HTMLElement>(null)
  const canSearch = may('case.search') || may('referral.read')
  const [helping, setHelping] = useState(false)
  const lock = (why: 'user' | 'switch' = 'user') => {
    // the last keystrokes first (U2)
    void flushUnsaved()
      .then(() => call('security.lock', { why }))
      .then(setStatus, () => undefined)
  }
  const offered = (page: (typeof pages)[number]) => page.permission === null || may(page.permission)
  useActivity()
  useKeepFocus()
  useShortcuts({
    help: () => setHelping(true),
    hide,
    lock: () => lock(),
    search: () => searchField.current?.select(),
    page: (index) => {
      const page = pages[index]
      if (page !== undefined && offered(page)) void navigate({ to: page.to })
    },
  })
  return (
    <div className="frame">
      <a
        className="skip-link"
        href="#content"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {text('shell.skip')}
      </a>
      <Banners />
      <header className="frame-header">
        <Text fw={700} className="frame-name">
          {text('common.appName')}
        </Text>
        <div className="frame-place">
          <span>{status.site?.name}</span>
          <Link to="/account" className="frame-user plain-link" title={text('shell.account')}>
            {status.user?.name}
          </Link>
        </div>
        {canSearch ? <SearchBox fieldRef={searchField} /> : <span className="search-box" />}
        <LanguageSwitch />
        <SafeScreenButton />
        <Button variant="default" size="xs" onClick={() => setHelping(true)} aria-keyshortcuts="F1">
          {text('shell.help')}
        </Button>
        <Button variant="default" size="xs" onClick={() => lock('switch')} title={text('shell.switchHint')}>
          {text('shell.switch')}
        </Button>
        <Button variant="default" size="xs" onClick={() => lock()} title={text('shell.lockHint')} aria-keyshortcuts="Control+L">
          {text('shell.lock')}
        </Button>
      </header>
      <nav className="frame-nav" aria-label={text('shell.navigation')}>
        <ul>
          {pages.map((page, index) =>
            offered(page) ? (
              <li key={page.to}>
                <Link
                  to={page.to}
                  activeOptions={{ exact: page.to === '/', includeSearch: false }}
                  activeProps={{ 'aria-current': 'page' }}
                  aria-keyshortcuts={index < digitKeys ? `Alt+${index + 1}` : undefined}
                >
                  {text(page.name)}
                  {index < digitKeys && <kbd aria-hidden="true">{text('shell.shortcut', { key: index + 1 })}</kbd>}
                </Link>
              </li>
            ) : null,
          )}
        </ul>
        <div className="frame-foot">
          <TrainingMenu />
          <MakingCopy />
          <Text size="xs" c="dimmed">
            {text('shell.version', { version: status.version })}
          </Text>
        </div>
      </nav>
      <main id="content" className="frame-main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <HelpPanel opened={helping} onClose={() => setHelping(false)} />
    </div>
  )
}
