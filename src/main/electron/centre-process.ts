import { Worker } from 'node:worker_threads'
import type { Failure, Result } from '#shared/result.ts'
import type { LockReason } from '#shared/security/contract.ts'
import { centreMemory, type FromWorker, type ToWorker, type WorkerStart } from '../centre/worker-protocol.ts'

export interface CentreProcess {
  call(name: string, input: unknown): Promise<Result<unknown>>
  grant(token: string, path: string): void
  lock(why: LockReason): void
  close(): Promise<void>
}

/**
 * Runs the centre in a worker thread, so that no page ever waits for SQLite (decision 17).
 *
 * If the worker dies, every pending call answers `internal` and a new one is started, locked, and the page is told. One that dies before
 * it answered anything is started again only by the next call: no loop, and no call that waits for ever. Chosen files are granted again.
 */
export function centreProcess(script: string, start: WorkerStart, onEvent: (name: string, data: unknown) => void): CentreProcess {
  const pending = new Map<number, (result: Result<unknown>) => void>()
  const granted = new Map<string, string>()
  const failure: { readonly ok: false; readonly error: Failure } = { ok: false, error: { code: 'internal' } }
  let next = 1
  let closing = false
  let onClosed: () => void = () => undefined
  let worker: Worker | undefined = launch()

  function launch(): Worker {
    const made = new Worker(script, { workerData: start, resourceLimits: centreMemory })
    let hasAnswered = false
    made.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'answer':
          hasAnswered = true
          pending.get(message.id)?.(message.result)
          pending.delete(message.id)
          break
        case 'event':
          onEvent(message.name, message.data)
          break
        case 'closed':
          onClosed()
          break
        case 'ready':
          break
      }
    })
    made.on('error', () => undefined)
    made.on('exit', () => {
      worker = undefined
      for (const answer of pending.values()) answer(failure)
      pending.clear()
      onClosed()
      if (closing || !hasAnswered) return
      void call('security.status', {}).then((result) => {
        if (result.ok) onEvent('status', result.value)
      })
    })
    for (const [token, path] of granted) made.postMessage({ kind: 'grant', token, path } satisfies ToWorker)
    return made
  }

  function send(message: ToWorker): void {
    worker?.postMessage(message)
  }

  function call(name: string, input: unknown): Promise<Result<unknown>> {
    if (closing) return Promise.resolve(failure)
    worker ??= launch()
    const id = next
    next += 1
    return new Promise((resolve) => {
      pending.set(id, resolve)
      send({ kind: 'call', id, name, input })
    })
  }

  return {
    call,
    grant(token, path) {
      granted.set(token, path)
      send({ kind: 'grant', token, path })
    },
    lock: (why) => send({ kind: 'lock', why }),
    async close() {
      if (closing) return
      closing = true
      const last = worker
      if (!last) return
      await new Promise<void>((resolve) => {
        onClosed = resolve
        send({ kind: 'close' })
      })
      await last.terminate()
    },
  }
}
