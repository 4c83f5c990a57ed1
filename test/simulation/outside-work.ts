import { Encrypter } from 'age-encryption'
import { forgedChain, forgedFile, outsideCentre, type ForgedEntry } from '#test/formats/outside-centre.ts'
import type { SimDesk } from './desk.ts'
import { receive } from './stick-work.ts'
import { BrokenInvariant, type StickFile, type World } from './world.ts'

const organization = 'mwmwmwmw-1'
const service = 'mwmwmwmw-2'
const point = 'mwmwmwmw-3'

/** What the outside centre's directory begins with: a service that every desk may change too. */
const beginning: readonly ForgedEntry[] = [
  { k: 'organization', r: organization, p: { name_fr: 'Dehors', name_en: 'Outside', org_type: 'ngo' } },
  {
    k: 'service',
    r: service,
    p: { organization_id: organization, name_fr: 'Dehors', status: 'active', external_id: 'OUT1', 'sectors/S10': 1 },
  },
  { k: 'service_point', r: point, p: { service_id: service, pcode: 'CM004005002', locality: 'Mora', verified_on: '2026-11-20' } },
]

/** The outside centre uses a newer version: kinds, fields, operations and manifest keys that no desk knows. */
export function saySomethingNewer(world: World): void {
  const { chance, outside } = world
  const n = outside!.entries.length
  const newer: readonly ForgedEntry[] = [
    { k: 'organization', r: organization, o: 'u', sv: 2, p: { nickname: world.marker(), name_en: `Outside ${n}` } },
    { k: 'household', r: `mwmwmwmw-h${n}`, sv: 2, p: { size: n, head: world.marker() } },
    { k: 'service', r: service, o: 'z', sv: 2, p: { rating: n } },
    { k: 'service_point', r: point, o: 'u', p: { locality: world.marker() } },
  ]
  if (n === 0) outside!.entries.push(...beginning)
  outside!.entries.push(chance.pick(newer), chance.pick(newer))
}

/** A person's right, or a mistake in the directory: the content of a row is erased everywhere. */
export function eraseRow(world: World): void {
  const { outside } = world
  if (outside!.entries.length === 0) outside!.entries.push(...beginning)
  outside!.entries.push({ k: 'service_point', r: point, o: 'x', payload: '{"x":{"c":"C-1","g":"request"}}' })
}

/** The newest file of the outside centre, for one desk. */
async function outsideFile(world: World, desk: SimDesk): Promise<StickFile> {
  const outside = world.outside!
  const entries = outside.entries as ForgedEntry[]
  const chain = forgedChain(outside.centre, 'nat', entries)
  return stick(world, desk, await forgedFile(outside.centre, reader(world, desk), [chain], envelope(world)), chain.lines.length)
}
function envelope(world: World): Record<string, unknown> {
  const outside = world.outside!
  outside.files += 1
  return { file_id: outside.files.toString(16).padStart(32, '0'), counter: outside.files, schema: 2, v: 2, mood: 'sunny' }
}
function reader(world: World, desk: SimDesk): { readonly device: string; readonly age: string } {
  // it may have renewed its key since
  world.learn(desk)
  return world.identities.get(desk.name)!
}
const stick = (world: World, desk: SimDesk, bytes: Uint8Array, lines: number): StickFile => ({
  number: 10_000 + (world.outside?.files ?? 0),
  from: 'outside',
  site: 'YDE',
  toSite: desk.site,
  bytes: Buffer.from(bytes),
  lines,
  leftAt: world.time.now,
})

/** A file of the newer version comes to a desk, and is taken as far as it is understood. */
export async function outsideSends(world: World, desk: SimDesk): Promise<string> {
  const file = await outsideFile(world, desk)
  const outcome = await receive(world, desk, file, file.bytes)
  const known = ['sync-older-than-yours', 'file-unreadable', 'disk-full', 'cancelled']
  const damaged = [
    'sync-incomplete',
    'sync-damaged',
    'sync-not-a-sync-file',
    'sync-not-for-you',
    'sync-for-old-key',
    'sync-too-large',
    'sync-suspicious',
  ]
  if (!outcome.startsWith('took') && !known.includes(outcome) && !damaged.includes(outcome))
    throw new BrokenInvariant('I12', `${desk.name} does not take a file of a newer version: ${outcome}`)
  return outcome
}

/** Who lies, and with which code every lie is refused. */
const forgeries: Readonly<Record<string, (world: World, desk: SimDesk) => Promise<Uint8Array>>> = {
  'sync-not-a-sync-file': async () => Buffer.from('Bonjour, voici la liste.'),
  async 'sync-needs-passphrase'() {
    const encrypter = new Encrypter()
    encrypter.setScryptWorkFactor(1)
    encrypter.setPassphrase('six mots')
    return encrypter.encrypt(new Uint8Array(4096))
  },
  async 'sync-unknown-sender'(world, desk) {
    const other = await outsideCentre('YDE', 'q', world.seed + 1)
    return forgedFile(other, reader(world, desk), [forgedChain(other, 'nat', beginning)], envelope(world))
  },
  async 'sync-bad-signature'(world, desk) {
    const other = await outsideCentre('YDE', 'q', world.seed + 1)
    return forged(world, desk, beginning, {}, { signSecret: other.identity.signSecret })
  },
  'sync-newer-app': (world, desk) => forged(world, desk, beginning, { min_reader: 2 }),
  'sync-too-large': (world, desk) => forged(world, desk, beginning, { app: 'x'.repeat(300_000) }),
  'sync-not-for-you': (world, desk) => forged(world, desk, beginning, { to: [{ device: 'z'.repeat(16) }] }),
  'sync-suspicious': (world, desk) => forged(world, desk, [{ k: 'case', r: 'mwmwmwmw-9', p: { status: 'active' } }], {}),
  'sync-missing-earlier'(world, desk) {
    return forged(world, desk, beginning, { base: { nat: { [world.outside!.centre.record.writer]: 900 } } })
  },
}
async function forged(
  world: World,
  desk: SimDesk,
  entries: readonly ForgedEntry[],
  changes: Readonly<Record<string, unknown>>,
  options: { readonly signSecret?: Uint8Array } = {},
): Promise<Uint8Array> {
  const { centre } = world.outside!
  return forgedFile(
    centre,
    reader(world, desk),
    [forgedChain(centre, 'nat', entries)],
    { ...envelope(world), ...changes },
    options,
  )
}

/** Whole, sealed files that should not be, in any order: each is refused with its code, and changes nothing. */
export async function lies(world: World, desk: SimDesk): Promise<string> {
  const told: string[] = []
  for (const what of world.chance.shuffled([...Object.keys(forgeries), 'sync-fork'])) told.push(await lie(world, desk, what))
  return told.join(', ')
}

async function lie(world: World, desk: SimDesk, what: string): Promise<string> {
  const { centre } = world.outside!
  // a lie comes whole: the way does nothing to it
  const calm = world.calm()
  if (what === 'sync-fork') {
    // nobody can be given another history who has none of it
    if (world.outside!.entries.length === 0) saySomethingNewer(world)
    await outsideSends(calm, desk)
    const held = desk.look((db) => db.prepare('SELECT 1 FROM writer WHERE id = ? AND record <> ?').get(centre.record.writer, ''))
    if (held === undefined) return 'no lie'
  }
  const other = { ...centre, record: { ...centre.record, app: 'another' } }
  const bytes =
    what === 'sync-fork'
      ? await forgedFile(other, reader(world, desk), [forgedChain(other, 'nat', beginning)], envelope(world))
      : await forgeries[what]!(world, desk)
  const outcome = await receive(calm, desk, stick(world, desk, bytes, 3), Buffer.from(bytes))
  if (outcome !== what) throw new BrokenInvariant('I9', `${desk.name} answers a lie with ${outcome} instead of ${what}`)
  return outcome
}
