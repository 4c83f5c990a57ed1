import { Button } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ButtonProps } from '@mantine/core'
import { forwardRef } from 'react'
import type { AnchorHTMLAttributes } from 'react'

type Props = ButtonProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'color' | 'style'>

/** A link to a page that looks like a button: `<LinkButton to="/cases/new">`. */
export const LinkButton = createLink(
  forwardRef<HTMLAnchorElement, Props>(function LinkButton(props, ref) {
    return <Button component="a" ref={ref} {...props} />
  }),
)
