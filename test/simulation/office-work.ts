import path from 'node:path'
import type { SimDesk } from './desk.ts'
import { officeSite } from './desk.ts'
import { mustNotBreak } from './power.ts'
import { BrokenInvariant, type World } from './world.ts'

/** The ceremony at the office; then every desk is put on the list and takes it in with the words of the national key. */
export async function openOffice(world: World): Promise<void> {
  const desk = world.at(officeSite)[0]!
  const { sheets } = await desk.get('roster.beginCeremony', { renew: false })
  const typed = sheets.map((s) => s.groups.join(' '))
  await desk.get('roster.confirmCeremony', { sheets: [typed[0]!, typed[2]!] })
  world.office = { desk, sheets: [typed[1]!, typed[2]!] }
  for (const other of world.desks) if (other !== desk) await enrol(world, other)
}

/** A desk is put on the list, and takes it in. */
export async function enrol(world: World, other: SimDesk): Promise<void> {
  const { desk, sheets } = world.office!
  await desk.get('roster.open', { sheets: [...sheets] })
  const card = path.join(other.folder, 'enrol.psrlcard')
  await other.get('sync.saveOwnCard', { file: other.token(card) })
  const read = await desk.get('roster.readCard', { file: desk.token(card) })
  const { words } = await other.get('sync.ownCard', {})
  await desk.get('roster.enrol', { previewId: read.previewId, words: words.join(' ') })
  const list = path.join(desk.folder, 'list.psrlcard')
  await desk.get('roster.saveList', { file: desk.token(list) })
  const taken = await other.get('roster.readList', { file: other.token(list) })
  const spoken = (await desk.get('roster.status', {})).national?.words ?? []
  await other.get('roster.takeList', { previewId: taken.previewId, words: taken.needsWords ? spoken.join(' ') : '' })
}

/** The office reports a computer lost; the others hear of it by files, whenever those come. */
export async function revoke(world: World): Promise<string> {
  const { office, chance } = world
  if (!office?.desk.isOpen) return 'no office'
  const inUse = world.desks.filter((d) => d !== office.desk && !d.isRevoked)
  if (inUse.length < 2) return 'nobody to spare'
  const desk = chance.pick(inUse)
  const told = await report(world, desk)
  if (told === undefined) return 'not signed'
  desk.isRevoked = true
  world.meet('fault revoked')
  countLost(world)
  return `${desk.name}: ${told}`
}

/** The office signs that a computer was lost. Undefined when it did not come to it. */
async function report(world: World, desk: SimDesk): Promise<string | undefined> {
  const { office, chance } = world
  const at = office!.desk
  const opened = await at.ask('roster.open', { sheets: [...office!.sheets] })
  mustNotBreak(at, 'roster.open', opened)
  if (!opened.ok) return undefined
  const done = await at.ask('roster.revoke', {
    device: desk.device,
    reason: chance.pick(['lost', 'stolen', 'copied', 'misused']),
  })
  mustNotBreak(at, 'roster.revoke', done)
  return done.ok ? `reported, ${done.value.setAside} aside` : undefined
}

/** What the computers that are in use do not hold, or may not believe, is gone with the one that was lost. */
function countLost(world: World): void {
  const office = world.image(world.office!.desk)
  const believed = office.entries.map((e) => e.text ?? '').join('\n')
  const inUse = world.desks.filter((d) => !d.isRevoked).map((d) => ({ desk: d, image: world.image(d) }))
  const texts = inUse.map(({ desk, image }) => ({ desk, text: image.entries.map((e) => e.text ?? '').join('\n') }))
  const revoked = new Set(world.desks.filter((d) => d.isRevoked).map((d) => d.name))
  for (const v of world.values) {
    if (v.lost) continue
    if (revoked.has(v.desk) && v.site === undefined) v.lost = !believed.includes(v.value)
    else v.lost = !texts.some(({ desk, text }) => (v.site === undefined || desk.site === v.site) && text.includes(v.value))
  }
}

/** Before everybody meets: an office whose disk was put back may not know any more what it reported, and reports it again. */
export async function reportAgain(world: World): Promise<void> {
  const { office } = world
  if (!office) return
  for (const desk of world.desks.filter((d) => d.isRevoked)) {
    const { devices } = await office.desk.get('roster.status', {})
    if (devices.find((d) => d.card.device === desk.device)?.status !== 'revoked')
      world.note(`reported again ${desk.name}: ${await report(world, desk)}`)
  }
  countLost(world)
}

/** Who was reported lost is so everywhere, and nobody else. */
export async function checkList(world: World): Promise<void> {
  if (!world.office) return
  const all = new Map(world.office.desk.isRevoked ? [] : [...world.lost, ...world.desks].map((d) => [d.device, d]))
  for (const desk of world.desks) {
    const { devices, setAside } = await desk.get('roster.status', {})
    if (setAside > 0) world.meet('set aside')
    for (const d of devices) {
      const known = all.get(d.card.device)
      if (known && (d.status === 'revoked') !== known.isRevoked)
        throw new BrokenInvariant('I1', `${desk.name} says that ${known.name} is ${d.status}`)
    }
  }
}

/** A desk renews the key that files to it are sealed for. */
export async function rotate(world: World, desk: SimDesk): Promise<string> {
  const done = await desk.ask('roster.renewOwnKey', {})
  mustNotBreak(desk, 'roster.renewOwnKey', done)
  if (!done.ok) return done.error.code
  world.learn(desk)
  world.meet('fault rotated')
  return 'a new key'
}
