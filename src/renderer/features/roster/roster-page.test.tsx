import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { queryClient } from '#renderer/api/call.ts'
import { TextProvider } from '#renderer/i18n/text.tsx'
import type { ListedDevice, RosterStatus } from '#shared/roster/contract.ts'
import { shareBytes, shareGroups } from '#shared/sync/paper-share.ts'
import { DevicesTable } from './devices-table.tsx'
import { AsideList } from './kept-aside.tsx'
import { NationalKey } from './national-key.tsx'
import { areWhole, SheetFields } from '#renderer/ui/sheet-fields.tsx'

const textOf = (page: ReactNode, language: 'fr' | 'en' = 'fr') =>
  renderToStaticMarkup(
    <QueryClientProvider client={queryClient}>
      <TextProvider language={language}>
        <MantineProvider>{page}</MantineProvider>
      </TextProvider>
    </QueryClientProvider>,
  )
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/[\u00a0\u202f]/g, ' ')

const nothing = () => undefined
const words = ['baba', 'bebe', 'bibi', 'bobo', 'bubu', 'dada']
const device = (changes: Partial<ListedDevice>): ListedDevice => ({
  card: { device: 'd', siteCode: 'BUE', siteName: 'Buéa', words },
  why: 'list',
  listed: true,
  status: 'active',
  since: '2026-11-24T08:00:00Z',
  reason: null,
  ...changes,
})
const tableOf = (changes: Partial<ListedDevice>, canSign = true) =>
  textOf(<DevicesTable devices={[device(changes)]} canSign={canSign} onRevoke={nothing} />)

describe('the page of computers', () => {
  it('says of each why it is believed, since when, and why not any more', () => {
    expect(tableOf({})).toMatch(/Buéa[\s\S]*baba bebe bibi[\s\S]*bureau national l’a inscrit[\s\S]*En service[\s\S]*24\/11\/2026/)
    expect(tableOf({ why: 'card', listed: false })).toMatch(/six mots ont été comparés ici/)
    expect(tableOf({ why: 'own', listed: false })).toMatch(/C’est ce poste[\s\S]*Pas encore inscrit/)
    expect(tableOf({ status: 'revoked', reason: 'stolen' })).toMatch(/Signalé[\s\S]*volé/)
  })

  it('takes nobody off the list without the open key, nor this computer, nor one twice', () => {
    expect(tableOf({})).toMatch(/Retirer le poste de Buéa/)
    expect(tableOf({}, false)).not.toMatch(/Retirer le poste/)
    expect(tableOf({ why: 'own' })).not.toMatch(/Retirer le poste/)
    expect(tableOf({ status: 'revoked', reason: 'lost' })).not.toMatch(/Retirer le poste/)
  })

  it('tells of a typed sheet which it is, how far it is typed, and in which group a letter is wrong', () => {
    const bytes = new Uint8Array(shareBytes).fill(7)
    bytes[0] = 0x12
    const groups = shareGroups(bytes)
    const told = (first: string) => textOf(<SheetFields sheets={[first, '']} onChange={nothing} />)
    expect(told(groups.slice(0, 3).join(' '))).toMatch(/Feuille n° 2, repère 07070707\. 3 groupes sur 17/)
    const wrong = groups.with(1, `${groups[1]![0] === 'Z' ? 'Y' : 'Z'}${groups[1]!.slice(1)}`)
    expect(told(wrong.slice(0, 3).join(' '))).toMatch(/Le groupe n° 2 \(.....\) n’est pas juste/)
    // one that is being typed is not called wrong
    expect(told(`${groups[0]} ${groups[1]!.slice(0, 3)}`)).not.toMatch(/n’est pas juste/)
    expect(told(groups.join(' '))).toMatch(/La feuille est complète/)
    expect(areWhole([groups.join(''), groups.join('-')])).toBe(true)
    expect(areWhole([groups.join(''), wrong.join('')])).toBe(false)
  })

  it('tells of what is kept aside whose it is, what sort, and when, also of sorts that this version does not know', () => {
    const entry = {
      kind: 'service_point',
      row: 'k7-1',
      what: 'change',
      writtenAt: '2026-11-24T08:00:00Z',
      keptAt: '2026-11-25T08:00:00Z',
    } as const
    const told = textOf(
      <AsideList list={{ siteName: 'Mora', count: 120, entries: [entry, { ...entry, kind: 'household', what: 'other' }] }} />,
    )
    expect(told).toMatch(/Mora\s: 120 changements[\s\S]*Lieu du service, changé[\s\S]*k7-1[\s\S]*24\/11\/2026[\s\S]*25\/11\/2026/)
    expect(told).toMatch(/Autre, autre action/)
    expect(told).toMatch(/Les 100 plus récents/)
    expect(textOf(<AsideList list={{ siteName: null, count: 1, entries: [entry] }} />)).toMatch(/centre inconnu\s: 1 changement/)
  })

  it.each(['fr', 'en'] as const)('offers the key’s next step and nothing else, in %s', (language) => {
    const status: RosterStatus = {
      national: { words, ceremony: '01020304', since: '2026-11-24T08:00:00Z', how: 'words', renewedAt: null },
      recovery: 'known',
      devices: [],
      ownKey: { since: '2026-11-24T08:00:00Z', isOld: false },
      openUntil: null,
      setAside: 0,
    }
    const shown = (changes: Partial<RosterStatus>, canSign = true) =>
      textOf(
        <NationalKey
          status={{ ...status, ...changes }}
          canSign={canSign}
          onCeremony={nothing}
          onOpen={nothing}
          onEnrol={nothing}
          onClosed={nothing}
        />,
        language,
      )
    expect(shown({ national: null })).toMatch(/Créer la clé nationale|Make the national key/)
    expect(shown({})).toMatch(/Ouvrir la clé nationale|Open the national key/)
    expect(shown({})).not.toMatch(/Inscrire|on the list/)
    expect(shown({ openUntil: '2026-11-24T08:10:00Z' })).toMatch(/Inscrire un nouveau poste|Put a new computer on the list/)
    expect(shown({ openUntil: '2026-11-24T08:10:00Z' }, false)).not.toMatch(/Inscrire|Put a new/)
  })
})
