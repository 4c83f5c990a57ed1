import { describe, expect, it } from 'vitest'
import { en } from '#renderer/i18n/en/index.ts'
import { fr } from '#renderer/i18n/fr/index.ts'
import { filesUnder, read } from './sources.ts'

const violence =
  /\b(?:viol(?:s|[eé]\w*|ences?|ent\w*)?|vbg|gbv|agress\w*|abus\w*|harc[eè]l\w*|harass\w*|surviv\w*|rape\w*|assault\w*)\b/i

/** Every text below a value of JSON shape. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : []
}

/** The texts that speak of violence. */
function revealing(value: unknown): readonly string[] {
  return textsOf(value).filter((text) => violence.test(text))
}

describe('words', () => {
  it('H13 H15 no question, list value or text of the interface names violence', () => {
    const forms = filesUnder('resources/forms')
    expect(forms.length).toBeGreaterThan(0)
    expect(forms.flatMap((file) => revealing(JSON.parse(read(file))))).toEqual([])
    expect([...revealing(fr), ...revealing(en)]).toEqual([])
  })

  it('sees a planted question and a planted list value', () => {
    const planted = { questions: [{ label: { fr: 'Avez-vous subi des violences ?' } }], choices: ['GBV case', 'vaccin'] }
    expect(revealing(planted)).toEqual(['Avez-vous subi des violences ?', 'GBV case'])
  })
})
