import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileForm, isDynamicDefault, type CompiledForm } from '#shared/forms/compile-form.ts'
import type { Answer } from '#shared/forms/form-definition.ts'
import { FormPack } from '#shared/forms/form-pack.ts'
import { FormState, type NodeState } from '#shared/forms/form-state.ts'
import type { FormNode } from '#shared/forms/form-tree.ts'
import { answerText, initialAnswers } from '#shared/forms/path-answers.ts'
import { Oracle, type FormStep, type Seen } from './oracle.ts'
import { sampleForms } from './sample-forms.ts'
import { testWorld } from './test-world.ts'

/** Which step is taken, as numbers: what they mean depends on what the form shows then. */
interface Draw {
  readonly where: number
  readonly what: number
  readonly of: number
}
const draws = fc.array(fc.record({ where: fc.nat(), what: fc.nat(5), of: fc.nat() }), { minLength: 1, maxLength: 14 })

const longDraws = fc.array(fc.record({ where: fc.nat(), what: fc.nat(5), of: fc.nat() }), { minLength: 15, maxLength: 25 })

/** `/data/rep[2]/q` of a node, by the order of the instances. */
function positionPath(state: FormState, node: FormNode, keys: readonly string[]): string {
  if (!node.parent) return '/data'
  const above = positionPath(state, node.parent, keys)
  if (node.kind !== 'repeat') return `${above}/${node.name}`
  const depth = node.repeats.length - 1
  const list = [...state.all()]
    .filter((s) => s.node === node && s.keys.slice(0, depth).join() === keys.slice(0, depth).join())
    .map((s) => s.keys[depth])
  return `${above}/${node.name}[${list.indexOf(keys[depth]) + 1}]`
}

/** The engine reads an answer that the filter does not offer as none; we say that the choice is the problem. */
function violationOf(s: NodeState): Seen['violation'] {
  if (s.problem === 'choice') return s.required ? 'required' : null
  return s.problem === 'required' || s.problem === 'constraint' ? s.problem : null
}

function see(state: FormState): Seen[] {
  return [...state.all()]
    .filter((s) => s.node.kind === 'question')
    .map((s) => ({
      at: positionPath(state, s.node, s.keys),
      relevant: s.relevant,
      // the engine shows nothing where a question is not asked; we keep the answer aside
      value: s.relevant && s.problem !== 'choice' ? answerText(s.answer) : '',
      required: s.required,
      violation: violationOf(s),
      choices: s.node.row.type.startsWith('select') ? s.choices.map((c) => c.name) : [],
    }))
}

/** The types that are answered here; files and pictures have no answer that the engine would take from a test. */
const askable = new Set(['text', 'integer', 'date', 'select_one', 'select_multiple'])
const texts = ['', 'a', 'ab', 'abc', 'zz', 'a b', 'true', '1']
const dates = ['1990-02-28', '2019-12-31', '2020-01-01', '2026-11-24', '2000-02-29']

function valueFor(s: NodeState, of: number): Answer {
  const { type } = s.node.row
  const codes = s.choices.map((c) => c.name)
  if (type === 'integer') return of % 9 === 8 ? null : (of % 13) - 1
  if (type === 'date') return of % 7 === 6 ? null : (dates[of % dates.length] ?? null)
  if (type === 'select_one') return codes.length === 0 || of % 7 === 6 ? null : (codes[of % codes.length] ?? null)
  if (type === 'select_multiple') return codes.filter((_, i) => (of >> i) % 2 === 1)
  return texts[of % texts.length] ?? ''
}

/** The form as the engine knows it: without our own fields, and without worked-out defaults, which XForms sets by events that the test has not. */
function asEngineKnows(pack: FormPack): FormPack {
  const survey = pack.survey.map((row) => ({
    ...row,
    widget: undefined,
    default: isDynamicDefault(row.default ?? '') ? undefined : row.default,
  }))
  return { ...pack, survey }
}

/** Takes the steps on our own engine; gives them in the oracle's words, with what we see after each. */
function play(form: CompiledForm, drawn: readonly Draw[]): { steps: FormStep[]; seen: Seen[][]; state: FormState } {
  const state = new FormState(form, initialAnswers(form, testWorld), testWorld)
  let made = 0
  const repeats = form.tree.nodes.filter((n) => n.kind === 'repeat' && n.row.repeatCount === undefined)
  const fill = (repeat: FormNode, around: readonly string[]) => {
    made += 1
    state.addInstance(repeat, around, `k${String(made).padStart(4, '0')}`)
  }
  const steps: FormStep[] = []
  const seen = [see(state)]
  for (const draw of drawn) {
    const shown = [...state.asked()]
    const settable = shown.filter((s) => s.node.kind === 'question' && askable.has(s.node.row.type))
    const repeat = repeats[draw.where % Math.max(1, repeats.length)]
    const around = repeat && shown.find((s) => s.node === repeat.parent)?.keys
    const parentKeys = repeat && (repeat.repeats.length === 1 ? [] : around)
    if (repeat && parentKeys && draw.what === 0) {
      steps.push({ do: 'add', at: `${positionPath(state, repeat.parent ?? repeat, parentKeys)}/${repeat.name}` })
      fill(repeat, parentKeys)
    } else if (repeat && parentKeys && draw.what === 1) {
      const there = state.instancesOf(repeat, parentKeys)
      const index = draw.of % Math.max(1, there.length)
      const key = there[index]
      if (key === undefined) continue
      steps.push({ do: 'remove', at: `${positionPath(state, repeat.parent ?? repeat, parentKeys)}/${repeat.name}`, index })
      state.removeInstance(repeat, [...parentKeys, key])
    } else {
      const s = settable[draw.where % Math.max(1, settable.length)]
      if (!s) continue
      const value = valueFor(s, draw.of)
      steps.push({ do: 'set', at: positionPath(state, s.node, s.keys), value })
      state.set(s.path, value)
    }
    // the engine drops what an instance too many held; we keep it aside. To go on comparing, ours is emptied
    for (const kept of state.aside()) if (kept.why === 'instance-removed') state.set(kept.path, null)
    seen.push(see(state))
  }
  return { steps, seen, state }
}

/** We keep no number that is none, and nothing where a question is not asked. */
function asKept(s: Seen): Seen {
  return { ...s, value: s.relevant && !/^(?:NaN|-?Infinity)$/.test(s.value) ? s.value : '' }
}

describe('the same as the ODK engine', () => {
  let oracle: Oracle
  const zone = process.env['TZ']
  beforeAll(() => {
    // the engine counts days from midnight where the PC stands
    process.env['TZ'] = 'Africa/Douala'
    oracle = new Oracle()
  })
  afterAll(async () => {
    await oracle.close()
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })

  const shipped = readdirSync('resources/forms').map((file) =>
    FormPack.parse(JSON.parse(readFileSync(`resources/forms/${file}`, 'utf8'))),
  )

  it.each([...sampleForms.map((f) => [f.id, f, draws, 30] as const), ...shipped.map((f) => [f.id, f, longDraws, 2] as const)])(
    '%s',
    async (_, whole, drawn, numRuns) => {
      const pack = asEngineKnows(whole)
      const form = compileForm(pack)
      expect(form.faults).toEqual([])
      await fc.assert(
        fc.asyncProperty(drawn, async (taken) => {
          const { steps, seen, state } = play(form, taken)
          const theirs = await oracle.run(pack, steps)
          expect(seen).toEqual(theirs.map((all) => all.map(asKept)))
          // and from scratch as step by step
          expect(see(new FormState(form, state.answers, testWorld))).toEqual(see(state))
        }),
        { numRuns, endOnFailure: numRuns < 30 },
      )
    },
  )
})
