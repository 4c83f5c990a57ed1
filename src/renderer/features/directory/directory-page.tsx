import { Button } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import type { ServiceRow } from '#shared/directory/contract.ts'
import { CsvImport } from './csv-import.tsx'
import { ServiceSearch } from './service-search.tsx'

/** The directory of services, and its import from a CSV file. */
export function DirectoryPage() {
  const text = useText()
  const may = useMay()
  const [chosen, setChosen] = useState<ServiceRow>()
  const [importing, setImporting] = useState(false)
  return (
    <>
      <PageHeading
        title={text('directory.title')}
        actions={
          may('directory.edit') && (
            <Button variant="default" onClick={() => setImporting(true)}>
              {text('directory.import')}
            </Button>
          )
        }
      />
      {importing && <CsvImport onClose={() => setImporting(false)} />}
      <ServiceSearch chosen={chosen} onChoose={setChosen} />
    </>
  )
}
