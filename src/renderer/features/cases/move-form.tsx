import { Alert, Button, List, Text } from '@mantine/core'
import { useState } from 'react'
import { call, useCall } from '#renderer/api/call.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CaseFile, FormMove } from '#shared/cases/contract.ts'

/** A newer version of the form is in use: what would change is shown, and the record follows only when somebody says so. */
export function MoveForm({
  file,
  newer,
  before,
  onMoved,
}: {
  readonly file: CaseFile
  readonly newer: string
  /** What is still being saved. */
  readonly before: () => Promise<unknown>
  readonly onMoved: () => void
}) {
  const text = useText()
  const [opened, setOpened] = useState(false)
  const caseId = file.row.id
  const move = useCall('cases.formMove', { caseId }, opened)
  const { busy, error, run } = useDoing()
  return (
    <Alert color="amber" mb="md" role="note">
      <Text mb="xs">{text('cases.newerForm', { from: file.formVersion, to: newer })}</Text>
      <Button size="xs" variant="default" onClick={() => setOpened(true)}>
        {text('cases.showMove')}
      </Button>
      <FailureNotice error={error ?? move.error} />
      {move.data && (
        <ConfirmDialog
          opened={opened}
          title={text('cases.moveTitle', { to: move.data.to })}
          message={<MoveShown move={move.data} />}
          confirmLabel={text('cases.move', { to: move.data.to })}
          busy={busy}
          onCancel={() => setOpened(false)}
          onConfirm={() =>
            void run(async () => {
              await before()
              await call('cases.moveForm', { caseId, to: newer })
              setOpened(false)
              onMoved()
            })
          }
        />
      )}
    </Alert>
  )
}

function MoveShown({ move }: { readonly move: FormMove }) {
  const text = useText()
  const language = useLanguage()
  return (
    <>
      <Text mb="xs">{text('cases.moveKeeps', { aside: move.aside, added: move.added })}</Text>
      {move.changes[language].length > 0 && (
        <List size="sm" className="form-changes">
          {move.changes[language].map((change) => (
            <List.Item key={change}>{change}</List.Item>
          ))}
        </List>
      )}
    </>
  )
}
