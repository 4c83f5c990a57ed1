import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { readXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { aChild } from '#test/support/desk-of-ten.ts'
import { addCase, openTestCentre, testLogin, testPassword, type TestCentre } from '#test/support/open-test-centre.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

const purpose = 'Étude de l’université sur les métiers'
const day = 86_400_000

/** A coordinator's desk with seven adults, a child, somebody who is not counted, and a data-protection officer. */
async function openDesk(): Promise<TestCentre> {
  const desk = await openTestCentre({ roles: ['SUP', 'CW', 'COO'] })
  await addUser(desk, 'dpo', ['DPO'])
  for (let i = 0; i < 7; i += 1) await addCase(desk, { identity: { family_name: `Ɓello${i}` } })
  await addCase(desk, { consent: { consent_statistics: 'no' } })
  await addCase(desk, {
    consent: aChild.consent,
    identity: {
      birth_date: '2011-03-05',
      programme_category: 'child',
      handover_civil: 'yes',
      handover_date: '2026-11-24',
      care_arrangement: 'parents',
      uasc_status: 'no',
      guardian_name: 'Mère',
    },
  })
  return desk
}
const asCoordinator = (desk: TestCentre) => desk.get('security.unlock', { login: testLogin, password: testPassword })

async function allowed(desk: TestCentre): Promise<string> {
  const { id } = await desk.get('exports.ask', { purpose })
  await signInAs(desk, 'dpo')
  await desk.get('exports.decide', { id, allow: true, reason: '' })
  await asCoordinator(desk)
  return id
}

describe('data without names', () => {
  it('leave only when somebody asked, somebody else allowed it, within a week, by whoever asked', async () => {
    const desk = await openDesk()
    const file = desk.token(path.join(desk.folder, 'data.csv'))
    const write = (id: string) => desk.refusal('exports.write', { id, file, kind: 'csv', job: 'j' })
    expect(await desk.refusal('exports.ask', { purpose: ' ' })).toBe('bad-input')
    const { id } = await desk.get('exports.ask', { purpose })
    expect(await write(id)).toBe('not-found')
    expect(await desk.refusal('exports.decide', { id, allow: true, reason: '' })).toBe('forbidden')
    await signInAs(desk, 'dpo')
    expect(await write(id)).toBe('forbidden')
    expect(await desk.refusal('exports.decide', { id, allow: false, reason: '' })).toBe('bad-input')
    await desk.get('exports.decide', { id, allow: true, reason: '' })
    expect(await desk.refusal('exports.decide', { id, allow: false, reason: 'non' })).toBe('not-found')
    await asCoordinator(desk)
    expect(await write(id)).toBe('accepted')
    expect((await desk.get('exports.list', {})).map((r) => [r.state, r.purpose, r.own])).toEqual([['written', purpose, true]])
    await desk.get('security.lock', {})
    desk.ports.clock.advance(8 * day)
    await asCoordinator(desk)
    expect(await write(id)).toBe('not-found')
  })

  it('nobody allows their own request, with both roles either', async () => {
    const desk = await openTestCentre({ roles: ['COO', 'DPO'] })
    const { id } = await desk.get('exports.ask', { purpose })
    expect(await desk.refusal('exports.decide', { id, allow: true, reason: '' })).toBe('second-person-needed')
  })

  it('H27 H45 the files hold seven rows, no name, number, child or uncounted person, and a dictionary of every column', async () => {
    const desk = await openDesk()
    const id = await allowed(desk)
    expect(await desk.get('exports.count', {})).toMatchObject({ rows: 7, minors: null, notCounted: null, rare: 0 })
    const written = async (kind: 'xlsx' | 'csv' | 'dictionary') => {
      const target = path.join(desk.folder, `out.${kind}`)
      await desk.get('exports.write', { id, file: desk.token(target), kind, job: 'j' })
      return readFileSync(target)
    }
    const csv = (await written('csv')).toString('utf8').replace(/^\ufeff/, '')
    const rows = parse(csv, { columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(7)
    expect(new Set(rows.map((r) => `${r['centre']} ${r['sex']} ${r['age_group']}`)).size).toBe(1)
    const { rows: cases } = await desk.get('cases.list', { text: '', after: null, limit: 50 })
    for (const hidden of ['llo0', 'Aïssatou', '600000042', ...cases.map((c) => c.number)]) expect(csv).not.toContain(hidden)
    const dictionary = parse((await written('dictionary')).toString('utf8').replace(/^\ufeff/, ''), { columns: true }) as Record<
      string,
      string
    >[]
    expect(new Set(dictionary.map((d) => d['column']))).toEqual(new Set(Object.keys(rows[0]!)))
    const book = await readXlsx(await written('xlsx'))
    expect(book.sheets.map((s) => [s.name, s.rows.length])).toEqual([
      ['data', 8],
      ['dictionary', dictionary.length + 1],
    ])
  })

  it('H45 the register says who asked, who allowed and who wrote how many rows; exercises write nothing', async () => {
    const desk = await openDesk()
    const id = await allowed(desk)
    const file = desk.token(path.join(desk.folder, 'data.csv'))
    await desk.get('exports.write', { id, file, kind: 'csv', job: 'j' })
    const { entries } = await desk.get('audit.list', {
      caseId: null,
      day: null,
      user: null,
      kind: 'exchange',
      before: null,
      limit: 50,
    })
    const own = entries.filter((e) => e.action.startsWith('exports.')).map((e) => [e.action, e.details['rows'] ?? null])
    expect(own).toEqual([
      ['exports.write', 7],
      ['exports.allow', null],
      ['exports.ask', null],
    ])
    await desk.get('security.enterTraining', {})
    expect(await desk.refusal('exports.write', { id, file, kind: 'csv', job: 'j' })).toBe('training-no-exchange')
  })
})
