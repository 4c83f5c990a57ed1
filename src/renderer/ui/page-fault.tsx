import { Text } from '@mantine/core'
import { LinkButton } from '#renderer/ui/link-button.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { useText } from '#renderer/i18n/text.tsx'

/** Shown when a page broke or does not exist; never the error's own words, which could hold a person's datum. */
export function PageFault() {
  const text = useText()
  return (
    <>
      <PageHeading title={text('shell.faultTitle')} />
      <Text mb="md">{text('shell.faultTodo')}</Text>
      <LinkButton to="/">{text('shell.faultHome')}</LinkButton>
    </>
  )
}
