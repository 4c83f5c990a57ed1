import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cardBody, cardText, cardWords, readCard } from '#main/centre/crypto/device-identity.ts'
import { rebuildNational, type NationalSecret } from '#main/centre/crypto/national-key.ts'
import { namedSites } from '#shared/security/site.ts'
import type { DeviceStatement, SignedStatement } from '#shared/sync/roster.ts'
import { cardOf, ceremony, joinNetwork, listOf, openOffice } from '#test/support/national.ts'
import { openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'
import { forgedChain, forgedFile, outsideCentre, type ForgedEntry, type OutsideCentre } from './outside-centre.ts'

/** A named site by its code. */
export const siteOf = (code: string) => namedSites.find((s) => s.code === code)!

/** The national office, a centre that reads, and one on the list that writes whatever it likes. */
export interface RosterScene {
  readonly office: TestCentre
  readonly buea: TestCentre
  /** On the list, and writes whatever it likes. */
  readonly mora: OutsideCentre
  readonly national: NationalSecret
  /** What the list says of Buéa and of Mora. */
  readonly listed: { readonly buea: DeviceStatement; readonly mora: DeviceStatement }
  /** Buéa reads a file of these entries from Mora: the preview's or the import's code. */
  told(entries: readonly ForgedEntry[]): Promise<string>
}

/** Opens the three and puts the two centres on the list. */
export async function rosterScene(): Promise<RosterScene> {
  const office = await openOffice()
  const sheets = await ceremony(office)
  const national = await rebuildNational([sheets[0]!, sheets[1]!])
  const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
  const mora = await outsideCentre('MOR', 'm', 5)
  const card = path.join(office.folder, 'mora.psrlcard')
  writeFileSync(card, cardText(mora.identity, siteOf('MOR')))
  const read = await office.get('roster.readCard', { file: office.token(card) })
  const words = cardWords(cardBody(mora.identity, siteOf('MOR'))).join(' ')
  await office.get('roster.enrol', { previewId: read.previewId, words })
  await joinNetwork(office, buea)
  const list = JSON.parse(readFileSync(await listOf(office), 'utf8')) as { statements: SignedStatement[] }
  const says = list.statements.map((s) => JSON.parse(s.body) as DeviceStatement)
  const find = (device: string) => says.find((s) => s.device === device)!
  const to = readCard(readFileSync(await cardOf(buea)))
  const sent: ForgedEntry[] = []
  let files = 0
  return {
    office,
    buea,
    mora,
    national,
    listed: { buea: find(to.device), mora: find(mora.identity.device) },
    async told(entries) {
      files += 1
      const name = path.join(buea.folder, `forged-${files}.age`)
      const all = [...sent, ...entries]
      writeFileSync(name, await forgedFile(mora, to, [forgedChain(mora, 'nat', all)]))
      const preview = await buea.ask('sync.preview', { file: buea.token(name), job: 'p' })
      if (!preview.ok) return preview.error.code
      const code = await buea.refusal('sync.import', { previewId: preview.value.previewId, job: 'i' })
      if (code === 'accepted') sent.push(...entries)
      return code
    },
  }
}
