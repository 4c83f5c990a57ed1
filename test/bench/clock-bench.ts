import path from 'node:path'
import { registersOf, type Registers } from '#main/centre/storage/row-registers.ts'
import { storedJson } from '#main/centre/storage/stored-json.ts'
import { benchDesk, meet, pass, type BenchDesk } from './bench-desk.ts'
import { dice } from './work-load.ts'

const weekMilliseconds = 7 * 86_400_000
const yearMilliseconds = 365 * 86_400_000
const start = Date.UTC(2026, 10, 24, 8)
/** One value that waits for a decision when it was set apart, one that does not. */
const fields = ['a_family_name', 'a_skills'] as const

/** What a clock shows: the right time, off by years, or the day on which a PC without a battery begins. */
const faults: Readonly<Record<string, (right: number, week: number) => number>> = {
  'three years ahead': (right) => right + 3 * yearMilliseconds,
  'ten years behind': (right) => right - 10 * yearMilliseconds,
  'back to 1980 half way': (right, week) => (week < 4 ? right : Date.UTC(1980, 0, 1) + week * weekMilliseconds),
}

interface Edit {
  readonly replaces: string | undefined
}
export interface ClockResult {
  readonly edits: number
  /** Values shown in the end that somebody had seen and replaced. */
  readonly lost: number
  readonly isEqual: boolean
  /** Values that wait beside the shown one, and values that nobody replaced. */
  readonly flagged: number
  readonly apart: number
}

/**
 * PCs of one centre edit the same people for some weeks and meet by chance; the clock of one is wrong. Afterwards everybody meets.
 *
 * The truth is kept beside them: each edit has a value of its own and remembers which value its desk showed when it replaced it.
 */
async function weeks(folder: string, fault: (right: number, week: number) => number, seed: number): Promise<ClockResult> {
  const roll = dice(seed)
  const desks: BenchDesk[] = Array.from({ length: 4 }, (_, i) => benchDesk(path.join(folder, `d${i}`), 100 * seed + i, start))
  const edits = new Map<string, Edit>()
  const people = Array.from({ length: 12 }, (_, i) => `mwmwmwmw-${i}`)
  try {
    for (const desk of desks) await desk.setUp('BUE')
    for (const [i, a] of desks.entries()) for (const b of desks.slice(i + 1)) await meet(a, b)
    await desks[0]!.withStore((store) =>
      store.write((unit) => {
        for (const id of people) {
          const first = Object.fromEntries(fields.map((f) => [f, `${id} ${f} 0`]))
          for (const value of Object.values(first)) edits.set(value, { replaces: undefined })
          unit.insert('case', {
            id,
            stream: 'reg:BUE',
            fields: { number: id, status: 'active', registered_on: '2026-11-24', form_version: '1', ...first },
          })
        }
        unit.audit({ action: 'bench' })
      }),
    )
    for (const desk of desks.slice(1)) await pass(desks[0]!, desk)
    for (let week = 1; week <= 8; week += 1) {
      const right = start + week * weekMilliseconds
      for (const [i, desk] of desks.entries()) {
        desk.ports.clock.set(i === 1 ? fault(right, week) : right + i * 60_000)
        await desk.withStore((store) => {
          for (let n = 0; n < 8; n += 1) {
            const id = people[roll(people.length)]!
            const field = fields[roll(2)]!
            const value = `${id} ${field} ${edits.size}`
            edits.set(value, { replaces: String(rowOf(store, id)[field]) })
            store.write((unit) => {
              unit.change('case', id, { [field]: value })
              unit.audit({ action: 'bench' })
            })
          }
        })
      }
      for (let n = 0; n < 3; n += 1) {
        const from = roll(desks.length)
        await pass(desks[from]!, desks[(from + 1 + roll(desks.length - 1)) % desks.length]!)
      }
    }
    for (let round = 0; round < 2; round += 1)
      for (const from of desks) for (const to of desks) if (from !== to) await pass(from, to)
    return await compared(desks, people, edits)
  } finally {
    for (const desk of desks) await desk.close()
  }
}

type Store = Parameters<Parameters<BenchDesk['withStore']>[0]>[0]
const rowOf = (store: Store, id: string): Registers =>
  registersOf('case', store.read<Record<string, unknown>>('SELECT * FROM case_record WHERE id = ?').get(id) ?? {})

async function compared(
  desks: readonly BenchDesk[],
  people: readonly string[],
  edits: ReadonlyMap<string, Edit>,
): Promise<ClockResult> {
  const replaced = new Set([...edits.values()].map((e) => e.replaces))
  const seen: { readonly shown: Record<string, string>; readonly waiting: string[] }[] = []
  for (const desk of desks) {
    seen.push(
      await desk.withStore((store) => ({
        shown: Object.fromEntries(people.flatMap((id) => fields.map((f) => [`${id} ${f}`, String(rowOf(store, id)[f])]))),
        waiting: store
          .read<{ value: string }>('SELECT value FROM review ORDER BY value')
          .all()
          .map((r) => storedJson<string>(r.value)),
      })),
    )
  }
  const { shown, waiting } = seen[0]!
  const sensitive = fields[0]
  const open = [...edits.keys()].filter((value) => value.includes(sensitive) && !replaced.has(value))
  const flagged = [...waiting, ...people.map((id) => shown[`${id} ${sensitive}`]!)].toSorted()
  return {
    edits: edits.size,
    lost: Object.values(shown).filter((value) => replaced.has(value)).length,
    isEqual: seen.every((s) => JSON.stringify(s) === JSON.stringify(seen[0])),
    flagged: waiting.length,
    // values that wait must be exactly those that nobody replaced; -1 is equal to no number of flags
    apart: JSON.stringify(open.toSorted()) === JSON.stringify(flagged) ? open.length - people.length : -1,
  }
}

/** Each fault of a clock in turn. */
export async function clockBench(folder: string, say: (line: string) => void): Promise<readonly ClockResult[]> {
  const results: ClockResult[] = []
  for (const [i, [name, fault]] of Object.entries(faults).entries()) {
    const result = await weeks(path.join(folder, `clock-${i}`), fault, i + 1)
    results.push(result)
    say(
      `P5 one clock ${name}: ${result.edits} edits, ${result.lost} sequential ones lost, ${result.isEqual ? 'equal' : 'UNEQUAL'}, ${result.flagged} flags for ${result.apart} true conflicts`,
    )
  }
  return results
}
