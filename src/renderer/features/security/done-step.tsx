import { Button, Text } from '@mantine/core'
import { useText } from '#renderer/i18n/text.tsx'

/** The end of first run. */
export function DoneStep(props: { readonly onStart: () => void }) {
  const text = useText()
  return (
    <>
      <Text mb="md">{text('security.doneText')}</Text>
      <Button onClick={props.onStart}>{text('security.doneStart')}</Button>
    </>
  )
}
