import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { onEvent } from '#renderer/api/events.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { dailyJob } from '#shared/backups/contract.ts'

/** Says that the copy of the day is being made, to whoever comes back meanwhile: what they do is answered after it. */
export function MakingCopy() {
  const text = useText()
  const [making, setMaking] = useState(false)
  useEffect(
    () =>
      onEvent('progress', ({ job, total }) => {
        if (job === dailyJob) setMaking(total === 0)
      }),
    [],
  )
  return (
    <Text size="xs" role="status">
      {making ? text('backups.makingSelf') : ''}
    </Text>
  )
}
