import './no-eval.ts'
import '@fontsource/noto-sans/latin-400.css'
import '@fontsource/noto-sans/latin-ext-400.css'
import '@fontsource/noto-sans/latin-700.css'
import '@fontsource/noto-sans/latin-ext-700.css'
import '@mantine/core/styles.css'
import './shell/frame.css'
import './shell/lists-and-cards.css'
import './no-eval.ts'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from '#renderer/api/call.ts'
import { startEvents } from '#renderer/api/events.ts'
import { DeskGate } from '#renderer/shell/desk-gate.tsx'
import { theme } from './theme.ts'
import { styleNonce, ThemeVariables } from './theme-variables.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('page without root')

startEvents()
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      getStyleNonce={styleNonce}
      forceColorScheme="light"
      withCssVariables={false}
      withGlobalClasses={false}
      deduplicateInlineStyles
    >
      <ThemeVariables />
      <QueryClientProvider client={queryClient}>
        <DeskGate />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
