import { csvColumns, type CsvColumn } from '#shared/directory/csv-columns.ts'
import { placeName } from '#shared/reference/gazetteer.ts'
import type { ReferenceData } from '../../reference-data.ts'

const example: Partial<Readonly<Record<CsvColumn, string>>> = {
  name_fr: 'Centre de formation de Mora (exemple)',
  name_en: 'Mora training centre (example)',
  provider_type: 'vocational_centre',
  sector_codes: 'S10',
  service_type_codes: 'S10.03',
  arrondissement_pcode: 'CM004005002',
  locality: 'Mora',
  phone: '+237 6 00 00 00 01',
  target_groups: 'youth;women',
  languages: 'fra;fub',
  opening_hours: 'Mo-Fr 07:30-15:30',
  capacity: '30',
  capacity_unit: 'trainees/cycle',
  cost: 'free',
  last_verified: '2026-01-15',
  status: 'active',
  is_sample: '1',
}

/** Lines as a French spreadsheet opens them at a double click: UTF-8 with its mark, semicolons, CRLF. */
function spreadsheetText(lines: readonly (readonly string[])[]): Uint8Array {
  const cell = (text: string) => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return new TextEncoder().encode(`\ufeff${lines.map((l) => `${l.map(cell).join(';')}\r\n`).join('')}`)
}

/** The model of a directory file: its headings and one invented service. */
export function csvModel(): Uint8Array {
  return spreadsheetText([csvColumns, csvColumns.map((c) => example[c] ?? '')])
}

/** Codes that the cells of a directory file take: sectors, types of service that everybody may see, subdivisions. */
export function csvCodes({ taxonomy, places }: ReferenceData): Uint8Array {
  const types = taxonomy
    .filter((t) => !t.sensitive)
    .map((t) => [t.parent === null ? 'sector_codes' : 'service_type_codes', t.code, t.label.fr, t.label.en])
  const subdivisions = places
    .arrondissements()
    .map((p) => [
      'arrondissement_pcode',
      p.pcode,
      `${placeName(p, 'fr')} (${places.within(p, 'fr')})`,
      `${placeName(p, 'en')} (${places.within(p, 'en')})`,
    ])
  return spreadsheetText([['column', 'code', 'fr', 'en'], ...types, ...subdivisions])
}
