import { copyFileSync, existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { addCase, openTwoCentres, type TestCentre } from '#test/support/open-test-centre.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { troubled, troubles } from '#test/support/troubled-stick.ts'
import { startAgain } from './after-death.ts'
import { copyOf } from './victims.ts'

async function takeAll(from: TestCentre, files: readonly string[]): Promise<string> {
  const reader = await startAgain(copyOf(from))
  for (const file of files) {
    const preview = await reader.ask('sync.preview', { file: reader.token(file), job: 'p' })
    if (!preview.ok) {
      expect(preview.error.code).toBe('sync-older-than-yours')
      continue
    }
    expect(preview.value).toMatchObject({ twoHistories: 0, waiting: 0, unknownWriters: 0, ownAhead: false })
    const receipt = await reader.get('sync.import', { previewId: preview.value.previewId, job: 'i' })
    expect(receipt).toMatchObject({ twoHistories: false, toReview: 0 })
  }
  const { rows } = await reader.get('cases.list', { text: '', after: null, limit: 50 })
  await reader.centre.close()
  return rows
    .map((r) => r.name)
    .toSorted()
    .join()
}

describe('an export that fails at every operation', () => {
  it.each(Object.keys(troubles) as (keyof typeof troubles)[])(
    'I2 I9 the stick is %s: said in its own words, the older file stays whole, nothing forks, nothing is lost',
    async (trouble) => {
      const { mora, buea } = await openTwoCentres()
      const id = await addCase(mora, { identity: { given_names: 'N0' } })
      const { device } = await buea.get('sync.ownCard', {})
      await buea.centre.close()
      const stick = tempFolder()
      const target = path.join(stick, 'PSRL-aaaaaaaa.age')
      const write = () => mora.ask('sync.export', { device, file: mora.token(target), job: 'e' })
      const kept: string[] = []
      const keep = () => {
        const copy = path.join(mora.folder, `kept-${kept.length}.age`)
        copyFileSync(target, copy)
        kept.push(copy)
      }
      expect((await write()).ok).toBe(true)
      keep()
      let failures = 0
      for (;;) {
        await mora.get('cases.saveAnswers', { caseId: id, answers: { given_names: `N${failures + 1}` } })
        const result = await troubled(stick, trouble, failures + 1, write)
        const whole = readFileSync(target).equals(readFileSync(kept.at(-1)!))
        // it may fail after the file got its name; then it is whole too, and may be handed on
        if (!whole) keep()
        if (result.ok) break
        failures += 1
        expect(troubles[trouble].codes).toContain(result.error.code)
        // a stick that only is full can be tidied; on one that is gone it is the next file that overwrites what was left
        if (trouble === 'full') expect(readdirSync(stick)).toEqual([path.basename(target)])
      }
      expect(failures).toBeGreaterThan(1)
      expect(existsSync(`${target}.part`)).toBe(false)
      const { given_names: last } = (await mora.get('cases.get', { caseId: id })).answers
      expect(last).toBe(`N${failures + 1}`)
      const expected = `Ŋgono Ɓello ${String(last)}`
      expect(await takeAll(buea, kept)).toBe(expected)
      expect(await takeAll(buea, kept.toReversed())).toBe(expected)
      expect(await takeAll(buea, [target])).toBe(expected)
    },
    180_000,
  )
})
