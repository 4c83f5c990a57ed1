import { Title } from '@mantine/core'
import { useId } from 'react'
import type { ReactNode } from 'react'

/** One block of the home page: a heading, what counts, and the way to the whole list. */
export function HomeCard(props: {
  readonly title: string
  /** How many, in words: itself the way to the list when it is a link. */
  readonly count?: ReactNode
  readonly tone?: 'red' | 'green' | 'amber'
  readonly link?: ReactNode
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
      {props.link === undefined ? null : <p className="home-card-foot">{props.link}</p>}
    </section>
  )
}
