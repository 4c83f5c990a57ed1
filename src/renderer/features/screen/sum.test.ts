import { describe, expect, it } from 'vitest'
import { pressed, shownNumber, startOfSum, type SumKey } from './sum.ts'

const after = (...keys: readonly SumKey[]) => shownNumber(keys.reduce(pressed, startOfSum))

describe('the calculator of the hidden screen', () => {
  it('counts as a calculator does', () => {
    expect(after('1', '2', '+', '3', '=')).toBe('15')
    expect(after('9', '−', '4', '×', '3', '=')).toBe('15')
    expect(after('7', '÷', '2', '=')).toBe('3.5')
    expect(after('7', '÷', '0', '=')).toBe('0')
    expect(after('5', 'C', '6')).toBe('6')
    expect(after('2', '+', '+', '2', '=', '1')).toBe('1')
  })
})
