import path from 'node:path'
import type { RosterStatus } from '#shared/roster/contract.ts'
import type { RevokedReason } from '#shared/sync/roster.ts'
import { deviceOf } from './exchange.ts'
import { openTestCentre, type TestCentre, type TestCentreOptions } from './open-test-centre.ts'

/** A desk of the national office: it may do everything that is done there. */
export async function openOffice(options: TestCentreOptions = {}): Promise<TestCentre> {
  return openTestCentre({ site: 'YDE', seed: 77, roles: ['NAT', 'COO', 'SUP', 'DIR', 'CW'], ...options })
}

/** The ceremony at a desk; returns the three sheets as they are typed. */
export async function ceremony(office: TestCentre, renew = false): Promise<string[]> {
  const { sheets } = await office.get('roster.beginCeremony', { renew })
  const typed = sheets.map((s) => s.groups.join(' '))
  await office.get('roster.confirmCeremony', { sheets: [typed[2]!, typed[0]!] })
  return typed
}

/** The card of a desk as a file. */
export async function cardOf(desk: TestCentre): Promise<string> {
  const file = path.join(desk.folder, 'enrol.psrlcard')
  await desk.get('sync.saveOwnCard', { file: desk.token(file) })
  return file
}

/** The desk's card is signed onto the list; its words are typed as they are read aloud. */
export async function enrol(office: TestCentre, desk: TestCentre): Promise<void> {
  const read = await office.get('roster.readCard', { file: office.token(await cardOf(desk)) })
  const { words } = await desk.get('sync.ownCard', {})
  await office.get('roster.enrol', { previewId: read.previewId, words: words.join(' ') })
}

/** The list as the office gives it away. */
export async function listOf(office: TestCentre): Promise<string> {
  const file = path.join(office.folder, 'list.psrlcard')
  await office.get('roster.saveList', { file: office.token(file) })
  return file
}

/** The desk takes a list in; the national key's words are typed as the office reads them. */
export async function takeList(desk: TestCentre, file: string, words: readonly string[]): Promise<RosterStatus> {
  const read = await desk.get('roster.readList', { file: desk.token(file) })
  return desk.get('roster.takeList', { previewId: read.previewId, words: read.needsWords ? words.join(' ') : '' })
}

/** The six words of the national key at a desk. */
export async function nationalWordsOf(desk: TestCentre): Promise<readonly string[]> {
  return (await desk.get('roster.status', {})).national?.words ?? []
}

/** Enrols the desks and gives each the list. */
export async function joinNetwork(office: TestCentre, ...desks: readonly TestCentre[]): Promise<void> {
  for (const desk of desks) await enrol(office, desk)
  const file = await listOf(office)
  for (const desk of desks) await takeList(desk, file, await nationalWordsOf(office))
}

/** The office reports a desk's computer. */
export async function revoke(office: TestCentre, desk: TestCentre, reason: RevokedReason = 'stolen'): Promise<void> {
  await office.get('roster.revoke', { device: await deviceOf(desk), reason })
}

/** What a desk says of another's computer. */
export async function statusOf(at: TestCentre, of: TestCentre): Promise<RosterStatus['devices'][number] | undefined> {
  const device = await deviceOf(of)
  return (await at.get('roster.status', {})).devices.find((d) => d.card.device === device)
}
