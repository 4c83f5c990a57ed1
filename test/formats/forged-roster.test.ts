import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { cardBody, cardText, cardWords, newDeviceIdentity, readCard } from '#main/centre/crypto/device-identity.ts'
import { nationalSecret } from '#main/centre/crypto/national-key.ts'
import { signStatement, statementRow } from '#main/centre/crypto/roster-statement.ts'
import type { DeviceStatement, SignedStatement, StatementBody } from '#shared/sync/roster.ts'
import { erasedLine } from '#shared/sync/entry.ts'
import { deviceOf } from '#test/support/exchange.ts'
import { seededRandom } from '#test/support/fake-ports.ts'
import { cardOf, listOf, takeList } from '#test/support/national.ts'
import type { TestCentre } from '#test/support/open-test-centre.ts'
import { forgedChain, forgedFile, type ForgedEntry } from './outside-centre.ts'
import { rosterScene, siteOf } from './roster-scene.ts'

const entryOf = (signed: SignedStatement): ForgedEntry => ({
  k: 'roster_entry',
  r: statementRow(signed),
  p: { body: signed.body, sig: signed.sig },
})

/** What a desk says of a device. */
async function seen(at: TestCentre, device: string) {
  return (await at.get('roster.status', {})).devices.find((d) => d.card.device === device)
}

describe('a trusted centre that lies about the list of computers', () => {
  it('forged entries are passed over, and the file that brings them is read', async () => {
    const { buea, office, mora, told, listed, national } = await rosterScene()
    const stranger = newDeviceIdentity('q'.repeat(16), seededRandom(9))
    const { site } = listed.mora
    const says = (changes: Partial<DeviceStatement>): StatementBody => ({
      ...listed.mora,
      serial: Number.MAX_SAFE_INTEGER,
      ...changes,
    })
    const officeDevice = await deviceOf(office)
    const forged: Record<string, SignedStatement> = {
      'a computer signed by the lying centre': signStatement(
        says({ device: stranger.device, sign: stranger.signPublic, age: stranger.ageRecipient, site }),
        mora.identity.signSecret,
      ),
      'the office revoked by the lying centre': signStatement(
        says({ device: officeDevice, status: 'revoked', revoked: { reason: 'lost', office: 'MOR', last: [] } }),
        mora.identity.signSecret,
      ),
      'signed by a national key of its own': signStatement(
        says({ device: officeDevice }),
        nationalSecret(new Uint8Array(32).fill(3)).signSecret,
      ),
      'a new national key signed by itself': signStatement(
        { v: 1, of: 'national', serial: 1, former: national.key, key: '0'.repeat(64), since: 1 },
        mora.identity.signSecret,
      ),
      'no signature': { body: JSON.stringify(says({ status: 'retired' })), sig: '' },
      'no statement': { body: 'revoked', sig: '0'.repeat(128) },
      'of a newer version': signStatement({ ...says({}), v: 2 } as unknown as StatementBody, national.signSecret),
    }
    const before = await buea.get('roster.status', {})
    for (const [name, signed] of Object.entries(forged)) {
      expect(`${name}: ${await told([entryOf(signed)])}`).toBe(`${name}: accepted`)
      expect(await buea.get('roster.status', {})).toEqual(before)
    }
  })

  it('an old entry that comes again changes nothing, whatever its stamp: the highest number counts', async () => {
    const { buea, office, told, listed, national } = await rosterScene()
    const third = newDeviceIdentity('t'.repeat(16), seededRandom(10))
    const active: DeviceStatement = {
      v: 1,
      of: 'device',
      serial: listed.mora.serial + 10,
      device: third.device,
      site: siteOf('BDA'),
      sign: third.signPublic,
      age: third.ageRecipient,
      renewed: 0,
      status: 'active',
      since: 5,
    }
    const revoked: DeviceStatement = {
      ...active,
      serial: active.serial + 1,
      status: 'revoked',
      revoked: { reason: 'stolen', office: 'YDE', last: [] },
    }
    expect(await told([entryOf(signStatement(revoked, national.signSecret))])).toBe('accepted')
    expect(await seen(buea, third.device)).toMatchObject({ status: 'revoked' })
    // stamped years later by whoever replays it
    const replayed = { ...entryOf(signStatement(active, national.signSecret)), t: '0zzzzzzzz-00' }
    expect(await told([replayed])).toBe('accepted')
    expect(await seen(buea, third.device)).toMatchObject({ status: 'revoked', reason: 'stolen' })
    // nor does an old list as a file
    const list = await listOf(office)
    await takeList(buea, list, [])
    expect(await seen(buea, third.device)).toMatchObject({ status: 'revoked' })
  })

  it('a recipient for another computer is passed over; one’s own counts', async () => {
    const { buea, office, mora, told } = await rosterScene()
    const officeDevice = await deviceOf(office)
    const before = await seen(buea, officeDevice)
    const trap = newDeviceIdentity('x'.repeat(16), seededRandom(12)).ageRecipient
    const says = (device: string): StatementBody => ({
      v: 1,
      of: 'recipient',
      serial: Number.MAX_SAFE_INTEGER,
      device,
      age: trap,
    })
    expect(await told([entryOf(signStatement(says(officeDevice), mora.identity.signSecret))])).toBe('accepted')
    expect(await seen(buea, officeDevice)).toEqual(before)
    expect(await told([entryOf(signStatement(says(mora.identity.device), mora.identity.signSecret))])).toBe('accepted')
    const body = { ...cardBody(mora.identity, siteOf('MOR')), age: trap }
    expect((await seen(buea, mora.identity.device))?.card.words).toEqual(cardWords(body))
  })

  it('recipient_revoked: who was revoked announces in vain', async () => {
    const { buea, office, mora, told, listed, national } = await rosterScene()
    await office.get('roster.revoke', { device: mora.identity.device, reason: 'copied' })
    await takeList(buea, await listOf(office), [])
    const says: StatementBody = { ...listed.mora, serial: listed.mora.serial + 1 }
    expect(await told([entryOf(signStatement(says, national.signSecret))])).toBe('sync-revoked-sender')
    expect(await seen(buea, mora.identity.device)).toMatchObject({ status: 'revoked' })
  })

  it('E20 nobody changes, erases, withholds or renames an entry, under any version: the file is refused', async () => {
    const { buea, told, listed, national } = await rosterScene()
    const signed = signStatement({ ...listed.buea, serial: listed.buea.serial + 1 }, national.signSecret)
    const good = entryOf(signed)
    expect(await told([good])).toBe('accepted')
    const before = await buea.get('roster.status', {})
    const attempts: Record<string, ForgedEntry> = {
      change: { k: 'roster_entry', r: good.r, o: 'u', p: { sig: '0'.repeat(128) } },
      'change by a newer version': { k: 'roster_entry', r: good.r, o: 'u', p: { body: 'x' }, sv: 2 },
      'an operation of a newer version': { k: 'roster_entry', r: good.r, o: 'y', p: { body: 'x' }, sv: 2 },
      erase: { k: 'roster_entry', r: good.r, o: 'x', payload: '{"x":{"c":"EFF-1","g":"request"}}' },
      withhold: {
        ...good,
        r: statementRow({ body: 'y', sig: 'z' }),
        line: (header, _p, commitment) => erasedLine(header, commitment),
      },
      'another text under its id': { ...good, p: { body: 'x', sig: signed.sig } },
      'more than text and signature': { ...good, p: { body: signed.body, sig: signed.sig, a_more: 'x' } },
      'a text that is a number': { k: 'roster_entry', r: good.r, p: { body: 5, sig: signed.sig } },
    }
    for (const [name, entry] of Object.entries(attempts))
      expect(`${name}: ${await told([entry])}`).toBe(`${name}: sync-suspicious`)
    expect(await buea.get('roster.status', {})).toEqual(before)
  })

  it('entries travel in the stream of all alone', async () => {
    const { buea, mora, listed, national } = await rosterScene()
    const signed = signStatement({ ...listed.buea, serial: listed.buea.serial + 1 }, national.signSecret)
    const to = readCard(readFileSync(await cardOf(buea)))
    const name = path.join(buea.folder, 'mailbox.age')
    writeFileSync(name, await forgedFile(mora, to, [forgedChain(mora, 'mbx:MOR:BUE', [entryOf(signed)])]))
    expect(await buea.refusal('sync.preview', { file: buea.token(name), job: 'p' })).toBe('sync-suspicious')
  })
})

describe('a card under somebody else’s id', () => {
  it('is refused by the office and by a desk that knows the list', async () => {
    const { office, buea, mora } = await rosterScene()
    const thief = newDeviceIdentity(mora.identity.device, seededRandom(99))
    for (const desk of [office, buea]) {
      const card = path.join(desk.folder, 'thief.psrlcard')
      writeFileSync(card, cardText(thief, siteOf('MOR')))
      expect(await desk.refusal('sync.readCard', { file: desk.token(card) })).toBe('card-other-key')
    }
    const card = path.join(office.folder, 'thief.psrlcard')
    expect(await office.refusal('roster.readCard', { file: office.token(card) })).toBe('card-other-key')
  })

  it('of a computer that was reported lost is refused', async () => {
    const { office, mora } = await rosterScene()
    await office.get('roster.revoke', { device: mora.identity.device, reason: 'lost' })
    const card = path.join(office.folder, 'again.psrlcard')
    writeFileSync(card, cardText(mora.identity, siteOf('MOR')))
    expect(await office.refusal('roster.readCard', { file: office.token(card) })).toBe('card-revoked')
  })
})
