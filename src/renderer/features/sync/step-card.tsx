import { Title } from '@mantine/core'
import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'

/** One step of an exchange; its heading takes the focus, so that the step is read from its beginning. */
export function StepCard(props: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [props.title])
  return (
    <section className="page-card" aria-labelledby={id}>
      <Title order={2} size="h4" mb="xs" id={id} ref={heading} tabIndex={-1} className="page-heading">
        {props.title}
      </Title>
      {props.children}
    </section>
  )
}
