import { Text, Title } from '@mantine/core'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import type { FileVisitor } from '#shared/audit/contract.ts'
import { reasonInWords } from './audit-sentence.ts'
import '#renderer/ui/list-table.css'

/** Who looked at a file, who changed it, and the reasons they gave: one line for each person. */
export function FileVisitors({ visitors }: { readonly visitors: readonly FileVisitor[] }) {
  const text = useText()
  if (visitors.length === 0) return <Text mb="md">{text('audit.visitorsNone')}</Text>
  return (
    <section className="page-card" aria-labelledby="visitors">
      <Title order={2} size="h4" mb="xs" id="visitors">
        {text('audit.visitorsTitle')}
      </Title>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{text('audit.who')}</th>
            <th scope="col">{text('audit.visitorReads')}</th>
            <th scope="col">{text('audit.visitorChanges')}</th>
            <th scope="col">{text('audit.visitorLast')}</th>
            <th scope="col">{text('audit.visitorReasons')}</th>
          </tr>
        </thead>
        <tbody>
          {visitors.map((v) => (
            <tr key={`${v.by} ${v.last}`}>
              <th scope="row">{v.by === '' ? text('audit.unknown') : v.by}</th>
              <td>{v.reads}</td>
              <td>{v.changes}</td>
              <td>{formatInstant(v.last)}</td>
              <td>
                {v.reasons.length === 0 ? text('audit.noReason') : v.reasons.map((r) => reasonInWords(text, r)).join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
