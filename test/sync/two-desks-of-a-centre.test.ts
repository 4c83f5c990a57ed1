import { describe, expect, it } from 'vitest'
import { meet, send, take } from '#test/support/exchange.ts'
import { addCase, openTestCentre } from '#test/support/open-test-centre.ts'

const list = { text: '', after: null, limit: 50 }

describe('two PCs of a centre', () => {
  it('H5 the second PC does not pass on what the first had handed over, once the person took the agreement back', async () => {
    const first = await openTestCentre({ site: 'MOR', seed: 11 })
    const second = await openTestCentre({ site: 'MOR', seed: 12 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    await meet(first, second, buea)
    const caseId = await addCase(first)
    // on its way to Buéa, and lost there
    await send(first, buea)
    await take(second, await send(first, second))
    await second.get('cases.saveAnswers', { caseId, answers: { consent_other_centre: 'no' } })
    await take(buea, await send(second, buea))
    expect((await buea.get('cases.list', list)).rows).toEqual([])
  })
})
