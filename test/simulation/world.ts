import path from 'node:path'
import { readIdentity } from '#main/centre/crypto/device-identity.ts'
import { namedSites } from '#shared/security/site.ts'
import { trustOutside, outsideCentre, type OutsideCentre } from '#test/formats/outside-centre.ts'
import type { Chance } from './chance.ts'
import { furnish, officeSite, SimDesk, worldStart, type WorldTime } from './desk.ts'
import { closedCopies, journalImage, withDeparted, type JournalImage, type SeenEntry } from './journal-image.ts'
import { enrol, openOffice } from './office-work.ts'
import type { FaultKind, Swarm } from './swarm.ts'

/** What must always hold was seen broken. */
export class BrokenInvariant extends Error {
  readonly invariant: string
  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`)
    this.invariant = invariant
  }
}

/** A file that left a desk. */
export interface StickFile {
  readonly number: number
  readonly from: string
  /** Who wrote it, when a desk did. */
  readonly site: string
  readonly toSite: string
  readonly bytes: Buffer
  readonly lines: number
  readonly leftAt: number
}

/** A value that a desk said it has kept. */
export interface AcknowledgedValue {
  readonly desk: string
  /** The site whose desks must have it; undefined for every desk. */
  readonly site: string | undefined
  readonly row: string
  readonly value: string
  /** Gone with a disk that was put back before anybody else had it: nobody can bring it again. */
  lost: boolean
}

/** Begins every value, and nothing else. */
export const markerStart = 'Zx9MARQUEUR'

/** The centres of one seed, the files between them, and what is known to be true of them. */
export class World {
  readonly time: WorldTime = { now: worldStart }
  readonly desks: SimDesk[] = []
  /** A PC that is bought later, in a world where old entries leave the journals. */
  latecomer: SimDesk | undefined
  /** Desks that were reported lost, once the storm is over. */
  readonly lost: SimDesk[] = []
  readonly sticks: StickFile[] = []
  readonly values: AcknowledgedValue[] = []
  readonly trace: string[] = []
  /** How often each fault, merge branch and error code was met. */
  readonly reached = new Map<string, number>()
  readonly snapshots = new Map<string, { readonly folder: string; readonly values: number; readonly witness: string }>()
  /** Pairs that did not compare their cards yet: `reader/writer` device. */
  readonly strangers = new Set<string>()
  /** What the outside centre has said in its directory so far, and the file number it is at. */
  outside: { readonly centre: OutsideCentre; readonly entries: unknown[]; files: number } | undefined
  readonly identities = new Map<string, { readonly device: string; readonly age: string; readonly secrets: readonly string[] }>()
  /** The desk of the national office and two sheets of its key, in a world that has one. */
  office: { readonly desk: SimDesk; readonly sheets: readonly [string, string] } | undefined
  /** Every entry that was met, by hash. */
  readonly seen = new Map<string, SeenEntry>()
  /** Entries that a desk held last without their text, by its name. */
  readonly withheld = new Map<string, Set<string>>()
  markers = 0
  files = 0
  readonly seed: number
  readonly chance: Chance
  readonly swarm: Swarm
  readonly folder: string
  constructor(seed: number, chance: Chance, swarm: Swarm, folder: string) {
    this.seed = seed
    this.chance = chance
    this.swarm = swarm
    this.folder = folder
  }

  meet(what: string): void {
    this.reached.set(what, (this.reached.get(what) ?? 0) + 1)
  }
  note(line: string): void {
    this.trace.push(line)
  }
  /** True when this fault happens now. */
  fault(kind: FaultKind): boolean {
    const rate = this.swarm.rates[kind]
    if (rate === 0 || !this.chance.of(rate)) return false
    this.meet(`fault ${kind}`)
    return true
  }
  /** The same world in which nothing goes wrong. */
  calm(): World {
    return Object.create(this, { fault: { value: () => false } }) as World
  }
  /** A text that is nowhere else in the world, nor the beginning of another one. */
  marker(): string {
    this.markers += 1
    return `${markerStart}${this.markers.toString(36)}Q`
  }
  acknowledge(desk: SimDesk, site: string | undefined, row: string, values: readonly string[]): void {
    for (const value of values) this.values.push({ desk: desk.name, site, row, value, lost: desk.isRevoked })
  }
  /** Desks of a site; also those of a clone. */
  at(site: string): SimDesk[] {
    return this.desks.filter((d) => d.site === site)
  }
  sites(): string[] {
    return [...new Set(this.desks.map((d) => d.site))]
  }
  image(desk: SimDesk): JournalImage {
    const withheld = this.withheld.get(desk.name) ?? new Set()
    this.withheld.set(desk.name, withheld)
    return withDeparted(desk.look(journalImage), this.seen, withheld)
  }
  /** A snapshot leaves out copies of people who took their agreement back: what their rows were is told to nobody who did not know it. */
  leftOut(from: string, desk: SimDesk): void {
    const held = new Set(desk.look(journalImage).rows.map((r) => r.id))
    const closed = this.at(from).flatMap((d) => {
      const image = this.image(d)
      return [...new Set(image.rows.map((r) => r.stream))].flatMap((stream) => [...closedCopies(image, stream)])
    })
    const gone = new Set(closed.filter((row) => !held.has(row)))
    const withheld = this.withheld.get(desk.name) ?? new Set()
    for (const [hash, { entry }] of this.seen) if (gone.has(entry.row)) withheld.add(hash)
    this.withheld.set(desk.name, withheld)
  }
  addDesk(name: string, site: string, machine: string): SimDesk {
    const desk = this.#deskOf(name, site, machine, this.desks.length)
    this.desks.push(desk)
    return desk
  }
  #deskOf(name: string, site: string, machine: string, number: number): SimDesk {
    return new SimDesk({
      name,
      site,
      machine,
      seed: this.seed * 20 + number,
      folder: path.join(this.folder, name),
      time: this.time,
      merged: (branch) => this.meet(`merge ${branch}`),
    })
  }

  /** Sets the desks up and lets them compare their cards. */
  async begin(): Promise<void> {
    const { chance, swarm } = this
    const sites = chance.shuffled(namedSites.filter((s) => s.code !== 'YDE').map((s) => s.code))
    const counts = new Map<string, number>()
    for (let i = 0; i < swarm.desks; i += 1) {
      const asBefore = swarm.twins && i > 0 && (i === 1 ? swarm.desks > 2 || chance.of(0.7) : chance.of(0.2))
      const site = asBefore || i > 5 ? this.desks[i === 1 ? 0 : chance.int(i)]!.site : sites[i]!
      const number = (counts.get(site) ?? 0) + 1
      counts.set(site, number)
      const desk = this.addDesk(`${site}${number}`, site, `pc-${site}-${number}`)
      await furnish(site, number, desk.folder)
    }
    if (swarm.rates.compacted > 0) {
      const site = chance.pick([...counts.keys()])
      const number = counts.get(site)! + 1
      // no copy of a PC can have this number
      this.latecomer = this.#deskOf(`${site}${number}`, site, `pc-${site}-${number}`, 19)
      await furnish(site, number, this.latecomer.folder)
    }
    if (swarm.rates.revoked > 0) await furnish(officeSite, 1, this.addDesk(`${officeSite}1`, officeSite, 'pc-office').folder)
    for (const desk of this.desks) {
      desk.start()
      await desk.unlock()
      this.learn(desk)
    }
    for (const reader of this.desks)
      for (const writer of this.desks) {
        if (reader === writer) continue
        if (this.fault('untrusted')) this.strangers.add(`${reader.name}/${writer.name}`)
        else await this.trust(reader, writer)
      }
    if (swarm.rates.revoked > 0) await openOffice(this)
    const { rates } = swarm
    if (rates['newer-version'] + rates.liar + rates.erasure > 0) {
      this.outside = { centre: await outsideCentre('YDE', 'm', this.seed), entries: [], files: 0 }
      for (const desk of this.desks) await trustOutside(desk as never, this.outside.centre)
    }
  }
  /** The latecomer is unpacked, and everybody compares cards with it. */
  async joins(): Promise<SimDesk | undefined> {
    const desk = this.latecomer
    if (!desk || this.desks.length >= 7) return undefined
    this.latecomer = undefined
    this.desks.push(desk)
    desk.start()
    await desk.unlock()
    await this.introduce(desk)
    if (this.outside) await trustOutside(desk as never, this.outside.centre)
    return desk
  }
  /** A PC that the others did not know: they read its card, and it theirs. */
  async introduce(desk: SimDesk): Promise<void> {
    this.learn(desk)
    for (const other of this.desks) {
      if (other === desk || other.isRevoked) continue
      if (!other.isOpen) await other.unlock()
      await this.trust(other, desk)
      await this.trust(desk, other)
    }
    if (this.office?.desk.isOpen) await enrol(this, desk)
  }
  /** The desk's keys, for proving who can open what. */
  learn(desk: SimDesk): void {
    desk.look((db) => {
      const kept = db.prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'device.keys'").get()
      const identity = readIdentity(kept?.value ?? '')
      this.identities.set(desk.name, { device: identity.device, age: identity.ageRecipient, secrets: identity.ageIdentities })
    })
  }
  /** The reader takes the writer's card. False when it knows that very card: then its page has nothing to take. */
  async trust(reader: SimDesk, writer: SimDesk): Promise<boolean> {
    this.strangers.delete(`${reader.name}/${writer.name}`)
    const card = path.join(writer.folder, 'card.psrlcard')
    await writer.get('sync.saveOwnCard', { file: writer.token(card) })
    const read = await reader.get('sync.readCard', { file: reader.token(card) })
    if (!read.known) await reader.get('sync.trustCard', { previewId: read.previewId })
    return !read.known
  }
  async end(): Promise<void> {
    for (const desk of [...this.desks, ...this.lost]) await desk.stop()
  }
}
