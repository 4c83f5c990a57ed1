import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, describe, expect, it } from 'vitest'
import { CallFailure, queryClient } from '#renderer/api/call.ts'
import { nowMs } from '#renderer/api/clock.ts'
import { DeskContext } from '#renderer/api/desk.ts'
import { TextProvider } from '#renderer/i18n/text.tsx'
import type { CallOutput } from '#shared/contract.ts'
import type { Conflict } from '#shared/review/contract.ts'
import type { ErrorCode } from '#shared/result.ts'
import type { AppStatus } from '#shared/security/contract.ts'
import type { CentreStatus, ImportPreview } from '#shared/sync/contract.ts'
import { CentresTable } from './centres-table.tsx'
import { Conflicts } from './conflicts.tsx'
import { ExchangeNotices } from './exchange-notices.tsx'
import { FileRefusal } from './file-outcome.tsx'
import { PreviewFacts } from './import-preview.tsx'

const desk = { status: { user: { roles: ['SUP'] } } as unknown as AppStatus, setStatus: () => undefined, hide: () => undefined }

/** Pages hold links; none is followed here. */
const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() })

/** What a supervisor reads in French, tags taken off, no-break spaces plain. */
const textOf = (page: ReactNode) =>
  renderToStaticMarkup(
    <QueryClientProvider client={queryClient}>
      <TextProvider language="fr">
        <MantineProvider>
          <RouterContextProvider router={router as never}>
            <DeskContext value={desk}>{page}</DeskContext>
          </RouterContextProvider>
        </MantineProvider>
      </TextProvider>
    </QueryClientProvider>,
  )
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/[\u00a0\u202f]/g, ' ')

const ago = (days: number) => new Date(nowMs() - days * 86_400_000).toISOString()
const card = { device: 'd', siteCode: 'BUE', siteName: 'Buéa', words: ['a', 'b', 'c', 'd', 'e', 'f'] }
const centre: CentreStatus = {
  siteCode: 'BUE',
  siteName: 'Buéa',
  devices: [{ card, trustedAt: ago(50), clockOffMinutes: null }],
  lastSent: { at: ago(1), counter: 4, changes: 2 },
  lastReceived: { at: ago(2), counter: 3, changes: 2 },
  theyHaveOursUntil: null,
  unacknowledged: 0,
  partsMissing: false,
  twoHistories: 0,
  registerFault: null,
  refused: [],
}
const tableOf = (changes: Partial<CentreStatus>) =>
  textOf(<CentresTable centres={[{ ...centre, ...changes }]} canExchange onExport={() => undefined} />)

afterEach(() => queryClient.clear())

describe('the exchange page', () => {
  it('says of a centre what is missing and what was refused, and nothing when all is well', () => {
    const well = tableOf({})
    expect(well).toMatch(/À jour/)
    expect(well).not.toMatch(/suite|refusé|en arrière|confirmée|horloge/i)
    const troubled = tableOf({
      partsMissing: true,
      twoHistories: 1,
      registerFault: { fault: 'shorter', counter: 12, at: ago(3) },
      unacknowledged: 1,
      devices: [1, 2].map(() => ({ card, trustedAt: ago(50), clockOffMinutes: -2880 })),
      refused: [
        { at: ago(0), code: 'sync-damaged' },
        { at: ago(0), code: 'sync-already-imported' },
      ],
    })
    for (const told of [
      /2 postes/,
      /avait une suite/,
      /disque a été remis en arrière/,
      /Fichier n° 12, lu le .*registre des actions de ce poste est plus court/,
      /1 nouveauté d’ici n’est pas/,
      /48 heures d’écart/,
    ]) {
      expect(troubled).toMatch(told)
    }
    expect(troubled).toMatch(/Fichier refusé le .* Le fichier est abîmé/)
    expect(troubled).not.toMatch(/déjà été reçu/)
    expect(tableOf({ lastReceived: { at: ago(40), counter: 3, changes: 1 } })).toMatch(/Plus de 30 jours/)
  })

  it.each(['restore', 'clone', 'ack-ahead', 'fork'] as const)('says what to do after %s', (reason) => {
    const status: CallOutput<'sync.centres'> = { renewed: { reason, at: ago(0) }, centres: [], toReview: 2 }
    const told = textOf(<ExchangeNotices status={status} />)
    expect(told).toMatch(/réparez un fichier pour chaque centre et lisez le leur/)
    expect(/faites-la lire de nouveau/.test(told)).toBe(reason === 'clone')
    expect(/échangez de nouveau vos cartes/.test(told)).toBe(reason !== 'clone')
    expect(told).toMatch(/2 fiches ont été changées à deux endroits/)
  })

  it('leads to the cards when a file comes from nobody known, and when neither opens the other’s', () => {
    const told = (code: ErrorCode, details?: { site: string }) =>
      textOf(<FileRefusal error={new CallFailure({ code, details })} />)
    const unknown = told('sync-unknown-sender', { site: 'Buéa' })
    expect(unknown).toMatch(/se dit du centre Buéa/)
    expect(unknown).toMatch(/lisez la carte de ce poste et comparez les six mots/)
    for (const code of ['sync-not-for-you', 'sync-for-old-key'] as const)
      expect(told(code)).toMatch(/n’ouvre pas le vôtre non plus.*échangez de nouveau vos cartes et comparez les six mots/)
  })

  it('leaves zeros out of a preview and tells the note and what will be left aside', () => {
    const preview: ImportPreview = {
      previewId: 'p',
      fromSite: 'Buéa',
      fileCounter: 3,
      createdAt: ago(1),
      people: 2,
      referrals: 0,
      services: 0,
      newChanges: 5,
      knownChanges: 0,
      oldestChange: null,
      newestChange: null,
      clockOffMinutes: null,
      note: 'Deuxième clé demain',
      unknownWriters: 1,
      twoHistories: 1,
      apart: 1,
      setAside: 0,
      toFormerKey: false,
      waiting: 0,
      fromNewer: 0,
      ownAhead: true,
      more: false,
    }
    const told = textOf(<PreviewFacts preview={preview} />)
    expect(told).toMatch(/Personnes\s+2\s/)
    expect(told).not.toMatch(/Orientations|Services|Déjà connues|avait une suite/)
    for (const shown of [
      /Deuxième clé demain/,
      /Un poste que vous ne connaissez pas/,
      /n’a plus/,
      /Les deux sont gardées/,
      /n’est pas dans ce fichier/,
    ])
      expect(told).toMatch(shown)
  })

  it('shows the values to decide between in words, with who, where and a doubtful clock', () => {
    const said = { at: ago(1), site: 'Buéa' }
    const conflict: Conflict = {
      kind: 'referral',
      row: 'r',
      caseId: 'c',
      title: '2KE6Q5XC9',
      fields: ['status', 'consent_given'],
      whole: true,
      candidates: [
        { ...said, change: null, values: { status: 'served', consent_given: 'yes' }, by: 'Ewane', clockWrong: false },
        { ...said, change: { writer: 2, seq: 9 }, values: { status: 'withdrawn' }, by: '', clockWrong: true },
      ],
    }
    queryClient.setQueryData(['review.list', {}], [conflict])
    queryClient.setQueryData(['forms.profile', {}], {
      format: 1,
      id: 'f',
      version: '1',
      title: {},
      languages: [],
      defaultLanguage: 'fr',
      survey: [],
      choices: {},
    })
    const told = textOf(<Conflicts />)
    for (const shown of [
      /Orientation\s+2KE6-Q5XC-9/,
      /Accord de la personne/,
      /service rendu\s+oui\s+Ewane, Buéa/,
      /accord retiré\s+\(pas changé\)\s+Une personne de Buéa/,
      /Horloge fausse/,
    ])
      expect(told).toMatch(shown)
    expect(told.match(/Garder cette valeur/g)).toHaveLength(2)
  })
})
