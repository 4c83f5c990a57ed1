import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FormPack } from '#shared/forms/form-pack.ts'
import { xformsXml } from './xforms-xml.ts'

/** One thing done to a form; places are XPath positions: `/data/rep[1]/q`. */
export type FormStep =
  | { readonly do: 'set'; readonly at: string; readonly value: string | number | readonly string[] | null }
  | { readonly do: 'add'; readonly at: string }
  | { readonly do: 'remove'; readonly at: string; readonly index: number }

/** What there is to say of one question after a step, in the engine's and in our words alike. */
export interface Seen {
  readonly at: string
  readonly relevant: boolean
  readonly value: string
  readonly required: boolean
  readonly violation: 'required' | 'constraint' | null
  readonly choices: readonly string[]
}

/** The ODK engine in a thread of its own. */
export class Oracle {
  readonly #worker = new Worker(new URL('./oracle-worker.ts', import.meta.url))
  #turn: Promise<unknown> = Promise.resolve()

  /** What the engine sees before the first step and after each. */
  run(pack: FormPack, steps: readonly FormStep[]): Promise<readonly (readonly Seen[])[]> {
    const turn = this.#turn.then(async () => {
      this.#worker.postMessage({ xml: xformsXml(pack), steps })
      const [answer] = (await once(this.#worker, 'message')) as [{ seen?: readonly (readonly Seen[])[]; error?: string }]
      if (!answer.seen) throw new Error(`the engine refused: ${answer.error}`)
      return answer.seen
    })
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
