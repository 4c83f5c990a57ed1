import fs from 'node:fs'
import path from 'node:path'
import jsQR from 'jsqr'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { card, consent } from '../../tools/demo/demo-people.ts'
import { isNeutral } from '../../src/shared/referrals/revealing-words.ts'
import { readPdf } from './read-pdf.ts'
import { answerDialogs, expect, repositoryRoot, test } from './app.ts'

test('U23 H3 H7 H8 the printed slip: pages, tags, QR, ticked items only, nothing that reveals', async ({
  deskOfMora: desk,
  folder,
}) => {
  const hands = deskDriver(desk.page, 'fr')
  await hands.goTo('directory')
  await answerDialogs(desk.app, path.join(repositoryRoot, 'resources/training/services.csv'))
  await hands.importDirectory()
  await hands.goTo('cases')
  await hands.openCase(consent)
  await hands.fillCard(card)
  await hands.prepareReferral('S10', hands.t.referrals.priorities.normal, 'formation')
  await hands.consentToReferral([hands.t.referrals.itemNames.name])
  const code = await hands.issue()
  const a5 = path.join(folder, 'document.pdf')
  await answerDialogs(desk.app, a5)
  await hands.saveSlip()
  const first = await readPdf(a5)
  expect({ pages: first.pages, tagged: first.tagged, millimetres: first.millimetres }).toEqual({
    pages: 1,
    tagged: true,
    millimetres: [148, 210],
  })
  expect(first.text).toContain('Ŋgono Ɓello Aïssatou')
  expect(first.text).toContain(code)
  for (const absent of ['600000042', '00 00 00 42', 'MOR-26', 'Mayo-Sava', 'CM004', 'DUPLICATA', 'EXERCICE'])
    expect(first.text).not.toContain(absent)
  expect(isNeutral(first.text)).toBe(true)
  expect([first.info['Title'], first.info['Author'], first.info['Subject']]).toEqual(['document', undefined, undefined])
  expect(isNeutral(JSON.stringify(first.info))).toBe(true)

  await desk.page.getByText(hands.t.referrals.formats['a4-two']).click()
  const a4 = path.join(folder, 'a4.pdf')
  await answerDialogs(desk.app, a4)
  await hands.saveSlip()
  const second = await readPdf(a4)
  expect({ pages: second.pages, millimetres: second.millimetres }).toEqual({ pages: 1, millimetres: [210, 297] })
  expect(second.text.split(code).length - 1).toBe(4)
  expect(second.text).toContain('DUPLICATA')
  // what marks a second print covers nothing of what is written
  const covered = await desk.page.locator('.slip-preview').evaluate((preview) => {
    const marks = [...preview.querySelectorAll('.slip-marks strong')]
    const texts = document.createTreeWalker(preview, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    while (texts.nextNode()) {
      const range = document.createRange()
      range.selectNodeContents(texts.currentNode)
      for (const mark of marks) {
        const [a, b] = [mark.getBoundingClientRect(), range.getBoundingClientRect()]
        const overlap = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
        if (overlap && !mark.contains(texts.currentNode)) found.push(range.toString())
      }
    }
    return { marks: marks.length, found }
  })
  expect(covered).toEqual({ marks: 4, found: [] })

  // both codes of the slip as a scanner sees them at 150 dots per inch
  await desk.page.setViewportSize({ width: 1366, height: 2000 })
  for (const image of await desk.page.locator('.slip-preview .slip-qr').all()) {
    const pixels = await image.evaluate(async (element: HTMLImageElement) => {
      await element.decode()
      const side = 150
      const canvas = document.createElement('canvas')
      canvas.width = side
      canvas.height = side
      const context = canvas.getContext('2d')!
      context.fillStyle = '#fff'
      context.fillRect(0, 0, side, side)
      context.drawImage(element, 0, 0, side, side)
      return { data: [...context.getImageData(0, 0, side, side).data], side }
    })
    const read = jsQR(Uint8ClampedArray.from(pixels.data), pixels.side, pixels.side)
    expect(read?.data).toBe(code.replaceAll('-', ''))
  }
  // nothing of the print stays in the profile
  expect(fs.readdirSync(path.join(folder, 'profile')).filter((n) => n.endsWith('.pdf'))).toEqual([])
  expect(desk.complaints).toEqual([])
})

test('U23 the longest slip still fits its paper: every item ticked, names of 120 letters', async ({
  deskOfMora: desk,
  folder,
}) => {
  const hands = deskDriver(desk.page, 'fr')
  await hands.goTo('directory')
  await answerDialogs(desk.app, path.join(repositoryRoot, 'resources/training/services.csv'))
  await hands.importDirectory()
  await hands.goTo('cases')
  await hands.openCase(consent)
  const long = (first: string) => `${first} ${'Ŋgono-Ɓello '.repeat(9)}`.slice(0, 119)
  await hands.fillCard({
    ...card,
    family_name: long('A'),
    given_names: long('B'),
    id_docs: ['birth', 'judgment', 'school', 'voter', 'passport', 'cni'],
  })
  await hands.prepareReferral('S10', hands.t.referrals.priorities.normal, 'formation')
  await hands.consentToReferral(Object.values(hands.t.referrals.itemNames))
  await desk.page.getByLabel(hands.t.referrals.appointment).fill('m'.repeat(60))
  await hands.issue()
  for (const format of ['a5', 'a4-two'] as const) {
    await desk.page.getByText(hands.t.referrals.formats[format]).click()
    await desk.page.locator(`.slip-preview .sheet[data-format="${format}"]`).waitFor()
    const cut = await desk.page
      .locator('.slip-preview .slip')
      .evaluateAll((slips) => slips.filter((e) => e.scrollHeight > e.clientHeight + 1).length)
    expect(`${format}: ${cut} cut`).toBe(`${format}: 0 cut`)
  }
  const file = path.join(folder, 'document.pdf')
  await answerDialogs(desk.app, file)
  await hands.saveSlip()
  expect((await readPdf(file)).pages).toBe(1)
})

test('S40 the print window is gone after success and failure, and leaves no file', async ({ deskOfMora: desk, folder }) => {
  const hands = deskDriver(desk.page, 'fr')
  await hands.goTo('directory')
  await answerDialogs(desk.app, path.join(repositoryRoot, 'resources/training/services.csv'))
  await hands.importDirectory()
  await hands.goTo('cases')
  await hands.openCase(consent)
  await hands.fillCard(card)
  await hands.prepareReferral('S10', hands.t.referrals.priorities.normal, 'formation')
  await hands.consentToReferral([hands.t.referrals.itemNames.name])
  await hands.issue()
  const windowsNow = () => desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  const filesNow = () =>
    fs
      .readdirSync(folder, { recursive: true })
      .map(String)
      .filter((f) => /\.(?:pdf|part|png|tmp)$/.test(f))
  await answerDialogs(desk.app, path.join(folder, 'absent', 'document.pdf'))
  await desk.page.getByRole('button', { name: hands.t.referrals.savePdf }).click()
  await desk.page.getByRole('alert').waitFor()
  expect([await windowsNow(), filesNow()]).toEqual([1, []])
  await answerDialogs(desk.app, path.join(folder, 'document.pdf'))
  await hands.saveSlip()
  expect([await windowsNow(), filesNow()]).toEqual([1, ['document.pdf']])
  // what failed before was no print
  expect((await readPdf(path.join(folder, 'document.pdf'))).text).not.toContain('DUPLICATA')
})
