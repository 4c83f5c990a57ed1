import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readXlsxSheets } from '#main/centre/features/forms/xlsx-file.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'
import { readSheets } from '#shared/forms/read-sheets.ts'
import { canonicalForm } from '#shared/forms/write-sheets.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import { pass } from '#test/support/exchange.ts'
import { checkForm, formFile, nextForm, publishForm, shippedForm } from '#test/support/form-files.ts'
import { ceremony, joinNetwork, openOffice } from '#test/support/national.ts'
import { addCase, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'

const plan = shippedForm('plan')
const profile = shippedForm('profile')

const places = (faults: Awaited<ReturnType<typeof checkForm>>['faults']) =>
  faults.map((f) => [f.weight, f.sheet, f.row, f.column, f.words.fr.replaceAll(/[\u00a0\u202f]/g, ' ')])
/** Where the errors are. */
const where = (told: ReturnType<typeof places>) => told.filter(([weight]) => weight === 'error').map((f) => f.slice(1, 4))
const versionsOf = async (desk: TestCentre, form: string) =>
  (await desk.get('forms.versions', {})).forms.find((f) => f.form === form)!.versions.map((v) => [v.version, v.isNewest])

describe('checking a form that was written in Excel', () => {
  it('U15 tells every fault with sheet, row and column, in both languages, and changes nothing', async () => {
    const desk = await openTestCentre({ roles: ['NAT'] })
    const file = await formFile(desk.folder, nextForm(plan, '2'), ({ survey, choices, settings }) => {
      const column = (name: string) => survey[0]!.findIndex((h) => h.startsWith(name))
      survey[2]![column('type')] = 'barcode'
      survey[3]![column('name')] = 'plan goal'
      survey[4]![column('relevant') < 0 ? survey[0]!.push('relevant') - 1 : column('relevant')] = '${nobody} = 1'
      survey[4]![column('label::English')] = ''
      choices[1]![1] = 'a b'
      settings[0]!.push('colour')
      settings[1]!.push('green')
    })
    const before = await databaseDump(desk)
    const { faults, previewId, errorCount, warningCount } = await checkForm(desk, file)
    expect(places(faults)).toEqual([
      ['error', 'survey', 3, 'type', 'Le type « barcode » n’est pas pris en charge.'],
      [
        'error',
        'survey',
        4,
        'name',
        '« plan goal » n’est pas un nom : lettres sans accent, chiffres, _ et - ; 60 caractères au plus.',
      ],
      ['error', 'survey', 5, 'relevant', '« nobody » n’existe pas dans ce formulaire : corrigez le nom.'],
      ['error', 'survey', 5, 'label::en', 'Texte manquant en en.'],
      ['error', 'choices', 2, 'name', 'Le code « a b » contient une espace ou manque : corrigez-le.'],
      ['warning', 'settings', 1, 'colour', 'La colonne « colour » n’est pas reprise.'],
    ])
    expect([errorCount, warningCount]).toEqual([5, 1])
    expect(faults.every((f) => f.words.en !== '' && f.words.en !== f.words.fr)).toBe(true)
    expect(await desk.refusal('forms.publish', { previewId: previewId! })).toBe('form-has-faults')
    expect(await databaseDump(desk)).toBe(before)
  })

  it('U17 a calculation cycle or a missing question blocks publishing', async () => {
    const office = await openOffice()
    await ceremony(office)
    const added = (rule: string, name = 'again') =>
      nextForm(plan, '2', (survey) => [
        ...survey,
        { type: 'calculate', name, calculation: rule, sensitivity: 'public' },
        { type: 'calculate', name: 'other', calculation: '${again} + 1', sensitivity: 'public' },
      ])
    for (const pack of [added('${other} + 1'), added('${nobody}'), added('1', 'elsewhere')]) {
      const { previewId, faults } = await checkForm(office, await formFile(office.folder, pack))
      expect(faults.filter((f) => f.weight === 'error').length).toBeGreaterThan(0)
      expect(await office.refusal('forms.publish', { previewId: previewId! })).toBe('form-has-faults')
    }
    expect(await versionsOf(office, 'plan')).toEqual([['1', true]])
    await publishForm(office, added('1'))
    expect(await versionsOf(office, 'plan')).toEqual([
      ['2', true],
      ['1', false],
    ])
  })

  it('refuses a reserved name, a version that exists, and what the desk itself needs taken out', async () => {
    const desk = await openTestCentre({ roles: ['NAT'] })
    const told = async (pack: FormPack) => places((await checkForm(desk, await formFile(desk.folder, pack))).faults)
    expect(where(await told({ ...plan, id: 'envelope' }))).toEqual([['settings', 2, 'form_id']])
    expect(where(await told(plan))).toEqual([['settings', 2, 'version']])
    const at = profile.survey.findIndex((r) => r.name === 'consent_status') + 2
    const without = nextForm(profile, '99', (s) => s.filter((r) => r.name !== 'family_name'))
    expect((await told(without)).filter(([weight]) => weight === 'error')).toContainEqual([
      'error',
      'survey',
      0,
      'name',
      'La question « family_name » ne peut pas être retirée : le poste lui-même en a besoin. Remettez-la.',
    ])
    const open = nextForm(profile, '99', (s) =>
      s.map((r) => (r.name === 'consent_status' ? { ...r, sensitivity: 'public' as const } : r)),
    )
    expect(where(await told(open))).toEqual([['survey', at, 'sensitivity']])
    const { list } = profile.survey.find((r) => r.name === 'consent_status')!
    const fewer = { ...nextForm(profile, '99'), choices: { ...profile.choices, [list!]: profile.choices[list!]!.slice(1) } }
    expect(where(await told(fewer))).toEqual([['survey', at, 'type']])
  })

  it('says what changes in words, and how many records hold what is taken out; never whose', async () => {
    const desk = await openTestCentre({ roles: ['NAT', 'CW', 'SUP'] })
    await addCase(desk)
    await addCase(desk, { identity: { current_residence_type: 'own' } })
    const { list } = profile.survey.find((r) => r.name === 'current_residence_type')!
    const pack = {
      ...nextForm(profile, '99', (s) =>
        s
          .filter((r) => r.name !== 'expectations_discussed')
          .map((r) => (r.name === 'nationality' ? { ...r, label: { ...r.label, en: 'Which nationality' } } : r)),
      ),
      choices: { ...profile.choices, [list!]: profile.choices[list!]!.filter((c) => c.name !== 'host') },
    }
    const { faults, changes, against } = await checkForm(desk, await formFile(desk.folder, pack))
    expect(against).toBe(profile.version)
    const told = places(faults).map(([weight, , , , words]) => `${weight} ${words}`)
    expect(told).toContain(
      'warning Question retirée mais remplie : expectations_discussed, 2. Ses réponses restent gardées dans ces dossiers.',
    )
    expect(told).toContain(
      'warning Réponse retirée mais employée : current_residence_type = host, 1. Elle reste visible dans ces dossiers.',
    )
    expect(changes.en).toContainEqual(expect.stringContaining('becomes “Which nationality”'))
    expect(changes.fr).toContainEqual(expect.stringContaining('Which nationality'))
    expect(changes.fr).toContainEqual(expect.stringMatching(/^Question retirée.*expectations_discussed/))
  })

  it('a file that is no spreadsheet, or too large, is refused', async () => {
    const desk = await openTestCentre({ roles: ['NAT'] })
    const file = path.join(desk.folder, 'x.xlsx')
    writeFileSync(file, 'not a zip')
    expect(await desk.refusal('forms.check', { file: desk.token(file), job: 'c' })).toBe('file-unreadable')
    writeFileSync(file, new Uint8Array(5 * 1024 * 1024 + 1))
    expect(await desk.refusal('forms.check', { file: desk.token(file), job: 'c' })).toBe('too-large')
  })
})

describe('publishing a form', () => {
  it('needs the national role and the open key, is written down, and can be done once', async () => {
    const other = await openTestCentre({ roles: ['SUP', 'COO', 'ADM'] })
    const read = await checkForm(other, await formFile(other.folder, nextForm(plan, '2')))
    expect(await other.refusal('forms.publish', { previewId: read.previewId! })).toBe('forbidden')
    const office = await openOffice()
    const file = await formFile(office.folder, nextForm(plan, '2'))
    const without = await checkForm(office, file)
    expect(await office.refusal('forms.publish', { previewId: without.previewId! })).toBe('national-not-open')
    await ceremony(office)
    const { previewId } = await checkForm(office, file)
    expect(await office.get('forms.publish', { previewId: previewId! })).toEqual({ form: 'plan', version: '2' })
    expect((await auditEvents(office)).at(-1)).toMatchObject({ action: 'forms.publish', details: { form: 'plan', version: '2' } })
    expect(await office.refusal('forms.publish', { previewId: previewId! })).toBe('not-found')
    // the version is taken now, and never changes
    expect(where(places((await checkForm(office, file)).faults))).toEqual([['settings', 2, 'version']])
  })

  it('reaches every centre, where it is the same to the letter and opens again as a spreadsheet', async () => {
    const office = await openOffice()
    await ceremony(office)
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    await joinNetwork(office, buea)
    const pack = nextForm(profile, '99', (s) =>
      s.map((r) => (r.name === 'photo' ? { ...r, label: { fr: 'Photo = 1', en: 'Photo' } } : r)),
    )
    await publishForm(office, pack)
    await pass(office, buea)
    const { forms } = await buea.get('forms.versions', {})
    const { id } = forms.find((f) => f.form === 'profile')!.versions.find((v) => v.isNewest)!
    expect(canonicalForm(await buea.get('forms.version', { id }))).toBe(canonicalForm(pack))
    const file = path.join(buea.folder, 'out.xlsx')
    await buea.get('forms.save', { id, file: buea.token(file) })
    const { sheets, faults } = await readXlsxSheets(readFileSync(file))
    expect(faults).toEqual([])
    expect(canonicalForm(readSheets(sheets).pack!)).toBe(canonicalForm(pack))
  })

  it('goes on under the key that follows the national key', async () => {
    const office = await openOffice()
    await ceremony(office)
    await publishForm(office, nextForm(plan, '2'))
    await publishForm(office, nextForm(plan, '3'))
    await ceremony(office, true)
    expect(await versionsOf(office, 'plan')).toEqual([
      ['3', true],
      ['2', false],
      ['1', false],
    ])
    // what the former key signed counts no more, and is no stranger's either
    expect((await office.get('forms.versions', {})).passedOver).toBe(0)
  })

  it('gives a model that reads as a form without faults, and is published under no name of the model', async () => {
    const desk = await openTestCentre({ roles: ['NAT'] })
    const file = path.join(desk.folder, 'model.xlsx')
    await desk.get('forms.saveModel', { file: desk.token(file) })
    const { faults } = await checkForm(desk, file)
    expect(where(places(faults))).toEqual([['settings', 2, 'form_id']])
  })
})
