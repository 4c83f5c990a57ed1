import { parentPort } from 'node:worker_threads'
import { putDomForEngine } from './dom-for-engine.ts'
import type { FormStep, Seen } from './oracle.ts'

putDomForEngine()
const { loadForm } = await import('@getodk/xforms-engine')

interface EngineNode {
  readonly nodeType: string
  readonly currentState: {
    readonly reference: string
    readonly relevant: boolean
    readonly required: boolean
    readonly instanceValue?: unknown
    readonly children: readonly EngineNode[] | null
    readonly valueOptions?: readonly { readonly value: string }[]
  }
  readonly validationState: { readonly violation?: { readonly condition: 'required' | 'constraint' } | null }
  setValue(value: unknown): void
  selectValue(value: string | null): void
  selectValues(values: readonly string[]): void
  addInstances(after?: number, count?: number): void
  removeInstances(start: number, count?: number): void
}

function* below(node: EngineNode): Generator<EngineNode> {
  for (const child of node.currentState.children ?? []) {
    yield child
    yield* below(child)
  }
}

function see(root: EngineNode): Seen[] {
  return [...below(root)]
    .filter((n) => n.currentState.children === null && !n.currentState.reference.startsWith('/data/meta'))
    .map((n) => ({
      at: n.currentState.reference,
      relevant: n.currentState.relevant,
      value: String(n.currentState.instanceValue ?? ''),
      required: n.currentState.required,
      violation: n.validationState.violation?.condition ?? null,
      choices: (n.currentState.valueOptions ?? []).map((o) => o.value),
    }))
}

function take(root: EngineNode, step: FormStep): void {
  const node = [...below(root)].find((n) => n.currentState.reference === step.at)
  if (!node) throw new Error(`nothing at ${step.at}; there is ${[...below(root)].map((n) => n.currentState.reference).join(' ')}`)
  if (step.do === 'add') node.addInstances()
  else if (step.do === 'remove') node.removeInstances(step.index, 1)
  else if (node.nodeType !== 'select') node.setValue(typeof step.value === 'number' ? BigInt(step.value) : (step.value ?? null))
  else if (Array.isArray(step.value)) node.selectValues(step.value as readonly string[])
  else node.selectValue(typeof step.value === 'string' ? step.value : null)
}

const forms = new Map<string, ReturnType<typeof load>>()
/** The form of an XML text, loaded once: that costs far more than an instance. */
function loaded(xml: string): ReturnType<typeof load> {
  const form = forms.get(xml) ?? load(xml)
  forms.set(xml, form)
  return form
}
async function load(xml: string) {
  const fetchFormAttachment = () => {
    throw new Error('no attachments')
  }
  const result = await loadForm(xml, { fetchFormAttachment } as unknown as Parameters<typeof loadForm>[1])
  if (result.status === 'failure') throw result.error
  return result
}

parentPort?.on('message', ({ xml, steps }: { xml: string; steps: readonly FormStep[] }) => {
  void (async () => {
    try {
      const result = await loaded(xml)
      const root = result.createInstance().root as unknown as EngineNode
      const seen = [see(root)]
      for (const step of steps) {
        take(root, step)
        seen.push(see(root))
      }
      parentPort?.postMessage({ seen })
    } catch (error) {
      parentPort?.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })()
})
