import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { TextProvider } from '#renderer/i18n/text.tsx'
import type { Certificate } from '#shared/erasure/contract.ts'
import { CertificateRow } from './erasures.tsx'

const certificate: Certificate = {
  certificate: 'MOR-31-ABCDEF',
  caseNumber: 'MOR-26-000001-25',
  figuresKept: false,
  ground: 'retention-ended',
  at: '2031-11-24T09:00:00Z',
  by: { name: 'Aminatou B.', role: 'SUP' },
  sites: [],
  backupsUntil: '2032-02-22',
}
const shown = (changes: Partial<Certificate>) =>
  renderToStaticMarkup(
    <TextProvider language="fr">
      <MantineProvider>
        <table>
          <tbody>
            <CertificateRow row={{ ...certificate, ...changes }} onPrint={() => undefined} />
          </tbody>
        </table>
      </MantineProvider>
    </TextProvider>,
  )

describe('the list of certificates', () => {
  it('H43 one of a case of which figures stay is printed like the others, and is not called one of another computer', () => {
    for (const row of [shown({}), shown({ caseNumber: null, figuresKept: true })]) {
      expect(row).toContain('Imprimer l’attestation MOR-31-ABCDEF')
      expect(row).not.toContain('sur un autre poste')
    }
    expect(shown({ caseNumber: null, figuresKept: true })).toContain('anonymisé')
  })

  it('one that another computer decided is printed there', () => {
    const row = shown({ caseNumber: null, by: null })
    expect(row).toContain('sur un autre poste')
    expect(row).not.toContain('Imprimer')
  })
})
