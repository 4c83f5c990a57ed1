import { Fragment } from 'react'
import './facts.css'

/** Names and values, one per line; a value of undefined is left out. */
export function Facts(props: { readonly rows: readonly (readonly [name: string, value: string | number | undefined])[] }) {
  return (
    <dl className="facts">
      {props.rows.map(([name, value]) =>
        value === undefined ? null : (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ),
      )}
    </dl>
  )
}
