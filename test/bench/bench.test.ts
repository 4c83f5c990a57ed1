import { describe, expect, it } from 'vitest'
import { syncBench } from './sync-bench.ts'

describe('the bench', { timeout: 300_000 }, () => {
  it('still runs: a few imports beside the raw insert, a few records beside the other systems', async () => {
    const said: string[] = []
    const goals = await syncBench({
      runs: 1,
      changes: 90,
      records: 40,
      parts: ['import', 'replicate'],
      sealMiB: 0,
      say: (line) => said.push(line),
    })
    expect(goals.map((g) => g.id)).toEqual(['P1', 'P2', 'P4', 'P3a', 'P3b', 'P3c'])
    expect(goals.filter((g) => !(g.figure > 0))).toEqual([])
    expect(said.filter((line) => line.includes('UNEQUAL'))).toEqual([])
    expect(said.find((line) => line.startsWith('PouchDB'))).toContain('4 conflicts told')
  })
})
