import { describe, expect, it } from 'vitest'
import { foldedServiceText, serviceSearchTerms } from './search-words.ts'

const beginnings = (typed: string) => serviceSearchTerms(typed).map((t) => t.beginning)
const means = (typed: string, other: string) => serviceSearchTerms(typed)[0]?.phrases.includes(other)

describe('words of a search for services', () => {
  it('are folded, in the singular, without those that say nothing', () => {
    expect(beginnings('les Écoles de l’Éducation')).toEqual(['ecole', 'education'])
    expect(beginnings('hospital of Mora')).toEqual(['hospital', 'mora'])
    expect(beginnings('de la')).toEqual(['de', 'la'])
    expect(beginnings('  ')).toEqual([])
  })

  it('stand for words of both languages, from the fourth letter on', () => {
    expect(means('boulot', 'employment')).toBe(true)
    expect(means('job', 'emploi')).toBe(true)
    expect(means('toub', 'hospital')).toBe(false)
    expect(means('toub', 'medecin')).toBe(true)
    expect(means('hôpitaux', 'hospital')).toBe(true)
    expect(means('tou', 'medecin')).toBe(false)
  })

  it('leave the word after l’ and d’ alone, and names like N’Gaoundéré whole', () => {
    expect(foldedServiceText("jugement supplétif d'acte, l’école, N'Gaoundéré")).toBe(
      'jugement suppletif d acte l ecole ngaoundere',
    )
  })
})
