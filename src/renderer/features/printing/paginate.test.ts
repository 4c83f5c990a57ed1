import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paginate } from './paginate.ts'

describe('pieces laid on pages', () => {
  it('each stands once, in order, within the page, and a heading is never the last of a page', () => {
    const piece = fc.record({ height: fc.integer({ min: 1, max: 60 }), leads: fc.boolean() })
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1 }), (pieces) => {
        const pages = paginate(pieces, 100)
        expect(pages.flat()).toEqual(pieces.map((_, at) => at))
        for (const [n, page] of pages.entries()) {
          const lastOfPage = pieces[page.at(-1)!]!
          if (n < pages.length - 1) expect(lastOfPage.leads).toBe(false)
          const height = page.reduce((sum, at) => sum + pieces[at]!.height, 0)
          // only headings that cannot part from what they lead are higher than a page
          if (height > 100) expect(page.slice(0, -1).every((at) => pieces[at]!.leads)).toBe(true)
        }
      }),
    )
  })
})
