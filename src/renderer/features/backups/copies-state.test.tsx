import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { nowMs } from '#renderer/api/clock.ts'
import { TextProvider } from '#renderer/i18n/text.tsx'
import type { CallOutput } from '#shared/contract.ts'
import { CopiesState } from './copies-state.tsx'

const daysAgo = (days: number) => new Date(nowMs() - days * 86_400_000).toISOString()
const textOf = (state: Partial<CallOutput<'backups.state'>>) =>
  renderToStaticMarkup(
    <TextProvider language="fr">
      <MantineProvider>
        <CopiesState state={{ here: null, outside: null, failed: null, copies: [], folder: null, ...state }} />
      </MantineProvider>
    </TextProvider>,
  )
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/[\u00a0\u202f]/g, ' ')

describe('how the copies stand, in words', () => {
  it('without any, everything would be lost', () => {
    const said = textOf({})
    expect(said).toContain('Aucune copie n’est encore sortie')
    expect(said).toContain('Tout ce que ce poste garde serait perdu')
    expect(said.match(/À faire maintenant/g)).toHaveLength(2)
  })

  it('with one outside, what was changed since; late ones say so', () => {
    const said = textOf({
      here: { at: daysAgo(9), changesSince: 40 },
      outside: { at: daysAgo(20), changesSince: 1 },
    })
    expect(said).toContain('1 changement fait ici depuis cette copie serait perdu')
    expect([said.match(/À faire maintenant/g)?.length, said.match(/À refaire bientôt/g)?.length]).toEqual([1, 1])
    expect(said).toContain('il y a 20 jours')
  })

  it('a copy of the day that failed says why and what to do', () => {
    const failed = { at: daysAgo(1), code: 'disk-full' as const, details: { neededBytes: 5_000_000, freeBytes: 1_000_000 } }
    const said = textOf({ failed })
    expect(said).toContain('n’a pas pu se faire')
    expect(said).toContain('il faut 5 Mo, il reste 1 Mo')
    expect(said).toContain('Libérez de la place')
  })
})
