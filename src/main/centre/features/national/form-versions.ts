import type { FormPack } from '#shared/forms/form-pack.ts'
import { formVersionKind, type FormStatement, type SignedForm } from '#shared/sync/form-version.ts'
import { nationalStream } from '#shared/sync/stream.ts'
import { formRow, formStatement, signForm, signedPack } from '../../crypto/form-statement.ts'
import type { NationalSecret } from '../../crypto/national-key.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { rosterOf } from './roster.ts'

/** A version that the national key signed; `id` is its row. */
export interface PublishedForm {
  readonly id: string
  readonly says: FormStatement
}

/** The versions that the believed national key signed, the newest first; no other is ever used. */
export function publishedForms(db: ReadableDb): readonly PublishedForm[] {
  const rows = db.read<{ id: string; body: string; sig: string }>('SELECT id, body, sig FROM form_version ORDER BY id').all()
  // asked for at every page and every save: most desks have none
  if (rows.length === 0) return []
  const { key } = rosterOf(db)
  const versions = rows.flatMap((row) => {
    const says = key === null ? undefined : formStatement(key, row)
    return says ? [{ id: row.id, says }] : []
  })
  return versions.toSorted((a, b) => b.says.serial - a.says.serial || (a.says.hash < b.says.hash ? 1 : -1))
}

/** How many forms are held that the believed national key did not sign; what it signed anew after a former one is not among them. */
export function formsPassedOver(db: ReadableDb): number {
  const believed = JSON.stringify(publishedForms(db).map((v) => v.id))
  return (
    db
      .read<{ n: number }>(
        `WITH believed AS (SELECT id, pack FROM form_version WHERE id IN (SELECT value FROM json_each(?)))
         SELECT count(*) AS n FROM form_version WHERE id NOT IN (SELECT id FROM believed) AND pack NOT IN (SELECT pack FROM believed)`,
      )
      .get(believed)?.n ?? 0
  )
}

/** The form of a published version; undefined if it is another than was signed, or of a newer version of the application. */
export function publishedPack(db: ReadableDb, { id, says }: PublishedForm): FormPack | undefined {
  const row = db.read<{ pack: string }>('SELECT pack FROM form_version WHERE id = ?').get(id)
  return row && signedPack(says, row.pack)
}

/** Signs a version and puts it into the stream of every centre. Returns its row's id. */
export function publishForm(unit: WriteUnit, pack: FormPack, national: NationalSecret): string {
  const highest = publishedForms(unit)[0]?.says.serial ?? 0
  const serial = Math.max(highest + 1, Math.floor(unit.now))
  return insertForm(unit, signForm(pack, { serial, since: unit.now }, national.signSecret))
}

/** The successor of a national key signs every version again: only what the present key signed counts. Before the successor is believed. */
export function signFormsAgain(unit: WriteUnit, next: NationalSecret): void {
  for (const version of publishedForms(unit)) {
    const pack = publishedPack(unit, version)
    if (pack) insertForm(unit, signForm(pack, version.says, next.signSecret))
  }
}

function insertForm(unit: WriteUnit, signed: SignedForm): string {
  const id = formRow(signed)
  if (unit.read('SELECT 1 FROM form_version WHERE id = ?').get(id) === undefined)
    unit.insert(formVersionKind, {
      id,
      stream: nationalStream,
      fields: { body: signed.body, sig: signed.sig, pack: signed.pack },
    })
  return id
}
