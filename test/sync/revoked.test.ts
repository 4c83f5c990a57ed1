import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { deviceOf, look, pass, send, take } from '#test/support/exchange.ts'
import { ceremony, joinNetwork, openOffice, revoke, statusOf } from '#test/support/national.ts'
import { canonicalStream } from '#test/simulation/expected-rows.ts'
import { journalImage } from '#test/simulation/journal-image.ts'
import { diskOf, setBack } from '#test/support/set-back.ts'
import { openDatabaseCopy } from '#test/support/database-dump.ts'
import { addCase, addDirectory, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'

const everything = { text: '', sector: null, pcode: null, after: null, limit: 100 }
const people = { text: '', after: null, limit: 10 }

/** Office, Mora, Buéa and Bamenda, all on the list; the directory is everywhere. */
async function network() {
  const office = await openOffice()
  const sheets = await ceremony(office)
  const mora = await openTestCentre({ site: 'MOR', seed: 11 })
  const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO', 'DIR', 'CW'] })
  const bamenda = await openTestCentre({ site: 'BDA', seed: 33, roles: ['SUP', 'COO', 'DIR', 'CW'] })
  await joinNetwork(office, mora, buea, bamenda)
  await addDirectory(office)
  for (const desk of [mora, buea, bamenda]) await pass(office, desk)
  return { office, mora, buea, bamenda, sheets }
}

/** Which services a desk shows as checked by phone, by their place in the list. */
async function checked(desk: TestCentre): Promise<number[]> {
  const { rows } = await desk.get('directory.search', everything)
  return rows.flatMap((r, i) => (r.verifiedHow === 'phone' ? [i] : []))
}

async function check(desk: TestCentre, place: number): Promise<void> {
  const { rows } = await desk.get('directory.search', everything)
  await desk.get('directory.verify', { serviceId: rows[place]!.id, how: 'phone' })
}

/** What a desk holds of a device in the stream of all: last numbers and hashes, rows of the directory, entries kept aside. */
async function heldOf(desk: TestCentre, device: string): Promise<unknown> {
  const db = await openDatabaseCopy(desk)
  try {
    return {
      chains: db
        .prepare(
          `SELECT c.seq, c.hash, c.head_seq FROM chain c JOIN writer w ON w.number = c.writer WHERE c.stream = 'nat' AND w.device = ?`,
        )
        .all(device),
      points: db.prepare('SELECT id, verified_on, verified_how, verified_by FROM service_point ORDER BY id').all(),
    }
  } finally {
    db.close()
  }
}

describe('a computer that was reported lost', () => {
  it('E11 its files are refused from then on, with since when and of which centre', async () => {
    const { office, mora, buea } = await network()
    await addCase(mora)
    const file = await send(mora, buea)
    await revoke(office, mora)
    await pass(office, buea)
    expect(await buea.ask('sync.preview', { file: buea.token(file), job: 'p' })).toEqual({
      ok: false,
      error: { code: 'sync-revoked-sender', details: { at: '2026-11-24T08:00:00Z', site: 'Mora' } },
    })
    expect(await statusOf(buea, mora)).toMatchObject({ status: 'revoked', reason: 'stolen' })
  })

  it('nobody writes to it any more, and a file for its centre opens at the other computer only', async () => {
    const { office, mora, buea } = await network()
    const second = await openTestCentre({ site: 'MOR', seed: 12, machineId: 'second' })
    await joinNetwork(office, second)
    await revoke(office, mora)
    await pass(office, buea)
    const to = { device: await deviceOf(mora), file: buea.token(path.join(buea.folder, 'x.age')), job: 'x' }
    expect(await buea.refusal('sync.export', to)).toBe('not-found')
    await addCase(buea)
    const file = await send(buea, second)
    expect(await mora.refusal('sync.preview', { file: mora.token(file), job: 'p' })).toBe('sync-not-for-you')
    expect((await take(second, file)).newPeople).toBe(1)
  })

  it('what it wrote before counts, what comes after is kept aside, whoever brings it', async () => {
    const { office, mora, buea, bamenda } = await network()
    await check(mora, 1)
    await pass(mora, office)
    await check(mora, 2)
    await pass(mora, bamenda)
    expect(await checked(bamenda)).toEqual([1, 2])
    await revoke(office, mora)
    const receipt = await pass(office, buea)
    expect(receipt.setAside).toBe(0)
    expect(await checked(buea)).toEqual([1])
    // Bamenda has not heard of it, and brings what it had taken in
    const file = await send(bamenda, buea)
    expect(await look(buea, file)).toMatchObject({ setAside: 1 })
    expect(await take(buea, file)).toMatchObject({ setAside: 1 })
    expect(await checked(buea)).toEqual([1])
    expect(await buea.get('roster.status', {})).toMatchObject({ setAside: 1 })
  })

  it('what it wrote after and was taken in already is put aside when the report comes: nothing of it is lost', async () => {
    const { office, mora, bamenda } = await network()
    await check(mora, 1)
    await pass(mora, office)
    await check(mora, 2)
    await pass(mora, bamenda)
    await check(bamenda, 2)
    await check(bamenda, 3)
    await revoke(office, mora)
    const receipt = await pass(office, bamenda)
    expect(receipt.setAside).toBe(1)
    // Bamenda's own check of the same service stays
    expect(await checked(bamenda)).toEqual([1, 2, 3])
    const db = await openDatabaseCopy(bamenda)
    const aside = db.prepare<[], { line: string; reason: string }>('SELECT line, reason FROM quarantine').all()
    db.close()
    expect(aside).toHaveLength(1)
    expect(aside[0]).toMatchObject({ reason: 'revoked' })
    expect(aside[0]!.line).toContain('"verified_how":"phone"')
    // a supervisor sees what sort of thing it is, and when it was written; nothing of what it says
    const [list, ...others] = await bamenda.get('roster.setAside', {})
    expect(others).toEqual([])
    expect(list).toMatchObject({ siteName: 'Mora', count: 1, entries: [{ kind: 'service_point', what: 'change' }] })
    expect(list!.entries[0]!.writtenAt).toBe('2026-11-24T08:00:00Z')
    expect(JSON.stringify(list)).not.toContain('phone')
  })

  it('streams that the office never sees have no end: what the computers in use hold of a person stays', async () => {
    const { office, mora, buea } = await network()
    const second = await openTestCentre({ site: 'MOR', seed: 12, machineId: 'second' })
    await joinNetwork(office, second)
    await pass(office, mora)
    await addCase(mora)
    await pass(mora, second)
    await revoke(office, mora)
    await pass(office, second)
    expect((await second.get('cases.list', people)).rows).toHaveLength(1)
    await pass(office, buea)
    expect((await pass(second, buea)).newPeople).toBe(1)
  })

  it('what was aside is taken in by itself once a later report believes more, and is aside no longer', async () => {
    const { office, mora, buea, bamenda, sheets } = await network()
    await check(mora, 1)
    await pass(mora, office)
    await check(mora, 2)
    await pass(mora, buea)
    await pass(mora, bamenda)
    const report = async (at: TestCentre) => {
      await at.get('roster.open', { sheets: [sheets[0]!, sheets[1]!] })
      await revoke(at, mora)
    }
    const { desk, disk } = await diskOf(office)
    await report(desk)
    await pass(desk, buea)
    expect(await checked(buea)).toEqual([1])
    // the office is put back from a copy; before it reports again it hears more, of a centre that has not heard
    const back = await setBack(desk, disk)
    await pass(bamenda, back)
    back.ports.clock.advance(60_000)
    await report(back)
    await pass(back, buea)
    expect(await checked(buea)).toEqual([1])
    await pass(back, buea)
    expect(await checked(buea)).toEqual([1, 2])
    expect(await buea.get('roster.status', {})).toMatchObject({ setAside: 0 })
  })

  it('taking an import back does not make it trusted again', async () => {
    const { office, mora, buea } = await network()
    await revoke(office, mora)
    const { importId } = await pass(office, buea)
    expect(await buea.refusal('sync.undoImport', { importId })).toBe('undo-too-late')
    expect(await statusOf(buea, mora)).toMatchObject({ status: 'revoked' })
  })
})

type Meeting = readonly [from: 'office' | 'buea' | 'bamenda', to: 'office' | 'buea' | 'bamenda']

describe('centres that hear of it at different times', () => {
  const orders: Readonly<Record<string, readonly Meeting[]>> = {
    'the office first': [
      ['office', 'buea'],
      ['office', 'bamenda'],
      ['buea', 'bamenda'],
      ['bamenda', 'buea'],
    ],
    'one hears it from the other': [
      ['office', 'buea'],
      ['buea', 'bamenda'],
      ['bamenda', 'buea'],
      ['buea', 'office'],
    ],
    'the one who has most hears it last': [
      ['bamenda', 'buea'],
      ['office', 'buea'],
      ['bamenda', 'buea'],
      ['buea', 'bamenda'],
      ['office', 'bamenda'],
    ],
    'what is beyond reaches the office after its report': [
      ['bamenda', 'office'],
      ['office', 'buea'],
      ['bamenda', 'buea'],
      ['office', 'bamenda'],
    ],
  }
  it.each(Object.entries(orders))('I1 come to the same: %s', { timeout: 120_000 }, async (_name, meetings) => {
    const { mora, sheets: _sheets, ...others } = await network()
    const { office, buea, bamenda } = others
    await check(mora, 1)
    await pass(mora, office)
    await check(mora, 2)
    await check(mora, 3)
    await pass(mora, bamenda)
    await check(bamenda, 4)
    await revoke(office, mora)
    for (const [from, to] of meetings) await pass(others[from], others[to])
    // and once around, so that all have heard all
    for (const [from, to] of [
      [buea, office],
      [bamenda, office],
      [office, buea],
      [office, bamenda],
    ] as const)
      await pass(from, to)
    const device = await deviceOf(mora)
    const at = await heldOf(office, device)
    expect(await heldOf(buea, device)).toEqual(at)
    expect(await heldOf(bamenda, device)).toEqual(at)
    expect(await checked(buea)).toEqual([1, 4])
  })
})

describe('a computer that was reported lost and whose history had parted', () => {
  /** Last numbers and hashes of the device's chains in the stream of all, in one order. */
  const chainsOf = async (desk: TestCentre, device: string): Promise<unknown[]> => {
    const db = await openDatabaseCopy(desk)
    try {
      return db
        .prepare(
          `SELECT w.id, w.name, c.floor_seq, c.seq, c.hash, c.head_seq, c.head_hash FROM chain c JOIN writer w ON w.number = c.writer
           WHERE c.stream = 'nat' AND w.device = ? ORDER BY w.id`,
        )
        .all(device)
    } finally {
      db.close()
    }
  }
  /** Rows of the stream of all and whose changes they show. */
  const rowsOf = async (desk: TestCentre): Promise<readonly string[]> => {
    const db = await openDatabaseCopy(desk)
    try {
      return canonicalStream(journalImage(db), 'nat')
    } finally {
      db.close()
    }
  }
  /** Files go round until nobody has anything to say; what is refused as old or early is read past. */
  const goRound = async (desks: readonly TestCentre[]): Promise<void> => {
    for (let round = 0; round < 3; round += 1)
      for (const from of desks)
        for (const to of desks) {
          if (from === to) continue
          const preview = await to.ask('sync.preview', { file: to.token(await send(from, to)), job: 'p' })
          if (preview.ok) await to.get('sync.import', { previewId: preview.value.previewId, job: 'i' })
          else expect(['sync-older-than-yours', 'sync-missing-earlier']).toContain(preview.error.code)
        }
  }

  /** One history of Mora goes to one centre, the other to another; each is the office's or not. */
  async function parted(first: readonly ('office' | 'buea' | 'bamenda')[], second: readonly ('office' | 'buea' | 'bamenda')[]) {
    const { mora, sheets: _sheets, ...others } = await network()
    await check(mora, 0)
    for (const other of Object.values(others)) await pass(mora, other)
    const { desk, disk } = await diskOf(mora)
    await check(desk, 1)
    await check(desk, 2)
    for (const name of first) await pass(desk, others[name])
    const back = await setBack(desk, disk)
    await check(back, 3)
    await check(back, 4)
    await check(back, 5)
    for (const name of second) await pass(back, others[name])
    return { mora: back, ...others }
  }
  async function same({ mora, office, buea, bamenda }: Awaited<ReturnType<typeof parted>>, services: readonly number[]) {
    const device = await deviceOf(mora)
    const desks = [office, buea, bamenda]
    await goRound(desks)
    for (const desk of desks) {
      expect(await chainsOf(desk, device)).toEqual(await chainsOf(office, device))
      expect(await rowsOf(desk)).toEqual(await rowsOf(office))
      expect(await checked(desk)).toEqual(services)
    }
  }

  it(
    'I1 of two histories the one that the office held stays, wherever the other had been taken in',
    { timeout: 120_000 },
    async () => {
      const world = await parted(['office', 'buea'], ['bamenda'])
      await revoke(world.office, world.mora)
      await same(world, [0, 1, 2])
    },
  )

  it('I1 also where both histories had come together before the report', { timeout: 120_000 }, async () => {
    const world = await parted(['office', 'buea'], ['bamenda', 'buea'])
    expect(await checked(world.buea)).toEqual([0, 1, 2, 3, 4, 5])
    await revoke(world.office, world.mora)
    await same(world, [0, 1, 2])
    const aside = await world.buea.get('roster.status', {})
    expect(aside.setAside).toBeGreaterThan(0)
  })

  it('I1 both histories stay where the office held both', { timeout: 120_000 }, async () => {
    const world = await parted(['office', 'buea'], ['office', 'bamenda'])
    await revoke(world.office, world.mora)
    await same(world, [0, 1, 2, 3, 4, 5])
  })

  it('I1 nothing of either stays beyond where they part, where the office held neither', { timeout: 120_000 }, async () => {
    const world = await parted(['buea'], ['buea', 'bamenda'])
    await revoke(world.office, world.mora)
    await same(world, [0])
  })
})
