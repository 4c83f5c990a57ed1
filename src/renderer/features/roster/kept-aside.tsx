import { Button, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { asideShown, type SetAside } from '#shared/roster/contract.ts'
import { Section } from './section.tsx'

/** How much of reported computers is kept aside, and for who may take lists in, what sort of changes they are. */
export function KeptAside(props: { readonly count: number; readonly canLook: boolean }) {
  const text = useText()
  const [isShown, setIsShown] = useState(false)
  return (
    <Section title={text('roster.asideTitle')}>
      <Text mb="sm">{text('roster.setAside', { count: props.count })}</Text>
      <Text mb="sm">{text('roster.asideHint')}</Text>
      {props.canLook ? (
        <Button variant="default" aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
          {text(isShown ? 'roster.asideHide' : 'roster.asideShow')}
        </Button>
      ) : null}
      {isShown ? <AsideLists /> : null}
    </Section>
  )
}

function AsideLists() {
  const lists = useCall('roster.setAside', {})
  return (
    <>
      <FailureNotice error={lists.error} />
      {lists.data?.map((list, index) => (
        <AsideList key={`${index} ${list.siteName}`} list={list} />
      ))}
    </>
  )
}

const namedKinds = [
  'case',
  'referral',
  'referral_step',
  'case_form',
  'service',
  'service_point',
  'organization',
  'information_session',
  'case_link',
] as const
type NamedKind = (typeof namedKinds)[number]
const isNamed = (kind: string): kind is NamedKind => (namedKinds as readonly string[]).includes(kind)

/** What is kept aside of one computer. */
export function AsideList({ list }: { readonly list: SetAside }) {
  const text = useText()
  const site = list.siteName ?? text('roster.asideUnknown')
  return (
    <>
      <Title order={3} size="h5" mt="md" mb="xs">
        {text('roster.asideOf', { site, count: list.count })}
      </Title>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{text('roster.asideWhat')}</th>
            <th scope="col">{text('roster.asideRow')}</th>
            <th scope="col">{text('roster.asideWritten')}</th>
            <th scope="col">{text('roster.asideKept')}</th>
          </tr>
        </thead>
        <tbody>
          {list.entries.map((e, index) => (
            <tr key={`${index} ${e.row}`}>
              <th scope="row">
                {text(isNamed(e.kind) ? `sync.kinds.${e.kind}` : 'roster.asideOther')}, {text(`roster.asideIs.${e.what}`)}
              </th>
              <td>{e.row}</td>
              <td>{formatInstant(e.writtenAt)}</td>
              <td>{formatInstant(e.keptAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.count > list.entries.length ? <Text size="sm">{text('roster.asideFirst', { count: asideShown })}</Text> : null}
    </>
  )
}
