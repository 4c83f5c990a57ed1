import { Button, SimpleGrid, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import { pressed, shownNumber, startOfSum, sumKeys } from './sum.ts'

/** What the window shows after the quick-hide key: a calculator that works, and nothing else. The sign-in is behind it. */
export function NeutralScreen(props: { readonly onBack: () => void }) {
  const text = useText()
  const [sum, setSum] = useState(startOfSum)
  return (
    <main className="desk-screen">
      <div className="desk-card neutral-screen">
        <Title order={1} size="h3" mb="sm">
          {text('screen.neutralTitle')}
        </Title>
        <TextInput aria-label={text('screen.neutralResult')} value={shownNumber(sum)} readOnly mb="sm" />
        <SimpleGrid cols={4} spacing="xs">
          {sumKeys.map((key) => (
            <Button key={key} variant="default" onClick={() => setSum(pressed(sum, key))}>
              {key}
            </Button>
          ))}
        </SimpleGrid>
        <Button variant="subtle" size="compact-sm" mt="md" onClick={props.onBack}>
          {text('screen.neutralBack')}
        </Button>
      </div>
    </main>
  )
}
