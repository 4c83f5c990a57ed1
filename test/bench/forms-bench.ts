import { readFileSync } from 'node:fs'
import path from 'node:path'
import { compileForm } from '#shared/forms/compile-form.ts'
import type { Answer } from '#shared/forms/form-definition.ts'
import { FormPack } from '#shared/forms/form-pack.ts'
import { FormState } from '#shared/forms/form-state.ts'
import { putDomForEngine } from '../forms/dom-for-engine.ts'
import { testWorld } from '../forms/test-world.ts'
import { xformsXml } from '../forms/xforms-xml.ts'

export interface FormsGoal {
  readonly id: string
  readonly what: string
  readonly figure: number
  readonly goal: number
  readonly unit: string
  readonly met: boolean
}

/** Answers that a counsellor gives one after the other, back and forth, so that much depends on each. */
const entries: readonly (readonly [name: string, answer: string | number])[] = [
  ['intake_channel', 'arrival'],
  ['interview_private', 'yes'],
  ['interpreter_used', 'yes'],
  ['interpreter_used', 'no'],
  ['consent_status', 'given'],
  ['consent_giver', 'self'],
  ['family_name', 'Bello'],
  ['sex', 'F'],
  ['birth_date', '1994'],
  ['birth_date', '2012-03-04'],
  ['birth_date', '1990-01-02'],
  ['return_intention', 'region'],
  ['household_size', 4],
  ['children_5_11', 2],
  ['wg_seeing', '4'],
  ['wg_seeing', '1'],
  ['rcsi_less_preferred', 7],
  ['rcsi_borrow', 1],
  ['rcsi_portion', 2],
  ['rcsi_adults', 3],
  ['rcsi_meals', 0],
  ['health_urgent', 'yes'],
  ['health_urgent', 'no'],
  ['track_1', 'tvet'],
]

interface Filling {
  open(): void
  set(name: string, answer: string | number): void
  /** What every question shows now, so that nothing is left to be worked out later. */
  readAll(): number
}

function ours(pack: FormPack): Filling {
  const form = compileForm(pack)
  let state: FormState | undefined
  return {
    open: () => {
      state = new FormState(form, {}, testWorld)
    },
    set: (name, answer: Answer) => state?.set(name, answer),
    readAll: () => [...(state?.all() ?? [])].filter((s) => s.relevant).length,
  }
}

interface EngineNode {
  readonly nodeType: string
  readonly currentState: {
    readonly reference: string
    readonly relevant: boolean
    readonly children: readonly EngineNode[] | null
    readonly valueOptions?: unknown
  }
  readonly validationState: { readonly violation?: unknown }
  setValue(value: unknown): void
  selectValue(value: string): void
}

async function engine(pack: FormPack): Promise<Filling> {
  putDomForEngine()
  const { loadForm } = await import('@getodk/xforms-engine')
  const fetchFormAttachment = () => {
    throw new Error('no attachments')
  }
  const result = await loadForm(xformsXml(pack), { fetchFormAttachment } as unknown as Parameters<typeof loadForm>[1])
  if (result.status === 'failure') throw result.error
  let nodes = new Map<string, EngineNode>()
  const walk = (node: EngineNode, found: Map<string, EngineNode>) => {
    for (const child of node.currentState.children ?? []) {
      found.set(child.currentState.reference.split('/').at(-1) ?? '', child)
      walk(child, found)
    }
    return found
  }
  return {
    open: () => {
      nodes = walk(result.createInstance().root as unknown as EngineNode, new Map())
    },
    set: (name, answer) => {
      const node = nodes.get(name)
      if (!node) throw new Error(`nothing called ${name}`)
      if (node.nodeType === 'select') node.selectValue(String(answer))
      else node.setValue(typeof answer === 'number' ? BigInt(answer) : answer)
    },
    readAll: () =>
      [...nodes.values()].filter((n) => {
        void n.validationState?.violation
        void n.currentState.valueOptions
        return n.currentState.relevant
      }).length,
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function timed(filling: Filling): { open: number; changes: number[]; all: number; shown: number } {
  let from = performance.now()
  filling.open()
  const open = performance.now() - from
  filling.readAll()
  const changes: number[] = []
  const whole = performance.now()
  let shown = 0
  for (const [name, answer] of entries) {
    from = performance.now()
    filling.set(name, answer)
    shown = filling.readAll()
    changes.push(performance.now() - from)
  }
  return { open, changes, all: performance.now() - whole, shown }
}

/**
 * The profile form filled in our evaluator and in the ODK engine, turn and turn about in one process: open, and one answer with everything that
 * any question shows afterwards. The pages are measured by forms-page-bench.ts.
 */
export async function formsBench({
  runs,
  say,
}: {
  readonly runs: number
  readonly say: (line: string) => void
}): Promise<readonly FormsGoal[]> {
  const file = path.join(import.meta.dirname, '../../resources/forms/profile.json')
  const pack = FormPack.parse(JSON.parse(readFileSync(file, 'utf8')))
  const both = { ours: ours(pack), engine: await engine(pack) }
  const found = { ours: [] as ReturnType<typeof timed>[], engine: [] as ReturnType<typeof timed>[] }
  // once to warm both up
  for (let run = -1; run < runs; run += 1) {
    for (const who of ['ours', 'engine'] as const) {
      const result = timed(both[who])
      if (run >= 0) found[who].push(result)
    }
  }
  const of = (who: 'ours' | 'engine') => ({
    open: median(found[who].map((r) => r.open)),
    change: median(found[who].flatMap((r) => r.changes)),
    slowest: median(found[who].map((r) => Math.max(...r.changes))),
    shown: found[who].map((r) => r.shown),
  })
  const [we, they] = [of('ours'), of('engine')]
  say(`profile form, ${pack.survey.length} rows, ${entries.length} answers, medians of ${runs} runs (ms)`)
  say('| what | ours | ODK engine | ratio |')
  say('|---|---|---|---|')
  const rows = [
    ['F1', 'open a record', we.open, they.open],
    ['F2', 'one answer and all that is shown', we.change, they.change],
    ['F3', 'the slowest answer', we.slowest, they.slowest],
  ] as const
  for (const [, what, a, b] of rows) say(`| ${what} | ${a.toFixed(2)} | ${b.toFixed(2)} | ${(a / b).toFixed(3)} |`)
  return rows.map(([id, what, a, b]) => ({
    id,
    what: `${what}, against the ODK engine`,
    figure: a / b,
    goal: 1,
    unit: 'x',
    met: a < b,
  }))
}
