import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { contract } from '#shared/contract.ts'
import { mayDo, roles } from '#shared/permissions.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import { addDirectory, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'

const sample = readFileSync(path.resolve(import.meta.dirname, '../../resources/training/services.csv'), 'utf8')
const all = { text: '', sector: null, pcode: null, after: null, limit: 100 }
const header = 'id,name_fr,sector_codes,arrondissement_pcode,phone,last_verified,capacity'

function csv(desk: TestCentre, content: string | Uint8Array): string {
  const file = path.join(desk.folder, 'directory.csv')
  writeFileSync(file, content)
  return desk.token(file)
}

describe('directory', () => {
  it('imports the sample once: a second import changes nothing', async () => {
    const desk = await openTestCentre()
    await addDirectory(desk)
    const again = await desk.get('directory.previewCsv', { file: csv(desk, sample), job: 'p' })
    expect(again).toMatchObject({ fileRows: 88, toAdd: 0, toUpdate: 0, unchanged: 88, refusedCount: 0, encoding: 'utf-8' })
  })

  it('finds services in French and English, without accents, by sector and by place', async () => {
    const desk = await openTestCentre()
    await addDirectory(desk)
    const names = async (changes: object) =>
      (await desk.get('directory.search', { ...all, ...changes })).rows.map((r) => r.name.en)
    const french = await names({ text: 'hopital' })
    expect(french.length).toBeGreaterThan(3)
    expect(await names({ text: 'hôpital' })).toEqual(french)
    expect(await names({ text: 'HOSPITAL' })).toEqual(french)
    const inFarNorth = await desk.get('directory.search', { ...all, sector: 'S10', pcode: 'CM004' })
    expect(inFarNorth.rows.length).toBeGreaterThan(0)
    expect(inFarNorth.rows.every((r) => r.sectors.includes('S10') && r.place.pcode.startsWith('CM004'))).toBe(true)
    expect((await desk.get('directory.search', { ...all, sector: 'S10.03' })).rows.every((r) => r.types.includes('S10.03'))).toBe(
      true,
    )
    expect(await desk.get('directory.get', { serviceId: inFarNorth.rows[0]!.id })).toEqual(inFarNorth.rows[0])
  })

  it('finds services by other words for the same thing, in the plural, and after an apostrophe', async () => {
    const desk = await openTestCentre()
    await addDirectory(desk)
    const total = async (text: string) => (await desk.get('directory.search', { ...all, text })).total
    for (const text of ['boulot', 'job', 'toubib', 'papiers', 'hôpitaux de Mora', 'acte de naissance', 'the farmers'])
      expect(`${text}: ${Math.min(await total(text), 1)}`).toBe(`${text}: 1`)
    expect(await total('zzz')).toBe(0)
    expect(await total('"*) zzz (')).toBe(0)
  })

  it('H16 services marked sensitive are in no ordinary list, and the taxonomy names no sensitive type', async () => {
    const desk = await openTestCentre()
    await addDirectory(desk)
    const sensitive = sample
      .split('\n')
      .filter((l) => l.split(',').at(-4) === '1')
      .map((l) => l.split(',')[1])
    expect(sensitive.length).toBeGreaterThan(5)
    const shown = (await desk.get('directory.search', all)).rows
    expect(shown.length).toBe(88 - sensitive.length)
    expect(JSON.stringify(await desk.get('directory.taxonomy', {}))).not.toMatch(/VBG|GBV/)
  })

  it('tells Mémé from Meme when a place is looked for, in both languages', async () => {
    const desk = await openTestCentre()
    const rows = await desk.get('directory.places', { text: 'meme' })
    expect(rows.slice(0, 2).map((p) => [p.locality, p.name.en, p.within.fr, p.within.en])).toEqual([
      ['', 'Meme', 'Sud-Ouest', 'South-West'],
      ['Mémé', 'Mora', 'Mayo-Sava, Extrême-Nord', 'Mayo-Sava, Far North'],
    ])
    expect(await desk.get('directory.place', { pcode: 'CM004005002' })).toEqual({
      pcode: 'CM004005002',
      name: { fr: 'Mora', en: 'Mora' },
      within: { fr: 'Mayo-Sava, Extrême-Nord', en: 'Mayo-Sava, Far North' },
    })
    expect(await desk.refusal('directory.place', { pcode: 'CM999' })).toBe('not-found')
  })

  it('says what is wrong with a file, and changes nothing', async () => {
    const desk = await openTestCentre()
    const code = (content: string | Uint8Array) => desk.ask('directory.previewCsv', { file: csv(desk, content), job: 'p' })
    expect(await code('')).toMatchObject({ error: { code: 'csv-empty' } })
    expect(await code(`${header}\n`)).toMatchObject({ error: { code: 'csv-empty' } })
    expect(await code('nom;secteur\nX;S10\n')).toEqual({
      ok: false,
      error: { code: 'csv-wrong-columns', details: { missing: 'name_fr, sector_codes, arrondissement_pcode' } },
    })
    expect(await code(Buffer.from('PK\u0003\u0004\u0000\u0000'))).toMatchObject({ error: { code: 'csv-wrong-encoding' } })
    expect(await code(`${header}\n"never closed,S10,CM004005002\n`)).toMatchObject({ error: { code: 'csv-broken' } })
    expect((await desk.get('directory.search', all)).total).toBe(0)
  })

  it('lists refused rows with line and column, and takes the others', async () => {
    const desk = await openTestCentre()
    const rows = [
      '1,Centre A,S10,CM004005002,,2026-10-01,20',
      '2,,S10,CM004005002,,,',
      '3,Centre C,S10,CM999,,,',
      '4,Centre D,S99,CM004005002,,,',
      '5,Centre E,S10,CM004005002,,31/02/2026,',
      '6,Centre F,S10,CM004005002,,,beaucoup',
      '1,Centre A bis,S10,CM004005002,,,',
    ]
    const preview = await desk.get('directory.previewCsv', { file: csv(desk, [header, ...rows].join('\n')), job: 'p' })
    expect(preview.refused.map((r) => [r.line, r.column, r.problem])).toEqual([
      [3, 'name_fr', 'missing'],
      [4, 'arrondissement_pcode', 'unknown-place'],
      [5, 'sector_codes', 'unknown-sector'],
      [6, 'last_verified', 'not-a-date'],
      [7, 'capacity', 'not-a-number'],
      [8, 'id', 'duplicate'],
    ])
    expect(await desk.get('directory.importCsv', { previewId: preview.previewId, job: 'i' })).toEqual({
      added: 1,
      updated: 0,
      unchanged: 0,
      refused: 6,
    })
    expect(await desk.refusal('directory.importCsv', { previewId: preview.previewId, job: 'i' })).toBe('not-found')
  })

  it('reads an old Excel file (Windows-1252, semicolons) and says so', async () => {
    const desk = await openTestCentre()
    const content = Buffer.from(
      `${header.replaceAll(',', ';')}\r\n1;École de métiers d'été;S10;CM004005002;+237 6 00 00 00 99;;\r\n`,
      'latin1',
    )
    const preview = await desk.get('directory.previewCsv', { file: csv(desk, content), job: 'p' })
    expect(preview).toMatchObject({ encoding: 'windows-1252', samples: ["École de métiers d'été"] })
  })

  it('keeps formulas as text that no spreadsheet runs, and telephone numbers as they are', async () => {
    const desk = await openTestCentre()
    const rows = [
      '1,=1+1,S10,CM004005002,+237 6 00 00 00 98,,',
      '2,@SUM(A1),S10,CM004005002,=cmd|x,,',
      '3,-2+3 cmd,S10,CM004005002,,,',
    ]
    const preview = await desk.get('directory.previewCsv', { file: csv(desk, [header, ...rows].join('\n')), job: 'p' })
    await desk.get('directory.importCsv', { previewId: preview.previewId, job: 'i' })
    const { rows: found } = await desk.get('directory.search', all)
    expect(found.map((r) => [r.name.fr, r.phone]).toSorted()).toEqual([
      ["'-2+3 cmd", ''],
      ["'=1+1", '+237 6 00 00 00 98'],
      ["'@SUM(A1)", "'=cmd|x"],
    ])
  })

  it('takes 100,000 rows with progress, and leaves nothing when it is cancelled', async () => {
    const desk = await openTestCentre()
    const rows = Array.from({ length: 100_000 }, (_, i) => `${i},Service numéro ${i},S10,CM004005002,,,`)
    const file = csv(desk, [header, ...rows].join('\n'))
    const { previewId, toAdd } = await desk.get('directory.previewCsv', { file, job: 'big' })
    expect(toAdd).toBe(100_000)
    const importing = desk.ask('directory.importCsv', { previewId, job: 'big-import' })
    const cancel = async () => {
      while (!desk.events.some((e) => e.name === 'progress' && (e.data as { job: string }).job === 'big-import'))
        await new Promise((r) => setImmediate(r))
      await desk.get('app.cancel', { job: 'big-import' })
    }
    const [result] = await Promise.all([importing, cancel()])
    expect(result).toEqual({ ok: false, error: { code: 'cancelled' } })
    expect((await desk.get('directory.search', all)).total).toBe(0)
    expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
  })

  it('a phone check makes an old service good again, and says when, how and by whom', async () => {
    const desk = await openTestCentre()
    await addDirectory(desk)
    const { rows } = await desk.get('directory.search', all)
    expect(rows[0]!.freshness).toBe('red')
    const before = (await databaseDump(desk)).split('\n')
    const events = (await desk.get('audit.verify', {})).events
    expect(await desk.get('directory.verify', { serviceId: rows[0]!.id, how: 'phone' })).toMatchObject({
      freshness: 'green',
      verifiedOn: '2026-11-24',
      verifiedHow: 'phone',
      verifiedBy: 'Aminatou B.',
    })
    expect(await desk.get('audit.verify', {})).toMatchObject({ events: events + 1, brokenAt: null })
    const known = new Set(before)
    const written = (await databaseDump(desk)).split('\n').filter((line) => !known.has(line))
    const journaled = written.filter((line) => line.includes('"op":"u"') && line.includes(rows[0]!.id))
    expect(journaled).toHaveLength(1)
    for (const told of ['2026-11-24', 'verified_how', 'phone', 'verified_by']) expect(journaled[0]).toContain(told)
  })

  it('S20 verifying has its own permission: a counsellor may read, not verify, and a refusal is in the audit', async () => {
    expect(contract['directory.verify']).toMatchObject({ permission: 'directory.verify', audited: 'write' })
    expect(roles.filter((r) => mayDo([r], 'directory.verify'))).toEqual(['DIR', 'SUP', 'COO'])
    const desk = await openTestCentre()
    await addDirectory(desk)
    const { rows } = await desk.get('directory.search', all)
    const counsellor = await openTestCentre({ roles: ['CW'] })
    expect(await counsellor.refusal('directory.search', all)).toBe('accepted')
    expect(await counsellor.refusal('directory.verify', { serviceId: rows[0]!.id, how: 'phone' })).toBe('forbidden')
    expect(await desk.refusal('directory.verify', { serviceId: 'nobody', how: 'phone' })).toBe('not-found')
  })
})
