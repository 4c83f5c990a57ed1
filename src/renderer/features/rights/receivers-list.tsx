import { Button, Text } from '@mantine/core'
import { call, useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { PrintButtons } from '#renderer/features/printing/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { Receiver, Receivers } from '#shared/rights/contract.ts'

/** Who received what and when; those who must hear that the person no longer agrees first have a button. */
export function ReceiversList(props: { readonly caseId: string; readonly receivers: Receivers; readonly editable: boolean }) {
  const text = useText()
  const language = useLanguage()
  const told = useCallMutation('rights.told')
  const { rows } = props.receivers
  const waiting = rows.filter((r) => r.mustBeTold && r.toldOn === null).length
  const concerned = rows.some((r) => r.mustBeTold)
  if (rows.length === 0) return <Text>{text('rights.nobody')}</Text>
  const nameOf = (r: Receiver) => (r.kind === 'centre' ? text('rights.centre', { name: r.name[language] }) : r.name[language])
  return (
    <>
      {concerned && (
        <Text role="status" fw={700} mb="xs">
          {waiting === 0 ? text('rights.allTold') : text('rights.toTell', { count: waiting })}
        </Text>
      )}
      <FailureNotice error={told.error} />
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{text('rights.who')}</th>
            <th scope="col">{text('rights.got')}</th>
            {concerned && <th scope="col">{text('rights.told')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>
                <bdi>{nameOf(row)}</bdi>
                <small className="below">{[row.place, row.phone].filter(Boolean).join(' · ')}</small>
              </td>
              <td>
                <What row={row} />
              </td>
              {concerned && (
                <td>
                  {row.toldOn !== null ? (
                    text('rights.toldOn', { day: formatDay(row.toldOn) })
                  ) : !row.mustBeTold ? (
                    text('rights.notNeeded')
                  ) : props.editable ? (
                    <Button
                      variant="default"
                      size="compact-sm"
                      loading={told.isPending}
                      aria-label={text('rights.tellNowOf', { name: nameOf(row) })}
                      onClick={() => told.mutate({ caseId: props.caseId, receiver: row.key, on: today() })}
                    >
                      {text('rights.tellNow')}
                    </Button>
                  ) : (
                    text('rights.mustTell')
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {waiting > 0 && props.editable && (
        <PrintButtons
          printLabel={text('rights.printCalls')}
          saveLabel={text('rights.saveCalls')}
          print={(to) => call('printing.printCallSheet', { caseId: props.caseId, language, to })}
        />
      )}
    </>
  )
}

function What({ row }: { readonly row: Receiver }) {
  const text = useText()
  if (row.kind === 'centre')
    return (
      <>
        {text('rights.copy', { day: formatDay(row.first) })}
        {row.mustBeTold && <small className="below">{text('rights.copyHint')}</small>}
      </>
    )
  const items = row.items.map((i) => text(`referrals.itemNames.${i}`)).join(', ')
  return (
    <>
      {text('rights.slip', { code: row.code, day: formatDay(row.first) })}
      <small className="below">
        {[
          items === '' ? text('rights.noItems') : text('rights.items', { items }),
          ...(row.printed.length === 0 ? [] : [text('rights.printedOn', { days: row.printed.map(formatDay).join(', ') })]),
        ].join(' · ')}
      </small>
    </>
  )
}
