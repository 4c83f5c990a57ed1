import { useMay } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { Evacuation } from './evacuation.tsx'
import { ScreenSettings } from './screen-settings.tsx'

/** This computer: when it locks and what it shows. */
export function DeskPage() {
  const text = useText()
  const may = useMay()
  return (
    <>
      <PageHeading title={text('desk.title')} explanation={text('desk.explanation')} />
      {may('desk.settings') ? <ScreenSettings /> : null}
      {may('evacuation.start') ? <Evacuation /> : null}
    </>
  )
}
