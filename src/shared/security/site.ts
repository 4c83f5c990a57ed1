/** A desk of the network: letters for people, digits for the check digits of case numbers (decision 19). */
export interface Site {
  readonly code: string
  readonly numeric: string
  /** P-code of the arrondissement (OCHA COD-AB), or of the region for a mobile team. */
  readonly pcode: string
  readonly name: string
}

/** Centres with a short code. Mémé (Mayo-Sava, Far North) and Meme (division of South-West) must never be confused. */
export const namedSites: readonly Site[] = [
  { code: 'MRA', numeric: '001', pcode: 'CM004001004', name: 'Maroua' },
  { code: 'MOR', numeric: '002', pcode: 'CM004005002', name: 'Mora' },
  { code: 'MER', numeric: '003', pcode: 'CM004001007', name: 'Méri' },
  { code: 'MEM', numeric: '004', pcode: 'CM004005002', name: 'Mémé (Mayo-Sava)' },
  { code: 'BDA', numeric: '005', pcode: 'CM007005003', name: 'Bamenda' },
  { code: 'BUE', numeric: '006', pcode: 'CM010001001', name: 'Buéa' },
  { code: 'YDE', numeric: '007', pcode: 'CM002007001', name: 'Yaoundé' },
]

/**
 * The site of an arrondissement that has no short code: its P-code without "CM", letters and digits alike.
 *
 * Takes an arrondissement's P-code (11 characters) and its name. Throws on any other P-code.
 */
export function siteOfArrondissement(pcode: string, name: string): Site {
  const digits = /^CM(\d{9})$/.exec(pcode)?.[1]
  if (digits === undefined) throw new RangeError('not an arrondissement')
  return { code: digits, numeric: digits, pcode, name }
}
