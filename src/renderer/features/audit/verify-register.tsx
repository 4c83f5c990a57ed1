import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useJob } from '#renderer/api/job.ts'
import { useDoing } from '#renderer/api/use-doing.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ProgressNotice } from '#renderer/ui/progress-notice.tsx'
import type { PaperHead } from '#shared/audit/month-report.ts'
import type { CallOutput } from '#shared/contract.ts'
import { PaperSaid } from './month-reports.tsx'

/** Recomputes the register of actions and says whether it is whole. */
export function VerifyRegister({ paper }: { readonly paper: PaperHead | undefined }) {
  const text = useText()
  const job = useJob()
  const [found, setFound] = useState<CallOutput<'audit.verify'> | null>(null)
  const { error, run } = useDoing()
  const busy = job.progress !== null
  const verify = async () => {
    setFound(null)
    await run(async () => setFound(await call('audit.verify', { job: job.begin(), ...(paper ? { paper } : {}) })))
    job.end()
  }
  return (
    <div>
      <Button variant="default" loading={busy} onClick={() => void verify()}>
        {text('audit.verify')}
      </Button>
      {busy ? <ProgressNotice label={text('audit.verifying')} progress={job.progress} onCancel={job.cancel} /> : null}
      <FailureNotice error={error} />
      <div role="status">
        <Text my="sm">
          {found === null
            ? ''
            : found.brokenAt === null
              ? text('audit.verifyGood', { events: found.events })
              : text('audit.verifyBad', { line: found.brokenAt })}
        </Text>
        <PaperSaid verdict={found?.paper ?? null} />
      </div>
    </div>
  )
}
