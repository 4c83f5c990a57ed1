import { Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** Nothing to show: says so, and offers what to do next. */
export function EmptyState(props: { readonly title: string; readonly explanation?: string; readonly action?: ReactNode }) {
  return (
    <Paper withBorder p="lg" ta="center" className="empty-state">
      <Text fw={700}>{props.title}</Text>
      {props.explanation === undefined ? null : (
        <Text c="dimmed" mb="sm">
          {props.explanation}
        </Text>
      )}
      {props.action}
    </Paper>
  )
}
