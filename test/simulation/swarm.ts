import { chanceOf, type Chance } from './chance.ts'

/** What people do. */
export const actionKinds = [
  'open-case',
  'edit-case',
  'withdraw',
  'agree-again',
  'refer',
  'advance',
  'apart',
  'directory',
  'verify',
  'export',
  'deliver',
  'lock',
  'restart',
  'clock',
  'outside',
  'snapshot',
  'restore',
  'clone',
  'training',
  'revoke',
  'rotate',
  'compact',
] as const
export type ActionKind = (typeof actionKinds)[number]

/** What goes wrong with files, disks, clocks and people: each must be seen in a run of many seeds. */
export const faultKinds = [
  'lost',
  'doubled',
  'late',
  'out-of-order',
  'months-old',
  'cut',
  'flipped',
  'zero-tail',
  'wrong-centre',
  'renamed',
  'swapped-after-preview',
  'disk-full-export',
  'disk-full-import',
  'stick-unreadable',
  'power-export',
  'power-import',
  'power-work',
  'cancelled-export',
  'cancelled-import',
  'clock-seconds',
  'clock-years-ahead',
  'clock-years-behind',
  'clock-jumps-back',
  'untrusted',
  'newer-version',
  'liar',
  'erasure',
  'restored',
  'cloned',
  'set-back',
  'revoked',
  'rotated',
  'compacted',
] as const
export type FaultKind = (typeof faultKinds)[number]

export interface Swarm {
  readonly desks: number
  readonly actions: number
  readonly weights: Readonly<Record<ActionKind, number>>
  /** How often each fault happens where it can; 0 for one that this world does not know. */
  readonly rates: Readonly<Record<FaultKind, number>>
  /** Everybody begins with the same directory. */
  readonly sameStart: boolean
  /** Two PCs of one centre. */
  readonly twins: boolean
}

/** The rate of what must be met in few worlds. */
const often = 0.7

/** The first seeds whose worlds are small: few computers, and no old entries that leave the journals. They take a third of the time of the others. */
export function smallWorlds(count: number): number[] {
  const seeds: number[] = []
  for (let seed = 1; seeds.length < count; seed += 1) {
    const { desks, rates } = drawSwarm(chanceOf(seed), [])
    if (desks === 2 || (desks === 3 && rates.compacted === 0)) seeds.push(seed)
  }
  return seeds
}

/** Draws which faults exist in this world and how often, so that some worlds are calm and deep and some are storms. */
export function drawSwarm(chance: Chance, wanted: readonly FaultKind[]): Swarm {
  const stormy = chance.of(0.7)
  const rates = Object.fromEntries(
    faultKinds.map((kind) => {
      const exists = chance.of(stormy ? 0.5 : 0.12)
      const rate = 0.05 + chance.int(30) / 100
      return [kind, exists ? rate : 0]
    }),
  ) as Record<FaultKind, number>
  for (const kind of wanted) rates[kind] ||= 0.2
  if (wanted.includes('set-back')) Object.assign(rates, { 'set-back': often, restored: rates.restored || 0.2 })
  // rare by themselves: they need a kept state first, and somebody who puts it back
  else if (rates['set-back'] > 0 && rates.restored > 0) rates['set-back'] = often
  const usual: Readonly<Record<ActionKind, number>> = {
    'open-case': 3,
    'edit-case': 7,
    withdraw: 1.5,
    'agree-again': 1,
    refer: 3,
    advance: 3,
    apart: 5,
    directory: 5,
    verify: 1,
    export: 9,
    deliver: 12,
    lock: 1,
    restart: 1,
    clock: 1,
    outside: 3,
    snapshot: 2,
    restore: 1,
    clone: 1,
    training: 0.08,
    revoke: 0.6,
    rotate: 1.5,
    compact: 1.5,
  }
  const weights = Object.fromEntries(
    actionKinds.map((kind) => [kind, chance.of(0.15) && kind !== 'export' && kind !== 'deliver' ? 0 : usual[kind]]),
  ) as Record<ActionKind, number>
  if (rates['newer-version'] + rates.liar + rates.erasure === 0) weights.outside = 0
  if (wanted.includes('restored') || rates['set-back'] === often) Object.assign(weights, { snapshot: 3, restore: 3 })
  if (rates.cloned > 0) Object.assign(weights, { snapshot: 3, clone: 3 })
  if (rates.restored === 0) weights.restore = 0
  if (rates.restored === 0 && rates.cloned === 0) weights.snapshot = 0
  if (rates.cloned === 0) weights.clone = 0
  if (wanted.includes('revoked')) weights.revoke = 1.5
  if (wanted.includes('rotated')) weights.rotate = 3
  if (wanted.includes('compacted')) weights.compact = 3
  if (rates.compacted === 0) weights.compact = 0
  if (rates.revoked === 0) weights.revoke = 0
  if (rates.rotated === 0) weights.rotate = 0
  const clocks: readonly FaultKind[] = ['clock-seconds', 'clock-years-ahead', 'clock-years-behind', 'clock-jumps-back']
  if (clocks.every((kind) => rates[kind] === 0)) weights.clock = 0
  return {
    desks: chance.pick([2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 6, 7]),
    actions: 12 + chance.int(28),
    weights,
    rates,
    sameStart: chance.of(0.7),
    twins: chance.of(0.5),
  }
}
