import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { seededRandom } from '#test/support/fake-ports.ts'
import { chanceOf, withSeededCrypto } from './chance.ts'
import { newScratch, type SimDesk } from './desk.ts'
import * as work from './desk-work.ts'
import { canonicalStream, rowFaults } from './expected-rows.ts'
import { heal, judge } from './heal.ts'
import { eraseRow, lies, outsideSends, saySomethingNewer } from './outside-work.ts'
import { revoke, rotate } from './office-work.ts'
import { mustNotBreak, withPowerFailure } from './power.ts'
import { deliver, exportTo, receive } from './stick-work.ts'
import { drawSwarm, type ActionKind, type FaultKind } from './swarm.ts'
import { BrokenInvariant, World } from './world.ts'

export interface SeedResult {
  readonly seed: number
  readonly desks: number
  readonly actions: number
  /** What was broken, or undefined. */
  readonly broken: string | undefined
  readonly trace: readonly string[]
  readonly reached: Readonly<Record<string, number>>
}

/** Runs the world of one seed to its end: storm, heal, judgement. Never throws for what the seed finds. */
export async function runSeed(seed: number, wanted: readonly FaultKind[] = []): Promise<SeedResult> {
  const chance = chanceOf(seed)
  const swarm = drawSwarm(chance, wanted)
  const folder = newScratch()
  const world = new World(seed, chance, swarm, folder)
  const random = seededRandom(seed + 5_000_000)
  let broken: string | undefined
  try {
    await withSeededCrypto(
      (length) => random.bytes(length),
      async () => {
        try {
          await world.begin()
          await storm(world)
          await heal(world)
          await judge(world)
          for (const desk of world.desks) world.note(`${desk.name}: ${dumpHash(world, desk)}`)
        } catch (error) {
          if (!(error instanceof BrokenInvariant)) world.note(error instanceof Error ? String(error.stack) : String(error))
          broken = error instanceof Error ? error.message : String(error)
          if (!(error instanceof BrokenInvariant)) broken = `unexpected: ${broken}`
        }
        await world.end()
      },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    seed,
    desks: world.desks.length,
    actions: swarm.actions,
    broken,
    trace: world.trace,
    reached: Object.fromEntries([...world.reached].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function dumpHash(world: World, desk: SimDesk): string {
  const image = world.image(desk)
  const streams = [...new Set(image.entries.map((e) => e.stream))].toSorted()
  const text = JSON.stringify([
    streams.map((s) => canonicalStream(image, s)),
    image.entries.map((e) => `${e.stream}/${e.writer}/${e.seq}/${e.hash}`),
  ])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

async function storm(world: World): Promise<void> {
  const { chance, swarm } = world
  for (const desk of world.desks) moveClock(world, desk)
  if (swarm.sameStart) {
    const first = world.desks[0]!
    world.note(`start: ${await work.importDirectory(world, first, ['SIM1', 'SIM2', 'SIM3'])}`)
    for (const site of world.sites()) await shareCalmly(world, first, site, 'start')
  }
  for (let i = 1; i <= swarm.actions; i += 1) {
    world.time.now += 1000 * (1 + chance.int(chance.of(0.2) ? 200_000 : 2000))
    const kind = chance.weighted(swarm.weights)
    if (kind === undefined) continue
    const desk = whose(world, kind)
    world.meet(`action ${kind}`)
    world.note(`${i} ${kind} ${desk.name}: ${await act(world, kind, desk)}`)
  }
}

/** Anybody; for what needs a kept state, somebody who has one. */
function whose(world: World, kind: ActionKind): SimDesk {
  const kept = kind === 'restore' || kind === 'clone' ? world.desks.filter((d) => world.snapshots.has(d.name) && d.isOpen) : []
  return world.chance.pick(kept.length > 0 ? kept : world.desks)
}

async function act(world: World, kind: ActionKind, desk: SimDesk): Promise<string> {
  if (kind === 'deliver') return deliver(world)
  if (kind === 'clock') return moveClock(world, desk)
  if (kind === 'lock') return toggleLock(desk)
  if (kind === 'revoke') return revoke(world)
  if (!desk.isOpen && kind !== 'restart') return 'locked'
  const work = () => atDesk(world, kind, desk)
  if (kind === 'export' ? world.fault('power-export') : isWork(kind) && world.fault('power-work'))
    return withPowerFailure(world, desk, work)
  return work()
}
const isWork = (kind: ActionKind): boolean =>
  ['open-case', 'edit-case', 'withdraw', 'refer', 'advance', 'directory', 'verify', 'rotate'].includes(kind)

async function atDesk(world: World, kind: ActionKind, desk: SimDesk): Promise<string> {
  switch (kind) {
    case 'open-case':
      return work.openCase(world, desk)
    case 'edit-case':
      return work.editCase(world, desk)
    case 'withdraw':
      return work.changeConsent(world, desk, 'no')
    case 'agree-again':
      return work.changeConsent(world, desk, 'yes')
    case 'refer':
      return work.refer(world, desk)
    case 'advance':
      return work.advance(world, desk)
    case 'apart':
      // two PCs of a centre that know the same referral, each told something else of it
      if (desk.isOpen && world.at(desk.site).some((d) => d !== desk && d.isOpen) && world.chance.of(0.5)) {
        world.note(`  ${await work.refer(world, desk)}`)
        await shareCalmly(world, desk, desk.site, '  shared')
      }
      return work.apart(world, desk)
    case 'directory':
      return work.importDirectory(world, desk)
    case 'verify':
      return work.verifyService(world, desk)
    case 'export':
      return exportTo(world, desk, toSite(world, desk))
    case 'restart':
      await desk.stop()
      desk.start()
      await desk.unlock()
      return 'started again'
    case 'outside':
      return fromOutside(world, desk)
    case 'snapshot':
      return takeSnapshot(world, desk)
    case 'restore':
      return restore(world, desk)
    case 'clone':
      return clone(world, desk)
    case 'rotate':
      return rotate(world, desk)
    case 'compact':
      return compact(world, desk)
    case 'training':
      return exercise(world, desk)
    default:
      return 'nothing'
  }
}

/** A centre with somebody to read the file; usually another one. */
function toSite(world: World, desk: SimDesk): string {
  const others = world.sites().filter((s) => world.at(s).some((d) => d !== desk))
  return world.chance.pick(others.length > 0 ? others : [desk.site])
}

function moveClock(world: World, desk: SimDesk): string {
  const { chance } = world
  const day = 86_400_000
  if (desk.clockOff > 0 && world.fault('clock-jumps-back')) desk.clockOff -= chance.int(400) * day
  else if (world.fault('clock-seconds')) desk.clockOff = (chance.int(7200) - 3600) * 1000
  else if (world.fault('clock-years-ahead')) desk.clockOff = (300 + chance.int(1500)) * day
  else if (world.fault('clock-years-behind')) desk.clockOff = -(300 + chance.int(2500)) * day
  else if (world.fault('clock-jumps-back')) desk.clockOff -= chance.int(40) * day
  else desk.clockOff = 0
  return `clock off by ${Math.round(desk.clockOff / 1000)} s`
}

async function toggleLock(desk: SimDesk): Promise<string> {
  if (desk.isOpen) {
    await desk.lock()
    return 'locked'
  }
  await desk.unlock()
  return 'unlocked'
}

async function fromOutside(world: World, desk: SimDesk): Promise<string> {
  if (!world.outside) return 'nobody'
  if (world.fault('liar')) return lies(world, desk)
  if (world.outside.entries.length > 0 && world.fault('erasure')) eraseRow(world)
  else if (world.fault('newer-version') || world.outside.entries.length === 0) saySomethingNewer(world)
  return outsideSends(world, desk)
}

async function takeSnapshot(world: World, desk: SimDesk): Promise<string> {
  const folder = path.join(world.folder, `${desk.name}-yesterday`)
  await desk.lock()
  desk.copyData(folder)
  const { witness } = desk
  await desk.unlock()
  world.snapshots.set(desk.name, { folder, values: world.values.length, witness })
  return 'kept'
}

/** A file that arrives at every PC of a centre, whatever else goes wrong in this world. */
async function shareCalmly(world: World, from: SimDesk, site: string, told: string): Promise<void> {
  const calm = world.calm()
  const readers = world.at(site).filter((d) => d !== from)
  const count = world.sticks.length
  if (readers.length > 0) await exportTo(calm, from, site)
  const file = world.sticks.at(-1)
  if (!file || world.sticks.length === count) return
  for (const reader of readers)
    if (reader.isOpen) world.note(`${told} ${reader.name}: ${await receive(calm, reader, file, file.bytes)}`)
}

/** Yesterday's data folder is put back. What nobody else has of the time between is gone. */
async function restore(world: World, desk: SimDesk): Promise<string> {
  const snapshot = world.snapshots.get(desk.name)
  if (!snapshot) return 'no backup'
  // the whole disk is set back, with what lay beside the data folder: nothing on the PC tells that it was
  const wholeDisk = world.fault('set-back')
  const far = wholeDisk && world.chance.of(0.8)
  if (far) await goOn(world, desk)
  const elsewhere = world.desks
    .filter((d) => d !== desk && !d.isRevoked)
    .map((d) => world.image(d))
    .flatMap((i) => i.entries.map((e) => e.text ?? ''))
    .join('\n')
  for (const v of world.values.slice(snapshot.values)) if (v.desk === desk.name && !elsewhere.includes(v.value)) v.lost = true
  await desk.stop()
  rmSync(desk.data, { recursive: true, force: true })
  cpSync(snapshot.folder, desk.data, { recursive: true })
  if (wholeDisk) desk.witness = snapshot.witness
  desk.start()
  await desk.unlock()
  world.meet('fault restored')
  if (far) await goOn(world, desk)
  return 'yesterday put back'
}

/** The desk works, and some centre hears of it. */
async function goOn(world: World, desk: SimDesk): Promise<void> {
  world.note(`  ${await work.openCase(world, desk)}`)
  world.note(`  ${await work.importDirectory(world, desk)}`)
  if (world.chance.of(0.5)) world.note(`  ${await work.editCase(world, desk)}`)
  if (world.chance.of(0.8)) await shareCalmly(world, desk, toSite(world, desk), '  shared')
}

/** The data folder is copied to another PC, and both go on. */
async function clone(world: World, desk: SimDesk): Promise<string> {
  const snapshot = world.snapshots.get(desk.name)
  const name = `${desk.name}x`
  const isCopied = desk.name.endsWith('x') || world.desks.some((d) => d.name === name)
  if (!snapshot || world.desks.length >= 7 || isCopied || desk.isRevoked) return 'no backup'
  const twin = world.addDesk(name, desk.site, `${desk.parts.machine}-copy`)
  cpSync(snapshot.folder, twin.data, { recursive: true })
  twin.start()
  await twin.unlock()
  // a copy on another PC is another device: the others read its card, and it theirs
  twin.device = (await twin.get('sync.ownCard', {})).device
  await world.introduce(twin)
  rmSync(snapshot.folder, { recursive: true, force: true })
  world.snapshots.delete(desk.name)
  world.meet('fault cloned')
  return `goes on at ${twin.name} too`
}

/** More than a year later, when everybody has told what they hold, old entries leave the journal of one desk. */
async function compact(world: World, desk: SimDesk): Promise<string> {
  if (world.chance.of(0.7)) await yearPasses(world)
  for (const one of world.desks) if (!one.isOpen) await one.unlock()
  for (let round = 0; round < 2; round += 1)
    for (const one of world.desks) for (const site of world.sites()) await shareCalmly(world, one, site, '  told')
  for (const one of world.desks) world.image(one)
  const done = await desk.ask('sync.compact', { job: 'compact' })
  mustNotBreak(desk, 'sync.compact', done)
  if (!done.ok) return done.error.code
  if (done.value.entries > 0) world.meet('fault compacted')
  const [fault] = rowFaults(world.image(desk))
  if (fault !== undefined) throw new BrokenInvariant('I5', `${desk.name} after old entries left: ${fault}`)
  if (done.value.entries > 0 && world.chance.of(0.7)) await newPc(world, desk)
  return `${done.value.entries} left`
}

/** A PC that knows nothing yet gets its first file from a desk whose old entries have left. */
async function newPc(world: World, desk: SimDesk): Promise<void> {
  const joined = await world.joins()
  if (joined) await shareCalmly(world, desk, joined.site, `  ${joined.name} joins`)
}

/** Copies of a year ago are nobody's any more (90 days), and everybody signs in anew. */
async function yearPasses(world: World): Promise<void> {
  world.time.now += 400 * 86_400_000
  for (const { folder } of world.snapshots.values()) rmSync(folder, { recursive: true, force: true })
  world.snapshots.clear()
  for (const one of world.desks) {
    if (one.isOpen) await one.lock()
    await one.unlock()
  }
}

async function exercise(world: World, desk: SimDesk): Promise<string> {
  await desk.get('security.enterTraining', {})
  const refused = await desk.ask('sync.export', {
    device: desk.device,
    file: desk.token(path.join(desk.folder, 'x.age')),
    job: 'export',
  })
  if (refused.ok || refused.error.code !== 'training-no-exchange')
    throw new BrokenInvariant('I6', `an exercise of ${desk.name} may leave`)
  world.meet(`code ${refused.error.code}`)
  await desk.get('security.leaveTraining', {})
  desk.isOpen = false
  await desk.unlock()
  return 'exercised'
}
