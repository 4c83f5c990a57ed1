import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { verifyAudit } from '#main/centre/storage/audit-chain.ts'
import { readableDb } from '#main/centre/storage/prepared.ts'
import { referralStates } from '#shared/referrals/referral.ts'
import { canonicalStream, rowFaults } from './expected-rows.ts'
import { chainName, closedCopies, type JournalImage } from './journal-image.ts'
import { exportTo, receive } from './stick-work.ts'
import { outsideSends } from './outside-work.ts'
import { checkList, reportAgain } from './office-work.ts'
import type { SimDesk } from './desk.ts'
import { BrokenInvariant, markerStart, type World } from './world.ts'

/** Streams, and the desks that must hold the same of them. */
function audiences(world: World, images: ReadonlyMap<string, JournalImage>): Map<string, string[]> {
  const streams = new Set([...images.values()].flatMap((i) => i.entries.map((e) => e.stream)))
  return new Map(
    [...streams].map((stream) => {
      const [kind, ...sites] = stream.split(':')
      return [stream, world.desks.filter((d) => kind === 'nat' || sites.includes(d.site)).map((d) => d.name)]
    }),
  )
}

/** The first difference between desks that must hold the same, or undefined. */
function difference(world: World): string | undefined {
  const images = new Map(world.desks.map((d) => [d.name, world.image(d)]))
  for (const [stream, names] of audiences(world, images)) {
    const [kind, from] = stream.split(':')
    // who closed a copy knows which they are
    const closed = new Set(kind === 'mbx' ? world.at(from!).flatMap((d) => [...closedCopies(images.get(d.name)!, stream)]) : [])
    let first: readonly string[] | undefined
    for (const name of names) {
      const image = images.get(name)!
      const dump = [
        ...canonicalStream(image, stream, (row) => closed.has(row)),
        ...tips(image, stream),
        ...(kind === 'mbx' ? stillOpen(image, closed) : []),
      ]
      if (first && JSON.stringify(first) !== JSON.stringify(dump)) {
        const odd = [...first.filter((l) => !dump.includes(l)), ...dump.filter((l) => !first!.includes(l))]
        return `${stream} differs between ${names[0]} and ${name}: ${odd.slice(0, 4).join(' | ')}`
      }
      first ??= dump
    }
  }
  return undefined
}

/** How far each chain of a stream reaches. */
function tips(image: JournalImage, stream: string): string[] {
  const last = new Map<string, string>()
  for (const e of image.entries) if (e.stream === stream) last.set(e.writer, `${e.seq} ${e.hash}`)
  return [...last].map(([writer, tip]) => `chain ${writer} ${tip}`).toSorted()
}

/** Closed copies that are shown as open somewhere. */
function stillOpen(image: JournalImage, closed: ReadonlySet<string>): string[] {
  return image.rows
    .filter((r) => closed.has(r.id) && r.kind === 'case' && r.registers['status'] !== 'closed')
    .map((r) => `open again: ${r.id}`)
}

/** Codes whose words tell both to compare cards again when neither opens the other's files. */
const closedToBoth: readonly (string | undefined)[] = ['sync-not-for-you', 'sync-for-old-key']

/**
 * What people do when the page tells them to compare cards. `told`: reader/writer and the code with which the reader's page refused the
 * writer's newest file.
 */
async function compareAgain(world: World, told: ReadonlyMap<string, string>): Promise<void> {
  for (const [pair, code] of told) {
    const [reader, writer] = pair.split('/').map((name) => world.desks.find((d) => d.name === name)!) as [SimDesk, SimDesk]
    const isTold =
      code === 'sync-unknown-sender' ||
      (closedToBoth.includes(code) && closedToBoth.includes(told.get(`${writer.name}/${reader.name}`)))
    if (!isTold) continue
    const isNew = await world.trust(reader, writer)
    if (isNew) world.meet('cards compared again')
    world.note(`heal ${reader.name} is told to read the card of ${writer.name}: ${isNew ? 'did not know it' : 'known'}`)
  }
}

/** Clocks are right, everybody has met everybody, nothing goes wrong: after at most twice as many rounds as desks all hold the same. */
export async function heal(world: World): Promise<void> {
  const { desks } = world
  const calm = world.calm()
  for (const desk of desks) {
    desk.clockOff = 0
    if (!desk.isOpen) await desk.unlock()
  }
  await reportAgain(world)
  for (const desk of desks.filter((d) => d.isRevoked)) {
    world.lost.push(desk)
    desks.splice(desks.indexOf(desk), 1)
  }
  for (const pair of world.strangers) {
    const [reader, writer] = pair.split('/').map((name) => desks.find((d) => d.name === name))
    if (reader && writer) await world.trust(reader, writer)
  }
  if (world.outside && world.outside.entries.length > 0)
    for (const desk of desks) world.note(`heal outside at ${desk.name}: ${await outsideSends(calm, desk)}`)
  const roundsMax = 2 * desks.length
  let last = 'nothing was exchanged'
  for (let round = 1; round <= roundsMax; round += 1) {
    world.time.now += 3_600_000
    const told = new Map<string, string>()
    for (const desk of desks) {
      for (const site of world.sites()) {
        const readers = world.at(site).filter((d) => d !== desk && d.device !== desk.device)
        if (readers.length === 0) continue
        const count = world.sticks.length
        const sent = await exportTo(calm, desk, site)
        world.note(`heal ${round} ${desk.name}: ${sent}`)
        const file = world.sticks.at(-1)
        if (world.sticks.length === count || !file) continue
        for (const reader of readers) {
          const outcome = await receive(calm, reader, file, file.bytes)
          world.note(`heal ${round} ${reader.name}: file ${file.number} ${outcome}`)
          if (!outcome.startsWith('took')) told.set(`${reader.name}/${desk.name}`, outcome)
        }
      }
    }
    const found = difference(world)
    if (found === undefined) {
      world.note(`heal: all hold the same after ${round} of ${roundsMax} rounds`)
      return
    }
    last = found
    await compareAgain(world, told)
  }
  throw new BrokenInvariant('I1', `after ${roundsMax} rounds ${last}`)
}

/** What must be true of every desk once all hold the same. */
export async function judge(world: World): Promise<void> {
  await checkList(world)
  const images = new Map(world.desks.map((d) => [d.name, world.image(d)]))
  for (const desk of world.desks) {
    const image = images.get(desk.name)!
    const [fault] = rowFaults(image)
    if (fault !== undefined) throw new BrokenInvariant('I5', `${desk.name}: ${fault}`)
    const audit = desk.look((db) => verifyAudit(readableDb(db)))
    if (audit.brokenAt !== null || audit.events === 0)
      throw new BrokenInvariant('I7', `${desk.name}: audit trail broken at ${audit.brokenAt}`)
    if (image.waiting.length > 0) world.meet('waits for a decision')
    for (const row of image.rows) {
      if (row.kind !== 'referral') continue
      const status = String(row.registers['status'])
      const steps = image.rows.filter((r) => r.kind === 'referral_step' && r.registers['referral_id'] === row.id)
      const told = steps.some((s) => s.registers['to_state'] === status)
      if (
        !(referralStates as readonly string[]).includes(status) ||
        !(told || status === 'draft' || row.stream.startsWith('mbx:'))
      )
        throw new BrokenInvariant('I8', `${desk.name}: referral ${row.id} is ${status}, which nobody told`)
    }
    checkValues(world, desk.name, desk.site, image)
    checkOutside(world, desk.name, image)
    checkFiles(desk.folder)
  }
}

function checkValues(world: World, name: string, site: string, image: JournalImage): void {
  const text = image.entries.map((e) => e.text ?? '').join('\n')
  for (const v of world.values) {
    if (v.lost || (v.site !== undefined && v.site !== site)) continue
    if (text.includes(v.value)) continue
    // what a row's erasure took is gone on purpose
    if (v.site === undefined && image.erased.size > 0) continue
    throw new BrokenInvariant('I2', `${v.value}, which ${v.desk} kept${v.row ? ` of ${v.row}` : ''}, is not at ${name}`)
  }
}

/** Every change of the newer version is held as it came. */
function checkOutside(world: World, name: string, image: JournalImage): void {
  if (!world.outside) return
  const writer = world.outside.centre.record.writer
  const held = image.entries.filter((e) => chainName(e.stream, e.writer) === chainName('nat', writer))
  if (held.length !== world.outside.entries.length)
    throw new BrokenInvariant('I10', `${name} holds ${held.length} of ${world.outside.entries.length} changes of a newer version`)
}

/** No value is readable in any file of a desk. */
function checkFiles(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'directory.csv') continue
    if (readFileSync(path.join(entry.parentPath, entry.name)).includes(markerStart))
      throw new BrokenInvariant('I6', `a value is readable in ${entry.name}`)
  }
}
