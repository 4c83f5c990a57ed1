import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { deviceOf, look, pass, send, take, trust } from '#test/support/exchange.ts'
import {
  cardOf,
  ceremony,
  enrol,
  joinNetwork,
  listOf,
  nationalWordsOf,
  openOffice,
  statusOf,
  takeList,
} from '#test/support/national.ts'
import { qrPicture } from '#renderer/ui/qr-picture.ts'
import { addCase, addDirectory, openTestCentre } from '#test/support/open-test-centre.ts'

const people = { text: '', after: null, limit: 10 }

describe('the ceremony of the national key', () => {
  it('gives three sheets of which two open the key; nothing counts before two were typed back', async () => {
    const office = await openOffice()
    const { sheets } = await office.get('roster.beginCeremony', { renew: false })
    expect(sheets.map((s) => s.number)).toEqual([1, 2, 3])
    expect((await office.get('roster.status', {})).national).toBeNull()
    const typed = sheets.map((s) => s.groups.join(' '))
    const wrong = typed[0]!.replace(/^./, (letter) => (letter === 'Z' ? 'Y' : 'Z'))
    expect(await office.ask('roster.confirmCeremony', { sheets: [wrong, typed[1]!] })).toEqual({
      ok: false,
      error: { code: 'share-wrong', details: { group: 1 } },
    })
    const status = await office.get('roster.confirmCeremony', { sheets: [typed[1]!, typed[2]!] })
    expect(status.national).toMatchObject({ how: 'ceremony', ceremony: sheets[0]!.ceremony, words: sheets[0]!.words })
    expect(status.devices).toMatchObject([{ why: 'own', listed: true, status: 'active' }])
    expect(status.openUntil).not.toBeNull()
  })

  it('the key lives in memory only: neither the sheets nor the secret are in any file, and it closes by itself, at a lock and by hand', async () => {
    const office = await openOffice()
    const sheets = await ceremony(office)
    const closed = async () => (await office.get('roster.status', {})).openUntil === null
    await office.get('roster.close', {})
    expect(await closed()).toBe(true)
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const read = await office.get('roster.readCard', { file: office.token(await cardOf(mora)) })
    const { words } = await mora.get('sync.ownCard', {})
    const enrolling = { previewId: read.previewId, words: words.join(' ') }
    expect(await office.refusal('roster.enrol', enrolling)).toBe('national-not-open')
    await office.get('roster.open', { sheets: [sheets[1]!, sheets[2]!] })
    office.ports.clock.advance(10 * 60_000 + 1)
    expect(await closed()).toBe(true)
    await office.get('roster.open', { sheets: [sheets[0]!, sheets[2]!] })
    await office.get('security.lock', {})
    await office.get('security.unlock', { login: 'aminatou', password: 'le-mil-pousse-vite' })
    expect(await closed()).toBe(true)
  })

  it('sheets of another ceremony, and a second ceremony, are refused', async () => {
    const office = await openOffice()
    await ceremony(office)
    expect(await office.refusal('roster.beginCeremony', { renew: false })).toBe('national-exists')
    const other = await ceremony(await openOffice({ seed: 78 }))
    expect(await office.refusal('roster.open', { sheets: [other[0]!, other[1]!] })).toBe('national-other-key')
  })
})

describe('enrolment', () => {
  it('the QR code of a card holds the bytes of its file, which fit', async () => {
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const { file } = await mora.get('sync.ownCard', {})
    expect(file).toBe(readFileSync(await cardOf(mora), 'utf8'))
    expect(qrPicture(new TextEncoder().encode(file))).toMatch(/^data:image/)
    expect(qrPicture(new Uint8Array(2954))).toBeUndefined()
  })

  it('a computer on the list is believed by all without comparing words for each pair', async () => {
    const office = await openOffice()
    await ceremony(office)
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    await joinNetwork(office, mora, buea)
    await addCase(mora)
    expect(await statusOf(buea, mora)).toMatchObject({ why: 'list', status: 'active', card: { siteName: 'Mora' } })
    expect((await pass(mora, buea)).newPeople).toBe(1)
    expect((await pass(buea, mora)).fromSite).toBe('Buéa')
  })

  it('words that are not the card’s are refused, with the place of the first that differs, on both sides', async () => {
    const office = await openOffice()
    await ceremony(office)
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const read = await office.get('roster.readCard', { file: office.token(await cardOf(mora)) })
    const { words } = await mora.get('sync.ownCard', {})
    const typed = (list: readonly string[]) => ({ previewId: read.previewId, words: list.join(', ') })
    const differs = (place: number) => ({ ok: false, error: { code: 'words-differ', details: { place } } })
    expect(await office.ask('roster.enrol', typed(words.with(3, 'baba')))).toEqual(differs(4))
    expect(await office.ask('roster.enrol', typed(words.slice(0, 5)))).toEqual(differs(6))
    expect(await office.ask('roster.enrol', typed([...words, 'baba']))).toEqual(differs(6))
    expect(await statusOf(office, mora)).toBeUndefined()
    await office.get('roster.enrol', typed(words.map((w) => w.toUpperCase())))
    const list = await mora.get('roster.readList', { file: mora.token(await listOf(office)) })
    expect(list).toMatchObject({ namesUs: true, needsWords: true, devices: 2 })
    expect(await mora.ask('roster.takeList', { previewId: list.previewId, words: words.join(' ') })).toEqual(differs(1))
    expect((await mora.get('roster.status', {})).national).toBeNull()
    const spoken = (await nationalWordsOf(office)).join(' ')
    const status = await mora.get('roster.takeList', { previewId: list.previewId, words: spoken })
    expect(status.national).toMatchObject({ how: 'words' })
    expect(status.devices).toMatchObject([{ why: 'own', listed: true }, { why: 'list' }])
  })

  it('E09 a file from a computer that is not on the list is refused; the next file of the office names it', async () => {
    const office = await openOffice()
    await ceremony(office)
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO', 'CW'] })
    await joinNetwork(office, mora)
    await joinNetwork(office, buea)
    // Mora took its list before Buéa was enrolled
    await addCase(buea)
    const file = await send(buea, mora)
    expect(await mora.refusal('sync.preview', { file: mora.token(file), job: 'p' })).toBe('sync-unknown-sender')
    await pass(office, mora)
    expect(await statusOf(mora, buea)).toMatchObject({ why: 'list' })
    await take(mora, file)
  })

  it('two centres without the office still trust each other by card, and are shown as such', async () => {
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    await trust(mora, buea)
    await trust(buea, mora)
    expect(await statusOf(buea, mora)).toMatchObject({ why: 'card', listed: false })
    expect((await buea.get('roster.status', {})).national).toBeNull()
    await addCase(mora)
    expect((await pass(mora, buea)).newPeople).toBe(1)
  })

  it('several computers of a centre are several devices: a file for the centre opens at each, and both answer', async () => {
    const office = await openOffice()
    await ceremony(office)
    const first = await openTestCentre({ site: 'MOR', seed: 11, roles: ['SUP', 'CW', 'DIR'] })
    const second = await openTestCentre({ site: 'MOR', seed: 12, machineId: 'second', roles: ['SUP', 'CW'] })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    await joinNetwork(office, first, second, buea)
    await addDirectory(office)
    const file = await send(office, first)
    for (const desk of [first, second]) expect((await take(desk, file)).services).toBeGreaterThan(50)
    await addCase(first)
    await pass(first, second)
    expect((await second.get('cases.list', people)).rows).toHaveLength(1)
    await pass(second, buea)
    expect((await buea.get('cases.list', people)).rows).toHaveLength(1)
    expect((await buea.get('sync.centres', {})).centres.find((c) => c.siteCode === 'MOR')?.devices).toHaveLength(2)
  })

  it('a retired computer is written to no more; its late files are still read', async () => {
    const office = await openOffice()
    await ceremony(office)
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    await joinNetwork(office, mora)
    await addCase(mora)
    const late = await send(mora, office)
    await office.get('roster.retire', { device: await deviceOf(mora) })
    expect(await statusOf(office, mora)).toMatchObject({ status: 'retired' })
    expect((await take(office, late)).newPeople).toBe(1)
    const file = { device: await deviceOf(mora), file: office.token(path.join(office.folder, 'x.age')), job: 'x' }
    expect(await office.refusal('sync.export', file)).toBe('not-found')
  })
})

describe('the list as a file', () => {
  it('is refused when it is no list, or cut, and nothing is believed', async () => {
    const office = await openOffice()
    await ceremony(office)
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const file = await listOf(office)
    const whole = readFileSync(file)
    const read = (bytes: string | Buffer) => {
      writeFileSync(file, bytes)
      return mora.refusal('roster.readList', { file: mora.token(file) })
    }
    expect(await read(whole.subarray(0, whole.length - 10))).toBe('list-not-a-list')
    expect(await read('')).toBe('list-not-a-list')
    expect(await read(readFileSync(await cardOf(mora)))).toBe('list-not-a-list')
    expect(await read(whole)).toBe('accepted')
  })

  it('of another national key is never taken in place of the known one', async () => {
    const office = await openOffice()
    await ceremony(office)
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    await joinNetwork(office, mora)
    const other = await openOffice({ seed: 78 })
    await ceremony(other)
    const file = await listOf(other)
    expect(await mora.refusal('roster.readList', { file: mora.token(file) })).toBe('national-other-key')
    expect(await nationalWordsOf(mora)).toEqual(await nationalWordsOf(office))
  })
})

describe('renewal of the national key', () => {
  it('is signed by the former key, arrives with a file, and the former sheets sign nothing more', async () => {
    const office = await openOffice()
    const former = await ceremony(office)
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    await joinNetwork(office, mora, buea)
    const before = await nationalWordsOf(mora)
    const sheets = await ceremony(office, true)
    const now = await nationalWordsOf(office)
    expect(now).not.toEqual(before)
    await pass(office, mora)
    expect(await nationalWordsOf(mora)).toEqual(now)
    expect((await mora.get('roster.status', {})).national?.renewedAt).not.toBeNull()
    expect(await statusOf(mora, buea)).toMatchObject({ why: 'list', status: 'active' })
    await office.get('roster.close', {})
    expect(await office.refusal('roster.open', { sheets: [former[0]!, former[1]!] })).toBe('national-other-key')
    await office.get('roster.open', { sheets: [sheets[0]!, sheets[1]!] })
    // who knew the former key takes the new list without words
    const yagoua = await openTestCentre({ site: 'BDA', seed: 33 })
    await enrol(office, yagoua)
    expect(await buea.get('roster.readList', { file: buea.token(await listOf(office)) })).toMatchObject({ needsWords: false })
    await takeList(buea, await listOf(office), [])
    expect(await nationalWordsOf(buea)).toEqual(now)
    expect(await statusOf(buea, yagoua)).toMatchObject({ why: 'list' })
  })
})

describe('renewal of a computer’s own key', () => {
  it('E06 late files for the two keys before still open, and say that the sender has not heard; older ones are told as such', async () => {
    const office = await openOffice()
    await ceremony(office)
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    await joinNetwork(office, mora, buea)
    await addCase(mora)
    const late = [await send(mora, buea), await send(mora, buea), await send(mora, buea)]
    expect((await look(buea, late[0]!)).toFormerKey).toBe(false)
    for (const file of late.slice(0, 2)) {
      buea.ports.clock.advance(1000)
      await buea.get('roster.renewOwnKey', {})
      expect((await look(buea, file)).toFormerKey).toBe(true)
      expect((await take(buea, file)).toFormerKey).toBe(true)
    }
    buea.ports.clock.advance(1000)
    await buea.get('roster.renewOwnKey', {})
    expect(await buea.refusal('sync.preview', { file: buea.token(late[2]!), job: 'p' })).toBe('sync-for-old-key')
    // once Mora heard, it writes to the new key, signed by nobody but Buéa itself
    await pass(buea, mora)
    expect((await statusOf(mora, buea))?.card.words).toEqual((await buea.get('sync.ownCard', {})).words)
    expect((await pass(mora, buea)).toFormerKey).toBe(false)
  })

  it('is announced to centres that trust by card too', async () => {
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO'] })
    await trust(mora, buea)
    await trust(buea, mora)
    buea.ports.clock.advance(1000)
    await buea.get('roster.renewOwnKey', {})
    await pass(buea, mora)
    expect((await pass(mora, buea)).toFormerKey).toBe(false)
  })

  it('is asked for after six months', async () => {
    const mora = await openTestCentre({ site: 'MOR', seed: 11 })
    const isOld = async () => (await mora.get('roster.status', {})).ownKey.isOld
    mora.ports.clock.advance(180 * 86_400_000)
    expect(await isOld()).toBe(false)
    mora.ports.clock.advance(4 * 86_400_000)
    expect(await isOld()).toBe(true)
    await mora.get('roster.renewOwnKey', {})
    expect(await isOld()).toBe(false)
  })
})
