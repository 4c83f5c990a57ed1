import { Group, Text, Title } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'

/**
 * The focus goes to the page's heading when the page opens, so that a screen reader says where one is and no focus is lost.
 *
 * `elsewhere` leaves it to the page; a new `turn` (a step done, another search) brings it back to the heading.
 */
export function usePageFocus(elsewhere = false, turn = ''): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!elsewhere) heading.current?.focus({ preventScroll: true })
  }, [turn])
  return heading
}

/** The heading of a page: takes the focus when the page opens. `actions` stand beside it; see usePageFocus for `turn`. */
export function PageHeading(props: {
  readonly title: string
  readonly explanation?: string
  readonly actions?: ReactNode
  readonly turn?: string
}) {
  const heading = usePageFocus(false, props.turn)
  return (
    <Group justify="space-between" align="flex-start" mb="md">
      <div className="page-title">
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
