import { createTheme } from '@mantine/core'
import type { MantineColorsTuple } from '@mantine/core'

// steps 6 to 9 reach 4.5:1 on white and under white text; steps 0 and 1 carry text of steps 8 and 9
const forest: MantineColorsTuple = [
  '#eef7f3', '#d9ece4', '#b3d9c9', '#86c1aa', '#55a487', '#2f8567', '#1f6f54', '#195b45', '#134736', '#0c3226',
] // prettier-ignore
const brick: MantineColorsTuple = [
  '#fdf1ee', '#fbe0da', '#f4bfb4', '#e99786', '#dc6b55', '#c4432b', '#b03320', '#962817', '#78200f', '#57160a',
] // prettier-ignore
const amber: MantineColorsTuple = [
  '#fff7e3', '#fdebc0', '#f9d688', '#efba4a', '#d7961b', '#a86e0a', '#8a5a06', '#734a04', '#5b3a03', '#402902',
] // prettier-ignore
const slate: MantineColorsTuple = [
  '#f6f7f6', '#eceeed', '#d9dedb', '#bfc7c3', '#9aa5a0', '#74807a', '#56625c', '#414c47', '#2c3531', '#1a211e',
] // prettier-ignore

/** Colours, letters and sizes: contrast of text 4.5:1 or more (U11); readable at 1366x768. */
export const theme = createTheme({
  colors: { forest, brick, amber, red: brick, gray: slate },
  primaryColor: 'forest',
  primaryShade: 6,
  autoContrast: true,
  luminanceThreshold: 0.3,
  black: '#1a211e',
  defaultRadius: 'sm',
  fontFamily: "'Noto Sans', system-ui, sans-serif",
  headings: { fontFamily: "'Noto Sans', system-ui, sans-serif", fontWeight: '700' },
  cursorType: 'pointer',
  focusRing: 'auto',
  // locking the scroll would put a style tag without our nonce into the page
  components: { Modal: { defaultProps: { lockScroll: false } } },
})
