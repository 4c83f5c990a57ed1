import { Group, Text, Title } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'

/** The heading of a page: takes the focus when the page opens, so that a screen reader says where one is. `actions` stand beside it. */
export function PageHeading(props: { readonly title: string; readonly explanation?: string; readonly actions?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <Group justify="space-between" align="flex-start" mb="md">
      <div>
        <Title order={1} size="h2" ref={heading} tabIndex={-1} className="page-heading">
          {props.title}
        </Title>
        {props.explanation === undefined ? null : (
          <Text c="dimmed" maw="70ch">
            {props.explanation}
          </Text>
        )}
      </div>
      {props.actions === undefined ? null : <Group gap="sm">{props.actions}</Group>}
    </Group>
  )
}
