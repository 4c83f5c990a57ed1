import { Alert, Button, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { focusField } from '#renderer/features/security/index.ts'
import { formatInstant } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Corrections } from '#renderer/ui/corrections.tsx'
import { Facts } from '#renderer/ui/facts.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { KeptCopy } from '#shared/backups/contract.ts'
import type { CallOutput } from '#shared/contract.ts'
import { ChooseCopy } from './choose-copy.tsx'
import { choiceCorrections, keyOf, noChoice, sourceOf } from './copy-choice.ts'

/** Reads a copy to its end and says what is in it; with a password or the paper code it rehearses the day on which it is needed. */
export function CheckCopy({ copies }: { readonly copies: readonly KeptCopy[] }) {
  const text = useText()
  const job = useJob()
  const [choice, setChoice] = useState({ ...noChoice, way: 'own' as const, copy: copies[0]?.id ?? '' } as typeof noChoice)
  const [refusals, setRefusals] = useState(0)
  const [found, setFound] = useState<CallOutput<'backups.check'> | null>(null)
  const [error, setError] = useState<unknown>(null)
  const corrections = choiceCorrections(choice, text)
  const check = async () => {
    const source = sourceOf(choice)
    setFound(null)
    setError(null)
    if (corrections.length > 0 || source === undefined) return setRefusals(refusals + 1)
    try {
      setFound(await call('backups.check', { source, key: keyOf(choice), job: job.begin() }))
      setChoice((before) => ({ ...before, password: '', code: '' }))
      setRefusals(0)
    } catch (thrown) {
      setError(thrown)
    }
    job.end()
  }
  return (
    <section className="page-card" aria-labelledby="check-copy">
      <Title order={2} size="h4" mb="xs" id="check-copy">
        {text('backups.checkTitle')}
      </Title>
      <Text c="dimmed" mb="sm" maw="70ch">
        {text('backups.checkWhat')}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (job.progress === null) void check()
        }}
      >
        {refusals > 0 && corrections.length > 0 && (
          <Corrections
            title={text('forms.toCorrect', { count: corrections.length })}
            corrections={corrections}
            onGo={focusField}
            takeFocus={refusals}
          />
        )}
        <ChooseCopy
          copies={copies}
          ways={['own', 'password', 'paper']}
          choice={choice}
          onChange={(part) => setChoice((before) => ({ ...before, ...part }))}
          faultOf={(field) => (refusals > 0 ? corrections.find((c) => c.field === field)?.message : undefined)}
        />
        {job.progress === null ? (
          <Button type="submit" variant="default">
            {text('backups.check')}
          </Button>
        ) : (
          <ProgressNotice label={text('backups.checking')} progress={job.progress} unit="bytes" onCancel={job.cancel} />
        )}
      </form>
      <FailureNotice error={error} />
      <div role="status">
        {found === null ? null : (
          <Alert color="forest" variant="light" mt="sm">
            <Text fw={700}>{text('backups.checked')}</Text>
            {found.ownDesk ? null : <Text>{text('backups.otherDesk')}</Text>}
            <Facts
              rows={[
                [text('backups.checkedPlace'), found.siteName],
                [text('backups.checkedUntil'), formatInstant(found.until)],
                [text('backups.checkedCases'), found.cases ?? undefined],
              ]}
            />
          </Alert>
        )}
      </div>
    </section>
  )
}
