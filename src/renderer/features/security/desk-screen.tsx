import { Title } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useDesk } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Banners } from '#renderer/ui/banners.tsx'
import { LanguageSwitch } from '#renderer/ui/language-switch.tsx'

/** A screen without pages around it: first run, sign-in, what blocks the desk. Its heading takes the focus when it changes. */
export function DeskScreen(props: {
  readonly title: string
  readonly above?: string | undefined
  readonly keepFocus?: boolean
  readonly children: ReactNode
}) {
  const text = useText()
  const { status } = useDesk()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (props.keepFocus !== true) heading.current?.focus({ preventScroll: true })
  }, [props.title, props.keepFocus])
  return (
    <div className="desk-screen">
      <Banners />
      <header className="desk-screen-header">
        <strong className="frame-name">{text('common.appName')}</strong>
        <LanguageSwitch />
      </header>
      <main className="desk-card">
        {props.above === undefined ? null : <p className="desk-above">{props.above}</p>}
        <Title order={1} size="h2" mb="sm" ref={heading} tabIndex={-1} className="page-heading">
          {props.title}
        </Title>
        {props.children}
      </main>
      <footer className="desk-foot">{text('shell.version', { version: status.version })}</footer>
    </div>
  )
}
