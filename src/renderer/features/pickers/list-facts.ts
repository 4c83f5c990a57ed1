import { useText } from '#renderer/i18n/text.tsx'
import { foldName } from '#shared/cases/fold-name.ts'
import { schooling, schoolingNames } from '#shared/reference/education.ts'
import { languageNames } from '#shared/reference/language-names.ts'

const namesBeside = 3

/** What is known of the entries of a form's list beyond their labels. */
interface ListFacts {
  readonly headings: readonly string[] | undefined
  readonly names: (code: string) => readonly string[]
  readonly details: (code: string, label: string) => readonly string[]
  /** What stands beside a chosen entry; '' for nothing. */
  readonly inWords: (code: string) => string
}

/** True for a list of a form that is searched by typing. */
export function isSearchedList(list: string | undefined): boolean {
  return list === 'LANG' || (list !== undefined && Object.hasOwn(schooling, list))
}

/** Languages by all their names; levels and certificates with both subsystems side by side and their level of ISCED 2011. */
export function useListFacts(list: string): ListFacts {
  const text = useText()
  const levels = schooling[list]
  if (levels) {
    return {
      headings: [
        text(list === 'diplomas' ? 'pickers.certificate' : 'pickers.level'),
        text('pickers.francophone'),
        text('pickers.anglophone'),
        text('pickers.isced'),
      ],
      names: (code) => (levels[code] ? schoolingNames(levels[code]) : []),
      details(code) {
        const { francophone = '', anglophone = '', isced = '' } = levels[code] ?? {}
        return [francophone, anglophone, isced]
      },
      inWords(code) {
        const level = levels[code]
        if (level === undefined || level.isced === '') return ''
        const { francophone, anglophone, isced } = level
        return text('pickers.schooling', { francophone, anglophone, isced })
      },
    }
  }
  const others = (code: string) => (list === 'LANG' ? (languageNames[code] ?? []) : [])
  return {
    headings: undefined,
    names: others,
    details(code, label) {
      const beside = others(code).filter((name) => !foldName(label).split(' ').includes(foldName(name)))
      return beside.length === 0 ? [] : [beside.slice(0, namesBeside).join(', ')]
    },
    inWords: () => '',
  }
}
