import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Answers } from '#shared/forms/form-definition.ts'
import { databaseDump, openDatabaseCopy } from '#test/support/database-dump.ts'
import { fullConsent, fullIdentity, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'
import { csvFile, instanceXml, koboTables, xlsxFile, type Interview } from '#test/support/submission-files.ts'

const line = (n: number) => `skills[${String(n).padStart(9, '0')}]`
const skills: Answers = {
  [line(1)]: 'here',
  [`${line(1)}.skills_years`]: 4,
  [line(2)]: 'here',
  [`${line(2)}.skills_level`]: 'basic',
}
const person = (uuid: string, changes: Answers = {}): Interview => ({
  answers: { ...fullConsent, ...fullIdentity, ...changes },
  noted: { _uuid: uuid, _submission_time: '2026-11-20T10:12:00' },
})
const codes = { groups: true, several: 'codes' } as const

const preview = (desk: TestCentre, ...files: readonly string[]) =>
  desk.get('submissions.preview', { files: files.map((f) => desk.token(f)), job: 'p' })
async function take(desk: TestCentre, ...files: readonly string[]) {
  const { previewId } = await preview(desk, ...files)
  return desk.get('submissions.take', { previewId, job: 't' })
}
const waiting = async (desk: TestCentre) => (await desk.get('submissions.waiting', { limit: 100 })).rows
const csv = (desk: TestCentre, interviews: readonly Interview[], separator: ',' | ';' = ',', name = 'export.csv') =>
  csvFile(desk.folder, koboTables(interviews, codes)[0]!, separator, name)
const written = (desk: TestCentre, name: string, content: string | Uint8Array) => {
  const file = path.join(desk.folder, name)
  writeFileSync(file, content)
  return file
}
const refused = (desk: TestCentre, file: string) => desk.refusal('submissions.preview', { files: [desk.token(file)], job: 'p' })
const reception = (subject: string) => ({ form: 'new-case', subject }) as const

describe('interviews from the field', () => {
  it.each([',', ';'] as const)(
    'a CSV with %s becomes drafts that wait, and changes nothing before it is taken',
    async (separator) => {
      const desk = await openTestCentre()
      const file = csv(desk, [person('u-1'), person('u-2', { family_name: 'Oumarou' })], separator)
      const before = await databaseDump(desk)
      const found = await preview(desk, file)
      expect(await databaseDump(desk)).toEqual(before)
      expect(found.counts).toMatchObject({ all: 2, toMake: 2, taken: 0, noConsent: 0, withFindings: 0 })
      expect(found.submissions[0]).toMatchObject({
        file: 'export.csv',
        row: 2,
        sentOn: '2026-11-20',
        state: 'new',
        declined: false,
      })
      expect(await desk.get('submissions.take', { previewId: found.previewId, job: 't' })).toEqual({
        made: 2,
        taken: 0,
        noConsent: 0,
      })
      expect((await waiting(desk)).map((w) => w.name).toSorted()).toEqual(['Oumarou Aïssatou', 'Ŋgono Ɓello Aïssatou'])
      // they are no interrupted forms of this user, and no case is open
      expect(await desk.get('cases.drafts', {})).toEqual({ rows: [], imported: 2 })
      expect((await desk.get('cases.list', { text: '', after: null, limit: 10 })).total).toBe(0)
    },
  )

  it('an XLSX with a sheet for each repeat brings its lines; opening the case puts them into its card', async () => {
    const desk = await openTestCentre()
    await take(desk, await xlsxFile(desk.folder, koboTables([person('u-1'), person('u-2', skills)], codes)))
    const drafts = await Promise.all((await waiting(desk)).map(({ subject }) => desk.get('cases.draft', reception(subject))))
    const held = Object.keys(fullIdentity).length
    expect(drafts.map((d) => d?.held).toSorted((a, b) => a! - b!)).toEqual([held, held + 2])
    expect(drafts.every((d) => d?.imported)).toBe(true)
    const { subject } = (await waiting(desk)).toSorted((a, b) => a.answers - b.answers)[1]!
    expect((await desk.get('cases.draft', reception(subject)))?.texts).toMatchObject({
      consent_status: 'given',
      info_points_given: expect.stringContaining('purpose') as string,
    })
    const { id } = await desk.get('cases.create', { consent: fullConsent, draft: subject })
    const card = await desk.get('cases.draft', { form: 'quick-card', subject: id })
    expect(card?.texts).toMatchObject({
      family_name: 'Ŋgono Ɓello',
      [line(1)]: 'here',
      [`${line(1)}.skills_years`]: '4',
      [`${line(2)}.skills_level`]: 'basic',
    })
    expect(await waiting(desk)).toHaveLength(1)
    expect((await desk.get('cases.get', { caseId: id })).answers['family_name']).toBeUndefined()
  })

  it('several XML files are taken at once, each a draft', async () => {
    const desk = await openTestCentre()
    const files = ['u-1', 'u-2'].map((uuid) =>
      written(
        desk,
        `profile_${uuid}.xml`,
        instanceXml({ answers: { ...fullConsent, ...fullIdentity, ...skills }, noted: { instanceID: `uuid:${uuid}` } }),
      ),
    )
    const found = await preview(desk, ...files)
    expect(found.submissions.map((s) => [s.file, s.row, s.sentOn, s.findingCount])).toEqual([
      ['profile_u-1.xml', null, '2026-11-20', 0],
      ['profile_u-2.xml', null, '2026-11-20', 0],
    ])
    expect(await desk.get('submissions.take', { previewId: found.previewId, job: 't' })).toMatchObject({ made: 2 })
    expect((await waiting(desk))[0]?.name).toBe('Ŋgono Ɓello Aïssatou')
  })
})

describe('the same interview again', () => {
  it('H38 makes nothing: the same file, the same interviews in another form, twice in one choice', async () => {
    const desk = await openTestCentre()
    const file = csv(desk, [person('u-1'), person('u-1')])
    expect(await take(desk, file)).toEqual({ made: 1, taken: 1, noConsent: 0 })
    const before = await waiting(desk)
    expect(await take(desk, file)).toEqual({ made: 0, taken: 2, noConsent: 0 })
    const xml = written(desk, 'one.xml', instanceXml({ ...person('u-1'), noted: { instanceID: 'uuid:U-1' } }))
    expect((await preview(desk, xml)).submissions[0]?.state).toBe('taken')
    expect(await take(desk, xml)).toMatchObject({ made: 0, taken: 1 })
    expect(await waiting(desk)).toEqual(before)
  })

  it('makes nothing after its draft was saved as a case, or thrown away', async () => {
    const desk = await openTestCentre()
    const file = csv(desk, [person('u-1'), person('u-2')])
    await take(desk, file)
    const [first, second] = await waiting(desk)
    await desk.get('cases.create', { consent: fullConsent, draft: first!.subject })
    await desk.get('cases.dropDraft', reception(second!.subject))
    expect(await waiting(desk)).toEqual([])
    expect(await desk.get('cases.draft', { form: 'quick-card', subject: second!.subject })).toBeNull()
    expect(await take(desk, file)).toEqual({ made: 0, taken: 2, noConsent: 0 })
    expect(await waiting(desk)).toEqual([])
  })

  it('without any id is known by its content', async () => {
    const desk = await openTestCentre()
    const { answers } = person('')
    expect(await take(desk, csv(desk, [{ answers }]))).toMatchObject({ made: 1 })
    expect(await take(desk, csv(desk, [{ answers }, { answers: { ...answers, usual_name: 'X' } }], ';'))).toMatchObject({
      made: 1,
      taken: 1,
    })
  })

  it('that was changed in Kobo since is told, and changes nothing here', async () => {
    const desk = await openTestCentre()
    await take(desk, csv(desk, [person('u-1')]))
    const edited = { ...person('u-9', { usual_name: 'Baba' }), noted: { _uuid: 'u-9', 'meta/rootUuid': 'uuid:u-1' } }
    expect((await preview(desk, csv(desk, [edited]))).submissions[0]?.state).toBe('taken-changed')
    expect(await take(desk, csv(desk, [edited]))).toMatchObject({ made: 0, taken: 1 })
  })

  it('two people with the same answers are two', async () => {
    const desk = await openTestCentre()
    expect(await take(desk, csv(desk, [person('u-1'), person('u-2')]))).toMatchObject({ made: 2 })
  })

  it('H28 is remembered without its id or anything of the person', async () => {
    const desk = await openTestCentre()
    await take(desk, csv(desk, [person('u-secret-1')]))
    const db = await openDatabaseCopy(desk)
    const marks = JSON.stringify(db.prepare('SELECT * FROM submission_mark').all())
    db.close()
    expect(marks).toMatch(/"mark":"[0-9a-f]{64}"/)
    for (const told of ['secret', 'Ɓello', '600000042']) expect(marks).not.toContain(told)
  })
})

describe('consent', () => {
  it('H1 H6 of a person who said no only the codes of the interview are taken, and their session ends the draft', async () => {
    const desk = await openTestCentre()
    const found = await preview(desk, csv(desk, [person('u-1', { consent_status: 'refused' })]))
    expect(found.submissions[0]).toMatchObject({ state: 'new', declined: true, leftOut: Object.keys(fullIdentity).length })
    await desk.get('submissions.take', { previewId: found.previewId, job: 't' })
    const [row] = await waiting(desk)
    expect(row).toMatchObject({ name: '', declined: true })
    expect(JSON.stringify(await desk.get('cases.draft', reception(row!.subject)))).not.toContain('Ɓello')
    expect(await desk.get('cases.draft', { form: 'quick-card', subject: row!.subject })).toBeNull()
    await desk.get('cases.recordInformationSession', {
      consentStatus: 'refused',
      on: '2026-11-20',
      language: 'fra',
      draft: row!.subject,
    })
    expect(await waiting(desk)).toEqual([])
  })

  it('H1 a person who takes the agreement back before the case is opened leaves nothing', async () => {
    const desk = await openTestCentre()
    await take(desk, csv(desk, [person('u-1')]))
    const { subject } = (await waiting(desk))[0]!
    await desk.get('cases.recordInformationSession', {
      consentStatus: 'deferred',
      on: '2026-11-20',
      language: 'fra',
      draft: subject,
    })
    expect(await desk.get('cases.draft', { form: 'quick-card', subject })).toBeNull()
  })

  it('H1 an unreadable consent takes nothing and remembers nothing: corrected, it is taken', async () => {
    const desk = await openTestCentre()
    const bad = csv(desk, [person('u-1', { consent_status: 'peut-être' })])
    expect((await preview(desk, bad)).submissions[0]).toMatchObject({ state: 'no-consent', answers: 0 })
    expect(await take(desk, bad)).toEqual({ made: 0, taken: 0, noConsent: 1 })
    expect(await take(desk, csv(desk, [person('u-1')]))).toEqual({ made: 1, taken: 0, noConsent: 0 })
  })

  it('nothing of the notes of private talks can come in: their columns are no questions of the profile', async () => {
    const desk = await openTestCentre()
    const [main] = koboTables([person('u-1')], codes)
    const rows = main!.rows.map((row, at) => [
      ...row,
      at === 0 ? 'g_services_wanted' : 'health',
      at === 0 ? 'envelope/g_safe_now' : 'yes',
    ])
    const file = csvFile(desk.folder, { name: '', rows }, ',')
    const found = await preview(desk, file)
    expect(found.columns.unknown.names).toEqual(['g_services_wanted', 'envelope/g_safe_now'])
    await desk.get('submissions.take', { previewId: found.previewId, job: 't' })
    const [row] = await waiting(desk)
    for (const form of ['new-case', 'quick-card'] as const) {
      const texts = (await desk.get('cases.draft', { form, subject: row!.subject }))?.texts ?? {}
      expect(Object.keys(texts).filter((name) => name.startsWith('g_'))).toEqual([])
    }
    const own = written(desk, 'own.csv', 'g_survivor_code,g_services_wanted\n12,health\n')
    expect(await refused(desk, own)).toBe('submissions-other-form')
  })
})

describe('what cannot be read', () => {
  it('is refused, and says why', async () => {
    const desk = await openTestCentre()
    const files: Readonly<Record<string, readonly [code: string, content: string]>> = {
      'an empty file': ['submissions-none', ''],
      'headings alone': ['submissions-none', 'consent_status,family_name\n'],
      'another table': ['submissions-other-form', 'name,phone_number\nA,1\n'],
      'an open quote': ['csv-broken', 'consent_status,family_name\ngiven,"A\n'],
      'XML that breaks off': ['submissions-broken', '<data><consent_status>given</consent_status>'],
      'an entity': ['submissions-broken', '<!DOCTYPE d [<!ENTITY a "x">]><d><consent_status>given</consent_status></d>'],
      'XML of another form': ['submissions-other-form', '<data><colour>red</colour></data>'],
      'a spreadsheet that is none': ['file-unreadable', 'PK\u0003\u0004 and nothing more'],
      'too many interviews': ['submissions-too-many', `consent_status\n${'given\n'.repeat(1001)}`],
      'elements without end': ['submissions-broken', `<d>${'<a>'.repeat(40)}x${'</a>'.repeat(40)}</d>`],
    }
    for (const [what, [code, content]] of Object.entries(files)) {
      expect([what, await refused(desk, written(desk, 'file.txt', content))]).toEqual([what, code])
    }
    const large = written(desk, 'large.csv', new Uint8Array(20 * 1024 * 1024 + 1))
    expect(await refused(desk, large)).toBe('too-large')
    const file = csv(desk, [person('u-1')])
    await desk.get('security.enterTraining', {})
    expect(await refused(desk, file)).toBe('training-no-exchange')
  })

  it('a file that changed since, a preview of before, a cancelled import: nothing is made', async () => {
    const desk = await openTestCentre()
    const file = csv(desk, [person('u-1')])
    const { previewId } = await preview(desk, file)
    const before = await databaseDump(desk)
    csv(desk, [person('u-1'), person('u-2')])
    expect(await desk.refusal('submissions.take', { previewId, job: 't' })).toBe('csv-changed')
    const many = csv(
      desk,
      Array.from({ length: 60 }, (_, n) => person(`u-${n}`)),
    )
    const { previewId: second } = await preview(desk, many)
    expect(await desk.refusal('submissions.take', { previewId, job: 't' })).toBe('not-found')
    // a clock on which every look is 60 ms later: the work must pause at every chance that it has
    let now = 0
    desk.ports.clock.steady = () => (now += 60)
    const taking = desk.ask('submissions.take', { previewId: second, job: 'stop' })
    const cancel = async () => {
      while (!desk.events.some((e) => e.name === 'progress' && (e.data as { job: string }).job === 'stop'))
        await new Promise((resume) => setImmediate(resume))
      await desk.get('app.cancel', { job: 'stop' })
    }
    const [result] = await Promise.all([taking, cancel()])
    expect(result).toEqual({ ok: false, error: { code: 'cancelled' } })
    expect(await databaseDump(desk)).toBe(before)
  })
})
