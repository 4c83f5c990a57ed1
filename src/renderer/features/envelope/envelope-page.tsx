import { Alert, Button, Group, Tabs, Text } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '#renderer/api/desk.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { PageFault } from '#renderer/ui/page-fault.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import type { Envelope } from '#shared/envelope/envelope.ts'
import { Access } from './access.tsx'
import { FitServices } from './fit-services.tsx'
import { OpenNotes } from './open-notes.tsx'
import { PrivateFiles } from './private-files.tsx'
import { TalkCard } from './talk-card.tsx'
import { TalksList } from './talks-list.tsx'
import { useOpenNotes } from './use-open-notes.ts'
import '#renderer/ui/list-table.css'

/** Talks in private: for whoever keeps them; for everybody else there is no such page. */
export function EnvelopePage() {
  const may = useMay()
  return may('envelope.own') ? <Notes /> : <PageFault />
}

function Notes() {
  const text = useText()
  const { state, setState, close } = useOpenNotes()
  const [shown, setShown] = useState<Envelope | null>(null)
  if (state?.open !== true) {
    return (
      <>
        <PageHeading title={text('envelope.title')} explanation={text('envelope.explanation')} />
        <OpenNotes onOpen={setState} />
      </>
    )
  }
  return (
    <>
      <PageHeading
        title={text('envelope.title')}
        actions={
          <>
            {state.changedAt !== null && (
              <Text size="sm">{text('envelope.changedAt', { at: formatInstant(state.changedAt) })}</Text>
            )}
            <Button
              onClick={() => {
                setShown(null)
                close()
              }}
            >
              {text('envelope.close')}
            </Button>
          </>
        }
      />
      {state.paperDue && (
        <Alert color="amber" mb="md">
          {text('envelope.paperDue')}
        </Alert>
      )}
      {shown ? (
        <TalkCard envelope={shown} onChange={setShown} onBack={() => setShown(null)} />
      ) : (
        <Tabs defaultValue="talks" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="talks">{text('envelope.talks')}</Tabs.Tab>
            <Tabs.Tab value="services">{text('envelope.fitServices')}</Tabs.Tab>
            <Tabs.Tab value="files">{text('envelope.files')}</Tabs.Tab>
            <Tabs.Tab value="access">{text('envelope.access')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="talks">
            <TalksList onShow={setShown} />
          </Tabs.Panel>
          <Tabs.Panel value="services">
            <FitServices />
          </Tabs.Panel>
          <Tabs.Panel value="files">
            <PrivateFiles onShow={setShown} />
          </Tabs.Panel>
          <Tabs.Panel value="access">
            <Group align="flex-start">
              <Access paperDue={state.paperDue} onState={setState} />
            </Group>
          </Tabs.Panel>
        </Tabs>
      )}
    </>
  )
}
