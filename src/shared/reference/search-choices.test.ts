import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { FormPack } from '../forms/form-pack.ts'
import { schooling, schoolingNames } from './education.ts'
import { languageNames } from './language-names.ts'
import { searchChoices } from './search-choices.ts'

const { choices } = FormPack.parse(
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../resources/forms/profile.json'), 'utf8')),
)
const list = (name: string) =>
  (choices[name] ?? []).map((c) => {
    const school = schooling[name]?.[c.name]
    const others = school ? schoolingNames(school) : (languageNames[c.name] ?? [])
    return { code: c.name, names: [c.label['fr'] ?? '', c.label['en'] ?? '', ...others] }
  })

describe('lists that are searched by typing', () => {
  it.each([
    ['fulfulde', 'ful'],
    ['peul', 'ful'],
    ['Fula', 'ful'],
    ['foulani', 'ful'],
    ['pidgin', 'wes'],
    ['kamtok', 'wes'],
    ['haussa', 'hau'],
    ['kanouri', 'kau'],
    ['mandara', 'mfi'],
    ['wandala', 'mfi'],
    ['kapsiki', 'kvj'],
    ['tpuri', 'tui'],
    ['masa', 'mcn'],
    ['bakweri', 'bri'],
    ['bakossi', 'bss'],
    ['banso', 'lns'],
    ['nso', 'lns'],
    ['french', 'fra'],
    ['anglais', 'eng'],
    ['arabe', 'shu'],
    ['autre', 'other'],
  ])('finds the language %s', (typed, code) => {
    expect(searchChoices(list('LANG'), typed)[0]).toBe(code)
  })

  it.each([
    ['CP', 'pri_inc'],
    ['CE2', 'pri_inc'],
    ['CM2', 'pri'],
    ['class 5', 'pri_inc'],
    ['Class 6', 'pri'],
    ['FSLC', 'pri'],
    ['form 3', 'sec1_inc'],
    ['form 5', 'sec1'],
    ['4e', 'sec1_inc'],
    ['troisième', 'sec1'],
    ['BEPC', 'sec1'],
    ['o level', 'sec1'],
    ['lower sixth', 'sec2_inc'],
    ['probatoire', 'sec2_inc'],
    ['a level', 'sec2'],
    ['bac', 'sec2'],
    ['koranic', 'none'],
    ['école coranique', 'none'],
    ['never', 'none'],
    ['nursery', 'pre'],
    ['HND', 'higher'],
    ['licence', 'higher'],
  ])('finds the level of %s', (typed, code) => {
    expect(searchChoices(list('education_level'), typed).slice(0, 2)).toContain(code)
  })

  it.each([
    ['fslc', 'cep'],
    ['gce o level', 'bepc'],
    ['o level', 'bepc'],
    ['a level', 'bac'],
    ['hnd', 'bts'],
    ['phd', 'uni'],
    ['itc', 'cap'],
  ])('finds the certificate %s', (typed, code) => {
    expect(searchChoices(list('diplomas'), typed)[0]).toBe(code)
  })

  it('shows the whole list for no text, and nothing for what is in none', () => {
    expect(searchChoices(list('LANG'), ' ')).toEqual(list('LANG').map((c) => c.code))
    expect(searchChoices(list('LANG'), 'zzyzx')).toEqual([])
    expect(searchChoices(list('education_level'), 'form 9')).toEqual([])
  })

  it('knows every level and certificate of the profile, every language but “other”, and no other code', () => {
    const codes = (name: string) =>
      list(name)
        .map((c) => c.code)
        .toSorted()
    expect(Object.keys(schooling['education_level'] ?? {}).toSorted()).toEqual(codes('education_level'))
    expect(Object.keys(schooling['diplomas'] ?? {}).toSorted()).toEqual(codes('diplomas'))
    expect([...Object.keys(languageNames), 'other'].toSorted()).toEqual(codes('LANG'))
  })

  it('maps every level to the attainment of ISCED 2011, going up', () => {
    const order = list('education_level').map((c) => schooling['education_level']?.[c.code]?.isced)
    expect(order).toEqual(['0', '0', '0', '1', '1', '2', '2', '3', '2–3', '5–8'])
  })
})
