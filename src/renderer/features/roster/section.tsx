import { Title } from '@mantine/core'
import { useEffect, useId, useRef, type ReactNode } from 'react'

/** A part of the page; `isStep` gives its heading the focus, so that a step is read from its beginning. */
export function Section(props: { readonly title: string; readonly isStep?: boolean; readonly children: ReactNode }) {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const { isStep = false, title } = props
  useEffect(() => {
    if (isStep) heading.current?.focus()
  }, [isStep, title])
  return (
    <section className="page-card" aria-labelledby={id}>
      <Title order={2} size="h4" mb="xs" id={id} ref={heading} tabIndex={-1} className="page-heading">
        {title}
      </Title>
      {props.children}
    </section>
  )
}
