import { describe, expect, it } from 'vitest'
import { codeDifference, groupsOfFour } from './code-groups.ts'

const code = '5B2A SQCW 4ETV AVBK 2G0P FW85 46'

describe('recovery code typed back', () => {
  it('is the same in any case and grouping, and with O for zero', () => {
    for (const typed of [
      code,
      code.toLowerCase(),
      code.replaceAll(' ', ''),
      code.replaceAll(' ', '-'),
      code.replace('2G0P', '2gOp'),
    ])
      expect(codeDifference(code, typed)).toBeUndefined()
  })

  it('names the first group that differs', () => {
    expect(codeDifference(code, code.replace('4ETV', '4ETX'))).toEqual({ kind: 'group', group: 3 })
    expect(codeDifference(code, code.replace('46', '64'))).toEqual({ kind: 'group', group: 7 })
    // one character left out shifts what follows: the group where it began
    expect(codeDifference(code, code.replace('SQCW', 'SCW'))).toEqual({ kind: 'group', group: 2 })
  })

  it('says how much is missing or too much when all that is there is right', () => {
    expect(codeDifference(code, '5B2A SQCW')).toEqual({ kind: 'length', characters: 8, wanted: 26 })
    expect(codeDifference(code, `${code}Z`)).toEqual({ kind: 'length', characters: 27, wanted: 26 })
    expect(codeDifference(code, '')).toEqual({ kind: 'length', characters: 0, wanted: 26 })
  })

  it('is shown in groups of four', () => {
    expect(groupsOfFour(code)).toEqual(['5B2A', 'SQCW', '4ETV', 'AVBK', '2G0P', 'FW85', '46'])
  })
})
