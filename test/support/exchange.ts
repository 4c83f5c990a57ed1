import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { ImportPreview, ImportReceipt } from '#shared/sync/contract.ts'
import type { TestCentre } from './open-test-centre.ts'

/** The desk's device id. */
export async function deviceOf(desk: TestCentre): Promise<string> {
  return (await desk.get('sync.ownCard', {})).device
}

/** `at` reads the card of `of` and trusts it. */
export async function trust(at: TestCentre, of: TestCentre): Promise<void> {
  const card = path.join(of.folder, 'card.psrlcard')
  await of.get('sync.saveOwnCard', { file: of.token(card) })
  const read = await at.get('sync.readCard', { file: at.token(card) })
  await at.get('sync.trustCard', { previewId: read.previewId })
}

/** Every desk trusts every other. */
export async function meet(...desks: readonly TestCentre[]): Promise<void> {
  for (const at of desks) for (const of of desks) if (at !== of) await trust(at, of)
}

/** Writes a file for a desk; returns its path. */
export async function send(from: TestCentre, to: TestCentre): Promise<string> {
  const file = path.join(from.folder, `PSRL-${randomBytes(5).toString('hex')}.age`)
  await from.get('sync.export', { device: await deviceOf(to), file: from.token(file), job: 'export' })
  return file
}

/** Previews a file at a desk. */
export async function look(at: TestCentre, file: string): Promise<ImportPreview> {
  return at.get('sync.preview', { file: at.token(file), job: 'preview' })
}

/** Previews a file and takes it in. */
export async function take(at: TestCentre, file: string): Promise<ImportReceipt> {
  return at.get('sync.import', { previewId: (await look(at, file)).previewId, job: 'import' })
}

/** A file from one desk taken in at another. */
export async function pass(from: TestCentre, to: TestCentre): Promise<ImportReceipt> {
  return take(to, await send(from, to))
}
