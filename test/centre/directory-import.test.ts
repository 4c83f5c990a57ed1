import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryKey, directoryRowId } from '#main/centre/features/directory/directory-row-id.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import { addDirectory, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'

const all = { text: '', sector: null, pcode: null, after: null, limit: 100 }
const header = 'uuid,name_fr,sector_codes,service_type_codes,arrondissement_pcode,phone,last_verified,provider_type,target_groups'
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const sample = path.resolve(import.meta.dirname, '../../resources/training/services.csv')

function csv(desk: TestCentre, content: string | Uint8Array): string {
  const file = path.join(desk.folder, 'directory.csv')
  writeFileSync(file, content)
  return desk.token(file)
}
const lines = (...rows: readonly string[]) => [header, ...rows].join('\n')
const preview = (desk: TestCentre, content: string | Uint8Array) =>
  desk.get('directory.previewCsv', { file: csv(desk, content), job: 'p' })

async function take(desk: TestCentre, content: string | Uint8Array) {
  const { previewId } = await preview(desk, content)
  return desk.get('directory.importCsv', { previewId, job: 'i' })
}
const shown = async (desk: TestCentre) => (await desk.get('directory.search', all)).rows

describe('the same service', () => {
  it('has the same row ids at every centre, in the exercise too, and keeps them', async () => {
    const mora = await openTestCentre({ seed: 1 })
    const buea = await openTestCentre({ site: 'BUE', seed: 2 })
    await addDirectory(mora)
    await addDirectory(buea)
    const ids = (await shown(mora)).map((s) => s.id)
    expect((await shown(buea)).map((s) => s.id)).toEqual(ids)
    await buea.get('security.enterTraining', {})
    expect((await shown(buea)).map((s) => s.id)).toEqual(ids)
    // written down, so that no later version changes them
    expect(directoryRowId('service_point', `uuid/${uuid(1)}`)).toBe('89264df5-01bd-8934-ac3b-553f41893755')
  })

  it('is known by its uuid, else by its name and place, whatever number a list gives it', () => {
    const place = { uuid: '', nameFr: 'École de métiers', pcode: 'CM004005002' }
    expect(directoryKey(place)).toBe(directoryKey({ ...place, nameFr: 'ECOLE DE METIERS' }))
    expect(directoryKey(place)).not.toBe(directoryKey({ ...place, pcode: 'CM004005001' }))
    const named = { ...place, uuid: uuid(7) }
    expect(directoryKey(named)).toBe(directoryKey({ ...named, nameFr: 'Autre nom', pcode: 'CM004005001' }))
    expect(directoryRowId('service', 'x')).not.toBe(directoryRowId('service_point', 'x'))
  })

  it('is one row after both centres imported it and exchanged files', async () => {
    const { openTwoCentres } = await import('#test/support/open-test-centre.ts')
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    await addDirectory(buea)
    const before = await shown(buea)
    const { device } = await buea.get('sync.ownCard', {})
    const file = path.join(mora.folder, 'PSRL-aaaaaaaa.age')
    await mora.get('sync.export', { device, file: mora.token(file), job: 'e' })
    const { previewId } = await buea.get('sync.preview', { file: buea.token(file), job: 'p' })
    await buea.get('sync.import', { previewId, job: 'i' })
    expect(await shown(buea)).toEqual(before)
    expect(await preview(buea, readFileSync(sample))).toMatchObject({ toAdd: 0, toUpdate: 0, unchanged: 88 })
  })

  it('is updated by a changed line, in place, and only it', async () => {
    const desk = await openTestCentre()
    const [a, b] = [`${uuid(1)},Centre A,S10,,CM004005002,,,,`, `,Centre B,S10,,CM004005002,,,,`]
    expect(await take(desk, lines(a, b))).toEqual({ added: 2, updated: 0, unchanged: 0, refused: 0 })
    const before = await shown(desk)
    const renamed = `${uuid(1)},Centre A rénové,S10,,CM004005002,600000012,,,`
    expect(await take(desk, lines(renamed, b))).toEqual({ added: 0, updated: 1, unchanged: 1, refused: 0 })
    const after = await shown(desk)
    expect(after.map((s) => [s.id, s.name.fr, s.phone])).toEqual([
      [before[0]!.id, 'Centre A rénové', '600000012'],
      [before[1]!.id, 'Centre B', ''],
    ])
  })

  it('H24 becomes a security actor when only its type of provider changes, or when its name says so', async () => {
    const desk = await openTestCentre()
    await take(desk, lines(`${uuid(1)},Poste de Mora,S10,,CM004005002,,,ngo_local,`))
    expect((await shown(desk))[0]!.securityActor).toBe(false)
    expect(await take(desk, lines(`${uuid(1)},Poste de Mora,S10,,CM004005002,,,Police nationale,`))).toMatchObject({ updated: 1 })
    expect((await shown(desk))[0]!.securityActor).toBe(true)
    await take(desk, lines(`,Brigade de gendarmerie,S10,,CM004005002,,,,`, `,Sécurité alimentaire,S10,,CM004005002,,,,`))
    expect((await shown(desk)).map((s) => [s.name.fr, s.securityActor])).toEqual([
      ['Brigade de gendarmerie', true],
      ['Poste de Mora', true],
      ['Sécurité alimentaire', false],
    ])
  })

  it('H16 of a confidential type is in no ordinary list though the file forgot the mark, nor can it be verified there', async () => {
    const desk = await openTestCentre()
    await take(desk, lines(`${uuid(1)},Un lieu,S04,S04.04,CM004005002,,,,`, `,Un autre,S03,,CM004005002,,,,survivors`))
    expect(await shown(desk)).toEqual([])
    const serviceId = directoryRowId('service_point', `uuid/${uuid(1)}`)
    expect(await desk.refusal('directory.get', { serviceId })).toBe('not-found')
    expect(await desk.refusal('directory.verify', { serviceId, how: 'phone' })).toBe('not-found')
  })

  it('whose location is hidden is kept without its place, found by no place, and hides what an older line told', async () => {
    const desk = await openTestCentre()
    const columns = 'uuid,name_fr,sector_codes,arrondissement_pcode,locality,hide_location'
    const row = 'Maison Espoir,S06,CM004005002,Quartier Zokok'
    await take(desk, `${columns}\n,${row},0`)
    expect(await shown(desk)).toHaveLength(1)
    expect((await preview(desk, `${columns}\n,${row},1`)).refused).toEqual([{ line: 2, column: 'uuid', problem: 'needs-uuid' }])
    await take(desk, `${columns}\n${uuid(3)},${row},1`)
    const place = { pcode: '', arrondissement: '', department: '', region: '', locality: '', hidden: true }
    expect((await shown(desk)).map((s) => s.place)).toEqual([place])
    for (const changes of [{ pcode: 'CM004' }, { text: 'Mora' }, { text: 'Zokok' }])
      expect((await desk.get('directory.search', { ...all, ...changes })).total).toBe(0)
    expect(await take(desk, `${columns}\n${uuid(3)},${row},1`)).toMatchObject({ updated: 0, unchanged: 1 })
    const fresh = await openTestCentre({ seed: 2 })
    await take(fresh, `${columns}\n${uuid(3)},Maison Espoir,S06,CM004005001,Quartier Zokok,1`)
    const kept = await databaseDump(fresh)
    expect(kept).toContain('Maison Espoir')
    expect(kept).not.toMatch(/CM004005001|Zokok/)
  })

  it('may be closed by a file, and is then no longer offered', async () => {
    const desk = await openTestCentre()
    const columns = 'name_fr,sector_codes,arrondissement_pcode,status'
    await take(desk, `${columns}\nCentre A,S10,CM004005002,`)
    expect(await take(desk, `${columns}\nCentre A,S10,CM004005002,inactive`)).toMatchObject({ updated: 1 })
    expect(await shown(desk)).toEqual([])
    // a file that does not say leaves it closed
    expect(await take(desk, `${columns}\nCentre A,S10,CM004005002,`)).toMatchObject({ unchanged: 1 })
  })

  it('keeps the later verification; a later date in a file is the file’s, not the last person’s', async () => {
    const desk = await openTestCentre()
    const row = (day: string) => lines(`${uuid(1)},Centre A,S10,,CM004005002,,${day},,`)
    await take(desk, row('2026-10-01'))
    const [service] = await shown(desk)
    expect(service).toMatchObject({ verifiedOn: '2026-10-01', verifiedHow: 'document', verifiedBy: '' })
    await desk.get('directory.verify', { serviceId: service!.id, how: 'visit' })
    expect(await take(desk, row('2026-11-01'))).toMatchObject({ unchanged: 1 })
    expect((await shown(desk))[0]).toMatchObject({ verifiedOn: '2026-11-24', verifiedHow: 'visit', verifiedBy: 'Aminatou B.' })
    desk.ports.clock.advance(5 * 86_400_000)
    expect(await take(desk, row('28/11/2026'))).toMatchObject({ updated: 1 })
    expect((await shown(desk))[0]).toMatchObject({ verifiedOn: '2026-11-28', verifiedHow: 'document', verifiedBy: '' })
  })
})

describe('a directory file', () => {
  it('takes comma, semicolon and tab, with and without the mark of UTF-8, and dates as a French spreadsheet saves them', async () => {
    for (const [separator, mark] of [
      [',', ''],
      [';', '\ufeff'],
      ['\t', '\ufeff'],
    ] as const) {
      const desk = await openTestCentre()
      const row = ['', 'École d’été', 'S10', '', 'CM004005002', '+237 6 00 00 00 01', '01/10/2026', '', '']
      const content = `${mark}${header.replaceAll(',', separator)}\r\n${row.join(separator)}\r\n${separator.repeat(8)}\r\n`
      expect(await preview(desk, content)).toMatchObject({ fileRows: 1, toAdd: 1, refusedCount: 0, samples: ['École d’été'] })
    }
  })

  it('names the columns that it does not know, so that no telephone is lost unseen', async () => {
    const desk = await openTestCentre()
    const content = 'name_fr,sector_codes,arrondissement_pcode,telephone,lat\nCentre A,S10,CM004005002,600000012,10.1'
    expect((await preview(desk, content)).unknownColumns).toEqual(['telephone'])
  })

  it('tells the line where a row begins, after cells of several lines and empty lines', async () => {
    const desk = await openTestCentre()
    const content = [
      header,
      `,"Centre\r\nde\r\nMora",S10,,CM004005002,,,,`,
      '',
      ',,S10,,CM004005002,,,,',
      ',"A\r\nB",S99,,CM004005002,,,,',
    ]
    expect((await preview(desk, content.join('\r\n'))).refused.map((r) => [r.line, r.column])).toEqual([
      [6, 'name_fr'],
      [7, 'sector_codes'],
    ])
    const broken = [...content.slice(0, 2), ',"never closed,S10,,CM004005002,,,,', ',Centre Z,S10,,CM004005002,,,,'].join('\n')
    expect(await desk.ask('directory.previewCsv', { file: csv(desk, broken), job: 'p' })).toEqual({
      ok: false,
      error: { code: 'csv-broken', details: { line: 5 } },
    })
  })

  it('is refused when its accents are those of DOS, of an old Mac or of UTF-16', async () => {
    const desk = await openTestCentre()
    const bytes = (...accents: readonly number[]) =>
      Buffer.concat([Buffer.from(`${header}\n,Mar`), Buffer.from(accents), Buffer.from(',S10,,CM004005002,,,,\n')])
    const code = (content: Uint8Array) => desk.refusal('directory.previewCsv', { file: csv(desk, content), job: 'p' })
    expect(await code(bytes(0x82))).toBe('csv-wrong-encoding')
    expect(await code(bytes(0x8e))).toBe('csv-wrong-encoding')
    expect(await code(Buffer.from(lines(',Maré,S10,,CM004005002,,,,'), 'utf16le'))).toBe('csv-wrong-encoding')
    expect(await code(bytes(0xe9))).toBe('accepted')
  })

  it('cannot say that a service was verified tomorrow', async () => {
    const desk = await openTestCentre()
    const { refused } = await preview(desk, lines(`,Centre A,S10,,CM004005002,,2026-11-25,,`))
    expect(refused).toEqual([{ line: 2, column: 'last_verified', problem: 'date-in-future' }])
  })

  it('that changed after it was looked at changes nothing', async () => {
    const desk = await openTestCentre()
    const { previewId } = await preview(desk, lines(`,Centre A,S10,,CM004005002,,,,`))
    csv(desk, lines(`,Centre B,S10,,CM004005002,,,,`))
    expect(await desk.refusal('directory.importCsv', { previewId, job: 'i' })).toBe('csv-changed')
    expect(await shown(desk)).toEqual([])
  })

  it('has a model that imports as it is, and a list of codes that names no confidential type', async () => {
    const desk = await openTestCentre()
    const file = path.join(desk.folder, 'services.csv')
    await desk.get('directory.saveModel', { file: desk.token(file), what: 'model' })
    const model = readFileSync(file)
    expect(model.subarray(0, 3)).toEqual(Buffer.from('\ufeff'))
    expect(await preview(desk, model)).toMatchObject({ toAdd: 1, refusedCount: 0, unknownColumns: [] })
    await desk.get('directory.saveModel', { file: desk.token(file), what: 'codes' })
    const codes = readFileSync(file, 'utf8')
    expect(codes).toContain('arrondissement_pcode;CM004005002;Mora (Mayo-Sava, Extrême-Nord)')
    expect(codes).not.toMatch(/VBG|GBV|S04/)
  })

  it('of 20,000 rows is taken to the end while the desk goes on answering, with progress that never goes back', async () => {
    const desk = await openTestCentre()
    const rows = Array.from({ length: 20_000 }, (_, i) => `,Service numéro ${i},S10,,CM004005002,,,,`)
    const { previewId, toAdd } = await preview(desk, lines(...rows))
    expect(toAdd).toBe(20_000)
    // a clock on which every look is 60 ms later: the work must pause at every chance that it has
    let now = 0
    desk.ports.clock.steady = () => (now += 60)
    let running = true
    const importing = desk.get('directory.importCsv', { previewId, job: 'big' }).finally(() => {
      running = false
    })
    let answered = 0
    while (running) {
      await desk.get('security.status', {})
      await new Promise((resume) => setImmediate(resume))
      if (running) answered += 1
    }
    expect(await importing).toEqual({ added: 20_000, updated: 0, unchanged: 0, refused: 0 })
    expect(answered).toBeGreaterThan(200)
    const done = desk.events
      .filter((e) => e.name === 'progress' && (e.data as { job: string }).job === 'big')
      .map((e) => (e.data as { done: number }).done)
    expect(done.at(-1)).toBe(20_000)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect((await desk.get('directory.search', all)).total).toBe(20_000)
    expect((await desk.get('audit.verify', {})).brokenAt).toBeNull()
  }, 180_000)
})
