import { Button, Group, Paper, Progress, Text } from '@mantine/core'
import { useState } from 'react'
import { nowMs } from '#renderer/api/clock.ts'
import type { JobProgress } from '#renderer/api/job.ts'
import { formatSize } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'

/** A long task: how far it is, how long it may still take (from 10 s on), and the way to stop it (U21). */
export function ProgressNotice(props: {
  readonly label: string
  readonly progress: JobProgress | null
  /** What is counted, if it needs another spelling than a number. */
  readonly unit?: 'bytes'
  readonly onCancel?: () => void
}) {
  const text = useText()
  const [startedMs] = useState(nowMs)
  const { done, total } = props.progress ?? { done: 0, total: 0 }
  const spentMs = nowMs() - startedMs
  const percent = total === 0 ? 100 : Math.min(100, Math.round((done / total) * 100))
  const shown = (count: number) => (props.unit === 'bytes' ? formatSize(count, text) : count)
  const leftMs = total > 0 && done > 0 && spentMs > 10_000 ? (spentMs / done) * (total - done) : undefined
  return (
    <Paper withBorder p="md" my="sm" role="status">
      <Group justify="space-between">
        <Text fw={700}>{props.label}</Text>
        {props.onCancel === undefined ? null : (
          <Button variant="default" size="xs" onClick={props.onCancel}>
            {text('common.stop')}
          </Button>
        )}
      </Group>
      <Progress value={percent} animated={total === 0} my="xs" aria-label={props.label} />
      <Text size="sm">
        {total === 0 ? text('common.progressUnknown') : text('common.progressPart', { done: shown(done), total: shown(total) })}
        {leftMs === undefined ? null : ` · ${text('common.minutesLeft', { minutes: Math.floor(leftMs / 60_000) })}`}
      </Text>
    </Paper>
  )
}
