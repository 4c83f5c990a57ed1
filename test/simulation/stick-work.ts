import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openSyncFile } from '#main/centre/crypto/sync-file-reader.ts'
import { journaledTables } from '#main/centre/storage/journaled-tables.ts'
import type { RawDatabase } from '#main/centre/storage/open-database.ts'
import type { SimDesk } from './desk.ts'
import { rowFaults } from './expected-rows.ts'
import { wholeDump } from './journal-image.ts'
import { mustNotBreak, withPowerFailure } from './power.ts'
import type { FaultKind } from './swarm.ts'
import { BrokenInvariant, markerStart, type StickFile, type World } from './world.ts'

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Everything that is written in a file, manifest and lines: its sender can open it too, whatever became of a reader's key since. */
async function textOf(world: World, sender: SimDesk, bytes: Uint8Array): Promise<{ text: string; lines: number }> {
  const open = () => openSyncFile(world.identities.get(sender.name)?.secrets ?? [], bytes.length, onePiece(bytes))
  const opened = await open().catch(() => {
    // its key was renewed since, by its user or because it was put back
    world.learn(sender)
    return open()
  })
  const lines: string[] = []
  for await (const section of opened.sections()) for await (const batch of section.lines) lines.push(...batch)
  return {
    text: [JSON.stringify(opened.manifest), ...lines].join('\n'),
    lines: opened.manifest.chains.length > 0 ? lines.length : 0,
  }
}

/** Values of people of this centre who do not agree that another one knows them, as this desk has it. */
function withheldValues(world: World, desk: SimDesk): string[] {
  const refused = desk.look((db) =>
    db
      .prepare<[string], { id: string; answers: string }>(
        `SELECT id, answers FROM ${journaledTables.case.table} WHERE stream = ?`,
      )
      .all(`reg:${desk.site}`)
      .filter((c) => (JSON.parse(c.answers) as Record<string, unknown>)['consent_other_centre'] !== 'yes')
      .map((c) => c.id),
  )
  return world.values.filter((v) => refused.includes(v.row)).map((v) => v.value)
}

/** A file for a centre leaves the desk. */
export async function exportTo(world: World, desk: SimDesk, toSite: string): Promise<string> {
  const reader = world.at(toSite).find((d) => d !== desk && !world.strangers.has(`${desk.name}/${d.name}`))
  if (!reader) return 'nobody known'
  const file = path.join(desk.folder, 'out.age')
  rmSync(file, { force: true })
  if (world.fault('disk-full-export')) desk.faults.diskFull = true
  if (world.fault('cancelled-export')) desk.cancelJob = 'export'
  const before = desk.look(wholeDump)
  const done = await desk.ask('sync.export', { device: reader.device, file: desk.token(file), job: 'export' })
  desk.faults.diskFull = false
  desk.cancelJob = undefined
  mustNotBreak(desk, 'sync.export', done)
  if (!done.ok) world.meet(`code ${done.error.code}`)
  if (!done.ok && done.error.code === 'nothing-to-send' && desk.look(wholeDump) !== before)
    throw new BrokenInvariant('I9', `an export refused at ${desk.name} changed something`)
  // the power may fail between the file and its record: the file is whole all the same
  if (!existsSync(file)) return done.ok ? 'no file' : done.error.code
  const bytes = readFileSync(file)
  if (bytes.includes(markerStart)) throw new BrokenInvariant('I6', `a value is readable in a sealed file of ${desk.name}`)
  const withheld = toSite === desk.site ? [] : withheldValues(world, desk)
  const lines = done.ok && withheld.length === 0 ? done.value.changes : undefined
  const inside = lines === undefined ? await textOf(world, desk, bytes) : { lines, text: '' }
  if (withheld.length > 0) {
    world.meet('somebody withheld')
    const told = withheld.find((v) => inside.text.includes(v))
    if (told !== undefined)
      throw new BrokenInvariant('I3', `${desk.name} sends ${told} to ${toSite}, whose person does not agree`)
  }
  world.files += 1
  const stick: StickFile = {
    number: world.files,
    from: desk.name,
    site: desk.site,
    toSite,
    bytes,
    lines: inside.lines,
    leftAt: world.time.now,
  }
  world.sticks.push(stick)
  return `file ${stick.number} for ${toSite}, ${inside.lines} lines`
}

const damaging: readonly FaultKind[] = ['cut', 'flipped', 'zero-tail']

/** What the way does to the bytes of a file; `damage` names it when nothing of the file may be believed any more. */
function onTheWay(world: World, bytes: Buffer): { readonly bytes: Buffer; readonly damage: FaultKind | undefined } {
  const damage = damaging.find((kind) => world.fault(kind))
  const { chance } = world
  if (damage === undefined) return { bytes, damage }
  if (damage === 'cut') return { bytes: bytes.subarray(0, chance.of(0.1) ? chance.int(30) : chance.int(bytes.length)), damage }
  const changed = Buffer.from(bytes)
  if (damage === 'flipped') {
    const at = chance.of(0.3) ? chance.int(Math.min(1000, bytes.length)) : chance.int(bytes.length)
    changed[at]! ^= 1 << chance.int(8)
  } else changed.fill(0, Math.min(bytes.length - 1, chance.int(bytes.length)))
  return { bytes: changed, damage }
}

/** A file arrives at a desk: previewed and, if nothing is against it, taken in. Checks what must hold around it. */
export async function receive(world: World, desk: SimDesk, file: StickFile, original: Buffer): Promise<string> {
  const { bytes, damage } = onTheWay(world, original)
  const name = path.join(desk.folder, world.fault('renamed') ? 'Liste du marché (2).AGE.txt' : `in-${file.number}.age`)
  writeFileSync(name, bytes)
  const forUs = file.toSite === desk.site
  const before = desk.look(wholeDump)
  const nameBefore = desk.look(nameOf)
  const unchanged = (what: string, code: string): void => {
    // who learns from a refused file that it was set back writes under a new name from then on
    if (!desk.faults.dead && desk.look(nameOf) !== nameBefore) return world.meet('set back, seen in a refused file')
    if (!desk.faults.dead && desk.look(wholeDump) !== before)
      throw new BrokenInvariant(
        'I9',
        `${what} of file ${file.number} at ${desk.name} was refused (${code}) and changed something`,
      )
  }
  if (world.fault('stick-unreadable')) desk.faults.unreadable = true
  if (world.fault('disk-full-import')) desk.faults.diskFull = true
  if (world.fault('cancelled-import')) desk.cancelJob = world.chance.pick(['preview', 'import'])
  const preview = await desk.ask('sync.preview', { file: desk.token(name), job: 'preview' })
  mustNotBreak(desk, 'sync.preview', preview)
  desk.faults.unreadable = false
  if (!preview.ok) {
    desk.faults.diskFull = false
    desk.cancelJob = undefined
    world.meet(`code ${preview.error.code}`)
    unchanged('the preview', preview.error.code)
    rmSync(name, { force: true })
    return preview.error.code
  }
  if (damage !== undefined) throw new BrokenInvariant('I9', `${desk.name} accepts file ${file.number} although it was ${damage}`)
  if (!forUs) throw new BrokenInvariant('I6', `${desk.name} opens file ${file.number}, which is for ${file.toSite}`)
  if (world.fault('swapped-after-preview')) writeFileSync(name, bytes.subarray(0, 50))
  const heldBefore = desk.look(heldBy)
  if (desk.faults.dead) return 'power'
  const taken = await desk.ask('sync.import', { previewId: preview.value.previewId, job: 'import' })
  desk.faults.diskFull = false
  desk.cancelJob = undefined
  mustNotBreak(desk, 'sync.import', taken)
  rmSync(name, { force: true })
  if (!taken.ok) {
    world.meet(`code ${taken.error.code}`)
    unchanged('the import', taken.error.code)
    return taken.error.code
  }
  if (preview.value.toFormerKey) world.meet('opened with a former key')
  if (taken.value.setAside > 0) world.meet('set aside')
  const held = desk.look(heldBy)
  const own = desk.look(nameOf) ?? 0
  const count = ({ by }: Held) => [...by].reduce((n, [writer, entries]) => (writer === own ? n : n + entries), 0)
  const brought = count(held) - count(heldBefore)
  // what comes of a computer that was reported lost may lead to nothing that is believed, and is put aside again
  // entries of the snapshot's rows are not in it
  const isSnapshot = heldBefore.floors !== held.floors
  const isFull =
    isSnapshot || taken.value.setAside > 0 ? brought <= preview.value.newChanges : brought === preview.value.newChanges
  if (!isFull || brought > file.lines)
    throw new BrokenInvariant(
      'I11',
      `file ${file.number} promised ${preview.value.newChanges} and brought ${brought} of ${file.lines}`,
    )
  if (isSnapshot) {
    world.meet('snapshot taken')
    world.leftOut(file.site, desk)
  }
  if (taken.value.toReview > 0) world.meet('shown for review')
  if (taken.value.twoHistories) world.meet('two histories')
  const [fault] = rowFaults(world.image(desk))
  if (fault !== undefined) throw new BrokenInvariant('I5', `${desk.name} after file ${file.number}: ${fault}`)
  return `took ${brought}`
}

/** The writer under which a desk writes. */
const nameOf = (db: RawDatabase): number | undefined =>
  db.prepare<[], { n: number }>('SELECT max(number) AS n FROM writer WHERE own = 1').get()?.n

/** Entries that are held, by their writer's local number: what the desk writes itself meanwhile is not the file's. */
interface Held {
  readonly by: ReadonlyMap<number, number>
  /** Where the journals of the chains begin. */
  readonly floors: string
}
const heldBy = (db: RawDatabase): Held => ({
  by: new Map(
    db
      .prepare<[], { writer: number; n: number }>(
        'SELECT c.writer, count(*) AS n FROM journal j JOIN chain c ON c.number = j.chain GROUP BY c.writer',
      )
      .all()
      .map((r) => [r.writer, r.n]),
  ),
  floors: JSON.stringify(
    db
      .prepare<[], object>(
        'SELECT c.stream, c.writer, c.floor_seq FROM chain c JOIN writer w ON w.number = c.writer WHERE w.id = w.name AND c.floor_seq > 0 ORDER BY 1, 2',
      )
      .all(),
  ),
})

/** A courier brings some file to some desk. */
export async function deliver(world: World): Promise<string> {
  const { chance } = world
  const here = world.sticks.filter((s) => s.leftAt >= 0)
  if (here.length === 0) return 'no file'
  // usually one of the last files; sometimes any, out of order and as late as it likes
  const late = world.fault('late')
  const outOfOrder = !late && world.fault('out-of-order')
  const old = world.fault('months-old')
  const file =
    late || outOfOrder || old ? chance.pick(here) : (here[Math.max(0, here.length - 1 - chance.int(3))] ?? chance.pick(here))
  if (old) world.time.now += (60 + chance.int(120)) * 86_400_000
  const wrong = world.fault('wrong-centre')
  const others = world.desks.filter((d) => d.site !== file.toSite && d.isOpen)
  const readers = world.at(file.toSite).filter((d) => d.name !== file.from && d.isOpen)
  const desk = wrong && others.length > 0 ? chance.pick(others) : readers.length > 0 ? chance.pick(readers) : undefined
  if (!desk) return 'nobody there'
  if (world.fault('lost')) {
    world.sticks.splice(world.sticks.indexOf(file), 1)
    return `file ${file.number} was lost`
  }
  const take = () => receive(world, desk, file, file.bytes)
  const outcome = world.fault('power-import') ? await withPowerFailure(world, desk, take) : await take()
  let told = `file ${file.number} at ${desk.name}: ${outcome}`
  if (world.fault('doubled') && desk.isOpen) {
    const again = await receive(world, desk, file, file.bytes)
    if (outcome.startsWith('took') && !outcome.includes('power') && again.startsWith('took'))
      throw new BrokenInvariant('I4', `${desk.name} takes file ${file.number} twice`)
    told += `, again: ${again}`
  }
  return told
}
