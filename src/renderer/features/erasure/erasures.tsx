import { Alert, Text, Title } from '@mantine/core'
import { call, useCall } from '#renderer/api/call.ts'
import { usePrinting } from '#renderer/features/printing/index.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ErasureGround, type Certificate } from '#shared/erasure/contract.ts'

/** The certificates of erasure, and at how many centres each is done. */
export function Erasures() {
  const text = useText()
  const language = useLanguage()
  const list = useCall('erasure.list', {})
  const { told, failure, print } = usePrinting(text('erasure.pdfTitle'))
  const rows = list.data ?? []
  return (
    <section className="page-card" aria-labelledby="erasures">
      <Title order={2} size="h4" mb="xs" id="erasures">
        {text('erasure.listTitle')}
      </Title>
      <FailureNotice error={failure ?? list.error} />
      <div role="status">
        {told && (
          <Alert color={told === 'notPrinted' ? 'amber' : 'forest'} mb="sm">
            {text(`erasure.${told}`)}
          </Alert>
        )}
      </div>
      {list.data !== undefined && rows.length === 0 ? <Text c="dimmed">{text('erasure.none')}</Text> : null}
      {rows.some((c) => c.sites.some((s) => !s.confirmed)) ? <Text c="dimmed">{text('erasure.listHint')}</Text> : null}
      {rows.length === 0 ? null : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{text('erasure.certificate')}</th>
              <th scope="col">{text('erasure.caseNumber')}</th>
              <th scope="col">{text('erasure.why')}</th>
              <th scope="col">{text('sync.state')}</th>
              <th scope="col">{text('erasure.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <CertificateRow
                key={row.certificate}
                row={row}
                onPrint={(toPdf) =>
                  void print(toPdf, (to) => call('printing.printCertificate', { certificate: row.certificate, language, to }))
                }
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** What a ground says; one of a newer version says only that it is another. */
export const groundKey = (ground: string) => {
  const known = ErasureGround.options.find((g) => g === ground)
  return known ? (`erasure.grounds.${known}` as const) : ('erasure.groundOther' as const)
}

export function CertificateRow({ row, onPrint }: { readonly row: Certificate; readonly onPrint: (toPdf: boolean) => void }) {
  const text = useText()
  const done = row.sites.filter((s) => s.confirmed).length
  const missing = row.sites.filter((s) => !s.confirmed).map((s) => s.name)
  return (
    <tr>
      <td>
        {row.certificate}
        <br />
        {formatInstant(row.at)}
      </td>
      <td>{row.caseNumber ?? text(row.figuresKept ? 'erasure.anonymised' : 'erasure.elsewhere')}</td>
      <td>
        {text(groundKey(row.ground))}
        {row.by === null ? null : (
          <>
            <br />
            <bdi>{row.by.name}</bdi>
          </>
        )}
      </td>
      <td>
        {row.sites.length === 0 ? null : (
          <>
            <span className="tag" data-tone={missing.length === 0 ? 'forest' : 'amber'}>
              {text('erasure.progress', { done, all: row.sites.length })}
            </span>
            {missing.length === 0 ? null : <Text size="sm">{text('erasure.missing', { sites: missing.join(', ') })}</Text>}
          </>
        )}
      </td>
      <td>
        {row.by === null ? null : (
          <>
            <button
              type="button"
              className="row-button"
              aria-label={text('erasure.print', { certificate: row.certificate })}
              onClick={() => onPrint(false)}
            >
              {text('erasure.printShort')}
            </button>{' '}
            <button
              type="button"
              className="row-button"
              aria-label={text('erasure.pdf', { certificate: row.certificate })}
              onClick={() => onPrint(true)}
            >
              {text('erasure.pdfShort')}
            </button>
          </>
        )}
      </td>
    </tr>
  )
}
