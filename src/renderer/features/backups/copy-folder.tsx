import { Alert, Button, Group, Text, Title } from '@mantine/core'
import { call, CallFailure, queryClient } from '#renderer/api/call.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import { formatInstantDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { CallOutput } from '#shared/contract.ts'

type Folder = CallOutput<'backups.state'>['folder']

/** The stick or folder that copies go to by themselves: chosen once, there or not, forgotten. */
export function CopyFolder({ folder }: { readonly folder: Folder }) {
  const text = useText()
  const { error, run: doing } = useDoing()
  const run = (work: () => Promise<unknown>) =>
    doing(async () => {
      try {
        await work()
      } finally {
        await queryClient.invalidateQueries()
      }
    })
  const choose = () =>
    run(async () => {
      const { file } = await call('files.choose', { purpose: 'copy-folder', title: text('backups.folderChooseTitle') })
      if (file !== null) await call('backups.chooseFolder', { file })
    })
  return (
    <section className="page-card" aria-labelledby="copy-folder">
      <Title order={2} size="h4" mb="xs" id="copy-folder">
        {text('backups.folderTitle')}
      </Title>
      <Text c="dimmed" mb="sm" maw="70ch">
        {text('backups.folderWhat')}
      </Text>
      <div role="status">{folder === null ? null : <FolderState folder={folder} />}</div>
      <Group>
        <Button variant="default" onClick={() => void choose()}>
          {text(folder === null ? 'backups.folderChoose' : 'backups.folderOther')}
        </Button>
        {folder === null ? null : (
          <Button variant="default" onClick={() => void run(() => call('backups.forgetFolder', {}))}>
            {text('backups.folderForget')}
          </Button>
        )}
      </Group>
      <FailureNotice error={error} />
    </section>
  )
}

/** In words: which folder it is, whether it is there, and what stands against a copy there. */
export function FolderState({ folder }: { readonly folder: NonNullable<Folder> }) {
  const text = useText()
  const { path, isThere, sameDisk, failed } = folder
  return (
    <>
      <Text fw={700} style={{ overflowWrap: 'anywhere' }}>
        {path}
      </Text>
      <Text mb="sm" maw="70ch">
        <span className="tag" data-tone={isThere ? 'green' : 'amber'}>
          {text(isThere ? 'backups.folderThere' : 'backups.folderMissing')}
        </span>{' '}
        {text(isThere ? 'backups.folderThereWhat' : 'backups.folderMissingWhat')}
      </Text>
      {sameDisk ? (
        <Alert color="amber" variant="light" mb="sm">
          {text('backups.folderSameDisk')}
        </Alert>
      ) : null}
      {failed === null ? null : (
        <Alert color="brick" variant="light" mb="sm">
          <Text fw={700}>{text('backups.folderFailed', { at: formatInstantDay(failed.at) })}</Text>
          <FailureNotice error={new CallFailure({ code: failed.code, details: failed.details })} />
        </Alert>
      )}
    </>
  )
}
