import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { readCard } from '#main/centre/crypto/device-identity.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import { openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'
import { forgedChain, forgedFile, outsideCentre, trustOutside, type ForgedEntry, type OutsideCentre } from './outside-centre.ts'

/** The mailbox that the outside centre writes into. */
export const mailbox = 'mbx:MOR:BUE'

/** A person that it hands over, an organisation of the directory, and a later change of the person. */
export const person: ForgedEntry = {
  k: 'case',
  r: 'mwmwmwmw-1',
  p: {
    number: 'MOR-26-00001-1',
    status: 'active',
    registered_on: '2026-11-20',
    form_version: '1',
    origin_site: 'MOR',
    a_given_names: 'Halima',
  },
}
export const service: ForgedEntry = {
  k: 'organization',
  r: 'mwmwmwmw-7',
  p: { name_fr: 'Essai', name_en: 'Trial', org_type: 'ngo' },
}
export const renamed: ForgedEntry = { k: 'case', r: person.r, o: 'u', p: { a_given_names: 'Hadidja' }, t: '0mib4k2b0-00' }

/** The file that every scene begins with. */
export const firstFileId = 'f'.repeat(32)

/** The erasure of a row's content. */
export const erasure = (k: string, r: string): ForgedEntry => ({ k, r, o: 'x', payload: '{"x":{"c":"EFF-1","g":"request"}}' })

export interface Scene {
  readonly buea: TestCentre
  readonly mora: OutsideCentre
  readonly to: { readonly device: string; readonly age: string }
  /** Preview's code, or import's when the preview went through, with where it was said. */
  tried(file: Uint8Array): Promise<string>
}

/** Buéa trusts an outside Mora and has taken in one person and one organisation from it. */
export async function scene(): Promise<Scene> {
  const buea = await openTestCentre({ site: 'BUE', seed: 22 })
  const mora = await outsideCentre('MOR', 'm', 5)
  await trustOutside(buea, mora)
  const card = path.join(buea.folder, 'own.psrlcard')
  await buea.get('sync.saveOwnCard', { file: buea.token(card) })
  const to = readCard(readFileSync(card))
  let written = 0
  const tried = async (file: Uint8Array): Promise<string> => {
    written += 1
    const name = path.join(buea.folder, `forged-${written}.age`)
    writeFileSync(name, file)
    const preview = await buea.ask('sync.preview', { file: buea.token(name), job: 'p' })
    if (!preview.ok) return preview.error.code
    const code = await buea.refusal('sync.import', { previewId: preview.value.previewId, job: 'i' })
    return `import: ${code}`
  }
  const chains = [forgedChain(mora, 'nat', [service]), forgedChain(mora, mailbox, [person])]
  const first = await forgedFile(mora, to, chains, { file_id: firstFileId })
  expect(await tried(first)).toBe('import: accepted')
  return { buea, mora, to, tried }
}

/** Tries each file and tells its code; the database must be equal after every one. */
export async function codesOf(
  { buea, tried }: Scene,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<Record<string, string>> {
  const before = await databaseDump(buea)
  const codes: Record<string, string> = {}
  for (const [name, file] of Object.entries(files)) {
    codes[name] = await tried(file)
    expect(`${name}: ${String((await databaseDump(buea)) === before)}`).toBe(`${name}: true`)
  }
  return codes
}
