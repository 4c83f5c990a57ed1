import { Alert, Button, Group, NativeSelect, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { call, useCall } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import { formatInstantDay } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { PaperHead } from '#shared/audit/month-report.ts'
import type { RegisterChecked } from '#shared/audit/contract.ts'
import { PaperSaid } from './month-reports.tsx'

/** Writes this computer's register for another centre, and checks that of another computer. */
export function CarryRegister({ paper }: { readonly paper: PaperHead | undefined }) {
  const text = useText()
  const job = useJob()
  const centres = useCall('sync.centres', {})
  const [site, setSite] = useState('')
  const [doing, setDoing] = useState<'out' | 'check'>('out')
  const [told, setTold] = useState('')
  const [checked, setChecked] = useState<RegisterChecked | null>(null)
  const { error, run: attempt } = useDoing()
  const choices = (centres.data?.centres ?? []).map((c) => ({ value: c.siteCode, label: c.siteName }))
  const chosen = choices.find((c) => c.value === site) ?? choices[0]
  const busy = job.progress !== null

  const run = async (what: typeof doing, work: () => Promise<void>) => {
    setDoing(what)
    setTold('')
    setChecked(null)
    await attempt(work)
    job.end()
  }
  const takeOut = async () => {
    if (!chosen) return
    const { file } = await call('files.choose', { purpose: 'register-export', title: text('audit.takeOutTitle') })
    if (file === null) return
    const { fileName, events } = await call('audit.takeOut', { site: chosen.value, file, job: job.begin() })
    setTold(text('audit.takenOut', { file: fileName, events, site: chosen.label }))
  }
  const check = async () => {
    const { file } = await call('files.choose', { purpose: 'register-import', title: text('audit.checkTitle') })
    if (file !== null) setChecked(await call('audit.check', { file, job: job.begin(), ...(paper ? { paper } : {}) }))
  }

  return (
    <section className="page-card" aria-labelledby="carry">
      <Title order={2} size="h4" mb="xs" id="carry">
        {text('audit.carryTitle')}
      </Title>
      <Text mb="sm">{text('audit.carryWhat')}</Text>
      <Group align="flex-end" mb="sm">
        {choices.length === 0 ? (
          <Text>{text('audit.carryNobody')}</Text>
        ) : (
          <>
            <NativeSelect
              label={text('audit.carryFor')}
              value={chosen?.value ?? ''}
              onChange={(event) => setSite(event.currentTarget.value)}
              data={choices}
            />
            <Button variant="default" disabled={busy} onClick={() => void run('out', takeOut)}>
              {text('audit.takeOut')}
            </Button>
          </>
        )}
        <Button variant="default" disabled={busy} onClick={() => void run('check', check)}>
          {text('audit.check')}
        </Button>
      </Group>
      {busy ? (
        <ProgressNotice
          label={text(doing === 'out' ? 'audit.takingOut' : 'audit.checking')}
          progress={job.progress}
          onCancel={job.cancel}
        />
      ) : null}
      <FailureNotice error={error} />
      <div role="status">
        {told === '' ? null : <Text>{told}</Text>}
        {checked === null ? null : <Verdict checked={checked} />}
      </div>
    </section>
  )
}

const calm: readonly RegisterChecked['verdict'][] = ['goes-on', 'own']

function Verdict({ checked }: { readonly checked: RegisterChecked }) {
  const text = useText()
  const { verdict, head } = checked
  return (
    <Alert
      color={calm.includes(verdict) && (checked.paper ?? 'fits') === 'fits' ? 'forest' : 'amber'}
      variant="light"
      data-verdict={verdict}
    >
      <Text fw={700}>
        {text(`audit.verdicts.${verdict}`, {
          date: head ? formatInstantDay(head.at) : '',
          counter: head?.counter ?? 0,
          seq: head?.seq ?? 0,
        })}
      </Text>
      <Text>
        {text('audit.checkedWhat', {
          site: checked.siteName,
          date: formatInstantDay(checked.takenOutAt),
          events: checked.events,
        })}
      </Text>
      <PaperSaid verdict={checked.paper} />
    </Alert>
  )
}
