import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'

export type SiteFound = CallOutput<'security.sites'>[number]

const shownMax = 8

/** Where this computer stands; department and region tell apart places of the same name. */
export function SiteStep(props: {
  readonly chosen: SiteFound | null
  readonly onChoose: (site: SiteFound) => void
  readonly onBack: () => void
  readonly onDone: () => void
}) {
  const text = useText()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const found = useCall('security.sites', { text: typed })
  const rows = (found.data ?? []).slice(0, shownMax)
  const { chosen } = props
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen === null) setTried(true)
        else props.onDone()
      }}
    >
      <Text c="dimmed" mb="sm">
        {text('security.siteHint')}
      </Text>
      <TextInput
        label={text('security.siteSearch')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={tried && chosen === null ? text('security.siteMissing') : undefined}
        autoComplete="off"
        spellCheck={false}
        mb="xs"
      />
      <FailureNotice error={found.error} />
      <fieldset className="choice-list">
        <legend className="visually-hidden">{text('security.siteResults')}</legend>
        {rows.map((site) => (
          <label key={site.code} className="choice">
            <input
              type="radio"
              name="site"
              value={site.code}
              checked={chosen?.code === site.code}
              onChange={() => props.onChoose(site)}
            />
            <span>
              <strong>{site.name}</strong>{' '}
              <span className="quiet">{text('security.sitePlace', { department: site.department, region: site.region })}</span>
            </span>
          </label>
        ))}
        {found.isSuccess && rows.length === 0 ? <Text role="status">{text('security.siteNone')}</Text> : null}
        {found.isSuccess && found.data.length > shownMax ? (
          <Text size="sm" c="dimmed">
            {text('security.siteMore')}
          </Text>
        ) : null}
      </fieldset>
      <Text role="status" fw={700} mih="1.6em">
        {chosen === null ? '' : text('security.siteChosen', { name: chosen.name, code: chosen.code })}
      </Text>
      <Group justify="space-between" mt="md">
        <Button variant="default" onClick={props.onBack}>
          {text('common.back')}
        </Button>
        <Button type="submit">{text('common.next')}</Button>
      </Group>
    </form>
  )
}
