/** Columns of a directory file (docs/formats/directory-csv.md), in the order of the model; headings are written exactly so. */
export const csvColumns = [
  'uuid',
  'id',
  'name_fr',
  'name_en',
  'provider_type',
  'sector_codes',
  'service_type_codes',
  'arrondissement_pcode',
  'locality',
  'phone',
  'email',
  'target_groups',
  'languages',
  'opening_hours',
  'capacity',
  'capacity_unit',
  'cost',
  'accessibility',
  'sensitive_service',
  'hide_location',
  'last_verified',
  'status',
  'is_sample',
] as const
export type CsvColumn = (typeof csvColumns)[number]

/** Columns without which a file is refused. */
export const neededCsvColumns = ['name_fr', 'sector_codes', 'arrondissement_pcode'] as const satisfies readonly CsvColumn[]

/** Headings that other tools write beside ours and that say nothing more: passed over without a word. */
export const spareCsvColumns: readonly string[] = ['region_pcode', 'department_pcode', 'lat', 'lon']
