import { describe, expect, it } from 'vitest'
import { remembered } from './remembered.ts'

describe('a remembered check', () => {
  it('answers as the check itself, and asks it once for each text', () => {
    const asked: string[] = []
    const isLong = remembered((text) => asked.push(text) > 0 && text.length > 3)
    expect(['Abba', 'Iya', 'Abba', 'Iya'].map(isLong)).toEqual([true, false, true, false])
    expect(asked).toEqual(['Abba', 'Iya'])
  })

  it('keeps no more texts than it was told: who sends ever new ones fills no memory', () => {
    let asked = 0
    const check = remembered(() => (asked += 1) > 0, 2)
    for (const text of ['a', 'b', 'a', 'c', 'a']) check(text)
    expect(asked).toBe(4)
  })
})
