import { en } from '#renderer/i18n/en/index.ts'
import type { Text } from '#renderer/i18n/text.tsx'
import type { ServiceRow } from '#shared/directory/contract.ts'

const words = en.directory
const has = <T extends object>(known: T, code: string): code is keyof T & string => Object.hasOwn(known, code)

/** A code that no catalogue knows was written by the list's author: it is shown as words, not as a code. */
const asWritten = (code: string): string => code.replaceAll('_', ' ')

/** Whom a service takes. A public that would tell what happened to somebody is not named (H13). */
export function groupsInWords(groups: readonly string[], text: Text): string {
  const named = groups.filter((g) => g !== 'survivors')
  return named.map((g) => (has(words.groups, g) ? text(`directory.groups.${g}`) : asWritten(g))).join(', ')
}

export function languagesInWords(codes: readonly string[], text: Text): string {
  return codes.map((c) => (has(words.spoken, c) ? text(`directory.spoken.${c}`) : asWritten(c))).join(', ')
}

export function accessInWords(codes: readonly string[], text: Text): string {
  return codes.map((c) => (has(words.access, c) ? text(`directory.access.${c}`) : asWritten(c))).join(', ')
}

export function costInWords(cost: string, text: Text): string {
  return has(words.costs, cost) ? text(`directory.costs.${cost}`) : asWritten(cost)
}

/** How many it can take: “18 beds”. Empty when unknown. */
export function capacityInWords(capacity: ServiceRow['capacity'], text: Text): string {
  if (capacity === null) return ''
  const { number, unit } = capacity
  const key = unit.replace('/', '_per_')
  if (has(words.units, key)) return text(`directory.units.${key}`, { n: number })
  return `${number} ${asWritten(unit)}`.trim()
}

/** Where it is, each name once; said to be told by phone alone when the location is hidden. */
export function placeInWords(place: ServiceRow['place'], text: Text): string {
  if (place.hidden) return text('directory.whereHidden')
  const names = [place.locality, place.arrondissement, place.department, place.region]
  return names.filter((x, i, all) => x !== '' && all.indexOf(x) === i).join(', ')
}

/** A telephone number by groups of two digits: `6 12 34 56 78`; numbers that are not Cameroonian stay as they are. */
export function phoneInGroups(phone: string): string {
  return phone
    .split(/\s*[/;,]\s*/)
    .map((one) => {
      const digits = one.replace(/[\s.()-]/g, '')
      const national = /^(?:\+237|00237|237)?([26]\d{8})$/.exec(digits)?.[1]
      return national === undefined
        ? one
        : national.replace(/^(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1\u00a0$2\u00a0$3\u00a0$4\u00a0$5')
    })
    .join(' / ')
}
