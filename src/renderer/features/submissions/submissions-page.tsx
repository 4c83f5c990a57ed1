import { useText } from '#renderer/i18n/text.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { ImportFiles } from './import-files.tsx'
import { WaitingTable } from './waiting-table.tsx'

/** Interviews that were held on a telephone: taken from their files, then looked at one by one. */
export function SubmissionsPage() {
  const text = useText()
  return (
    <>
      <PageHeading title={text('submissions.title')} explanation={text('submissions.explanation')} />
      <ImportFiles />
      <WaitingTable />
    </>
  )
}
