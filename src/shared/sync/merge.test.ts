import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeOpenValues, mergeRegister, type Versioned } from './merge.ts'
import { stampOf } from './stamp.ts'

// few values, so that equal stamps and equal writers happen; (writer, seq) names one change and so one value
const change: fc.Arbitrary<Versioned<string>> = fc
  .record({
    writer: fc.constantFrom('aaaa', 'bbbb', 'cccc'),
    seq: fc.integer({ min: 1, max: 3 }),
    ms: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ writer, seq, ms }) => ({ writer, seq, stamp: stampOf(ms * 10 + seq, 0), value: `${writer}${seq}${ms}` }))

describe('merge', () => {
  it('I1 gives the same value in whatever order changes arrive', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (changes, chance) => {
        const shuffled = changes.map((c) => ({ c, k: chance.next().value ?? 0 })).toSorted((a, b) => a.k - b.k)
        const all = (list: readonly Versioned<string>[]) =>
          list.reduce<Versioned<string> | undefined>((a, b) => mergeRegister(a, b), undefined)
        expect(all(shuffled.map((s) => s.c))).toEqual(all(changes))
      }),
    )
  })

  it('I4 merging the same change twice changes nothing', () => {
    fc.assert(
      fc.property(change, change, (a, b) => {
        const once = mergeRegister(a, b)
        expect(mergeRegister(once, b)).toEqual(once)
        expect(mergeRegister(once, a)).toEqual(once)
      }),
    )
  })

  it('I5 is associative', () => {
    fc.assert(
      fc.property(change, change, change, (a, b, c) => {
        expect(mergeRegister(mergeRegister(a, b), c)).toEqual(mergeRegister(a, mergeRegister(b, c)))
      }),
    )
  })
})

describe('values that nobody has replaced', () => {
  const at = (writer: string, seq: number, ms: number, replaces: readonly (readonly [string, number])[] = []) => ({
    writer,
    seq,
    stamp: stampOf(ms, 0),
    value: `${writer}${seq}`,
    replaces: replaces.map(([w, s]) => ({ writer: w, seq: s })),
  })
  const [first, apart] = [at('a', 1, 1), at('b', 1, 2)]
  const decision = at('a', 2, 3, [
    ['a', 1],
    ['b', 1],
  ])
  const next = at('a', 3, 4, [['a', 2]])
  const shown = (open: readonly Versioned<string>[]) => open.map((v) => v.value)

  it('I5 a decision closes a conflict also when the change after it comes in the same file', () => {
    const open = mergeOpenValues(
      mergeOpenValues([first], apart, () => false),
      decision,
      () => true,
    )
    // not empty meanwhile: the row goes on showing something, and the conflict is gone
    expect(shown(open)).toEqual(['a2'])
    expect(shown(mergeOpenValues(open, next, () => false))).toEqual(['a3'])
  })

  it('nobody replaces what comes later, nor itself', () => {
    const early = at('c', 1, 0, [
      ['b', 1],
      ['c', 1],
    ])
    expect(shown(mergeOpenValues([first, apart], early, () => false))).toEqual(['c1', 'a1', 'b1'])
  })
})
