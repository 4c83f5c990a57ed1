import { Text } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { FileEntry } from '#shared/sync/contract.ts'
import { outcomeInWords } from './file-outcome.tsx'
import { some } from './import-preview.tsx'

const filesShown = 20

/** The last files sent and received, with the way to take an import back as a whole. */
export function FilesList({ canExchange }: { readonly canExchange: boolean }) {
  const text = useText()
  const files = useCall('sync.files', { limit: filesShown })
  const [asked, setAsked] = useState<FileEntry | null>(null)
  const [told, setTold] = useState('')
  const undo = useCallMutation('sync.undoImport', ({ changes }) => setTold(text('sync.undone', { count: changes })))
  const take = (file: FileEntry) => {
    setTold('')
    undo.mutate({ importId: file.id }, { onSettled: () => setAsked(null) })
  }
  const rows = files.data ?? []
  return (
    <>
      <FailureNotice error={files.error ?? undo.error} />
      <Text role="status" fw={700}>
        {told}
      </Text>
      {files.data !== undefined && rows.length === 0 ? <Text c="dimmed">{text('sync.filesNone')}</Text> : null}
      {rows.length === 0 ? null : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{text('sync.fileWhen')}</th>
              <th scope="col">{text('sync.file')}</th>
              <th scope="col">{text('sync.newChanges')}</th>
              <th scope="col">{text('sync.outcome')}</th>
              {canExchange ? <th scope="col">{text('sync.actions')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((file) => (
              <tr key={file.id}>
                <td>{formatInstant(file.at)}</td>
                <td>
                  {file.siteName === ''
                    ? text('sync.fileUnknown')
                    : text(file.direction === 'sent' ? 'sync.fileSent' : 'sync.fileReceived', {
                        site: file.siteName,
                        counter: file.counter,
                      })}
                </td>
                <td>{some(file.changes)}</td>
                <td>{outcomeInWords(file.outcome, text)}</td>
                {canExchange ? (
                  <td>
                    {file.undoable ? (
                      <button
                        type="button"
                        className="row-button"
                        aria-label={text('sync.undoFile', { site: file.siteName, counter: file.counter })}
                        onClick={() => setAsked(file)}
                      >
                        {text('sync.undo')}
                      </button>
                    ) : null}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ConfirmDialog
        opened={asked !== null}
        title={text('sync.undoTitle', { site: asked?.siteName ?? '', counter: asked?.counter ?? 0 })}
        message={text('sync.undoMessage')}
        confirmLabel={text('sync.undoNow')}
        danger
        busy={undo.isPending}
        onConfirm={() => {
          if (asked !== null) take(asked)
        }}
        onCancel={() => setAsked(null)}
      />
    </>
  )
}
