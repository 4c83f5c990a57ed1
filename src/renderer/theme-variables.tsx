import { convertCssVariables, defaultCssVariablesResolver, useMantineTheme } from '@mantine/core'
import type { ConvertCSSVariablesInput } from '@mantine/core'

/** The nonce that the shell wrote into the page for this start. */
export function styleNonce(): string {
  return document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
}

/**
 * The theme as CSS variables.
 *
 * Takes the place of Mantine's own style tag, which is filled through innerHTML: the page's policy has no trusted type (S04).
 */
export function ThemeVariables() {
  const theme = useMantineTheme()
  const resolved = defaultCssVariablesResolver(theme)
  // small grey letters must still reach 4.5:1 (U11)
  const light = {
    ...resolved.light,
    '--mantine-color-dimmed': theme.colors.gray?.[6] ?? '',
    '--mantine-color-placeholder': theme.colors.gray?.[5] ?? '',
    '--mantine-color-error': theme.colors.brick?.[6] ?? '',
  }
  // twice :root: React puts this sheet before Mantine's own, whose defaults must not win
  const css = convertCssVariables({ ...resolved, light } satisfies ConvertCSSVariablesInput, ':root:root')
  return (
    <style href="theme-variables" precedence="high" nonce={styleNonce()}>
      {css}
    </style>
  )
}
