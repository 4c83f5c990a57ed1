import { describe, expect, it } from 'vitest'
import { birthYear, mayBeOfOneAge, personKeys, phoneWord } from './person-keys.ts'

describe('keys of a person', () => {
  it('are every two of their sounds, the one there is, and the telephone number, however written', () => {
    const whole = personKeys({ family_name: 'Oumarou', given_names: 'Aïssatou Bello', phone: '+237 6 00 00 00 42' })
    expect(whole).toHaveLength(7)
    const short = personKeys({ family_name: 'AISHATU', given_names: 'umaru', phone: '00237600000042' })
    expect(short).toHaveLength(2)
    expect(short.every((key) => whole.includes(key))).toBe(true)
    expect(personKeys({ given_names: 'Hawa' })).toEqual(personKeys({ family_name: 'Haoua' }))
    expect(personKeys({})).toEqual([])
    expect(personKeys({ family_name: 'Ba' })).toEqual([])
  })

  it('a telephone number is whole or nothing', () => {
    expect(phoneWord('600000042')).toBe(phoneWord('+237 (6) 00-00-00-42'))
    for (const text of ['60000042', 'MOR-26-000001-25', '6000OOO42', '']) expect(phoneWord(text)).toBeUndefined()
  })

  it('the year of birth is the date’s, or reckoned from the age stated on the day; nobody is excluded by a year that was not told', () => {
    expect(birthYear({ birth_date: '1994-03', age_stated: 20 }, '2026-11-24')).toBe(1994)
    expect(birthYear({ age_stated: 30 }, '2026-11-24')).toBe(1996)
    expect(birthYear({ age_stated: 'unknown' }, '2026-11-24')).toBe(0)
    expect(birthYear({}, '')).toBe(0)
    expect([mayBeOfOneAge(1994, 1996), mayBeOfOneAge(1994, 1997), mayBeOfOneAge(0, 1997)]).toEqual([true, false, true])
  })
})
