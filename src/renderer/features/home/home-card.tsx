import { Title } from '@mantine/core'
import { useId } from 'react'
import type { ReactNode } from 'react'

/** One block of the home page: a heading, what counts, and the way to the whole list. */
export function HomeCard(props: {
  readonly title: string
  readonly count: string | undefined
  readonly tone?: 'red' | 'green'
  readonly link: ReactNode
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section className="home-card" aria-labelledby={id}>
      <div className="home-card-head">
        <Title order={2} size="h4" id={id}>
          {props.title}
        </Title>
        {props.count === undefined ? null : (
          <span className="tag" data-tone={props.tone}>
            {props.count}
          </span>
        )}
      </div>
      {props.children}
      <p className="home-card-foot">{props.link}</p>
    </section>
  )
}
