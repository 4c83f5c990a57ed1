import { contract, isCallName, type CallName, type CallReceived } from '#shared/contract.ts'
import { mayDo } from '#shared/permissions.ts'
import { Refusal, type Failure, type Result } from '#shared/result.ts'
import type { CallContext } from './feature.ts'
import type { Desk } from './features/security/index.ts'
import type { JobBoard } from './jobs.ts'
import type { Ports } from './ports.ts'
import { objectOf, readEvent } from './read-audit.ts'
import { refusalOf } from './storage/open-database.ts'

type AnyHandler = (input: unknown, context: CallContext) => unknown
type DeskHandler = (input: unknown) => unknown

export interface DispatchParts {
  readonly ports: Ports
  readonly desk: Desk
  readonly jobs: JobBoard
  readonly deskCalls: Readonly<Record<string, DeskHandler>>
  readonly handlers: Readonly<Record<string, AnyHandler>>
  /** An answer as the session may see it (safe screen). */
  readonly shown: (name: CallName, input: unknown, value: unknown, context: CallContext) => unknown
}

/** A queue of one: the store is used by one call at a time, so that nothing falls into another call's transaction. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}

/** A call's input as its schema takes it. Throws Refusal bad-input {field}. */
function readInput<K extends CallName>(name: K, raw: unknown): CallReceived<K> {
  const parsed = contract[name].input.safeParse(raw)
  if (!parsed.success) throw new Refusal('bad-input', { field: parsed.error.issues[0]?.path.join('.').slice(0, 60) ?? '' })
  return parsed.data as CallReceived<K>
}

/** Calls of which the log says nothing: it lies open beside the database (H12). Who asks whether one may be made says which. */
const isSecret = (name: string): boolean => isCallName(name) && (contract[name].secret !== null || name === 'app.mayCall')

/**
 * The one way into the centre: name, lock, permission, input schema, handler, audit, output schema.
 *
 * Answers a `Result`, never throws; an error is a code (S20, S21).
 */
export function createDispatch({ ports, desk, jobs, deskCalls, handlers, shown }: DispatchParts) {
  const queue = oneAtATime()

  const failed = (name: string, thrown: unknown): { readonly ok: false; readonly error: Failure } => {
    const error = refusalOf(thrown)
    const failure: Failure =
      error instanceof Refusal ? { code: error.code, ...(error.details ? { details: error.details } : {}) } : { code: 'internal' }
    if (!(error instanceof Refusal))
      ports.log.write({
        event: 'unexpected',
        where: isSecret(name) ? 'call' : name,
        kind: error instanceof Error ? error.name : typeof error,
      })
    else if (!isSecret(name)) ports.log.write({ event: 'call-failed', call: name, code: failure.code })
    return { ok: false, error: failure }
  }

  const answer = (name: CallName, value: unknown): Result<unknown> => {
    const parsed = contract[name].output.safeParse(value)
    return parsed.success ? { ok: true, value: parsed.data } : failed(name, new TypeError('output'))
  }

  const asRefused = (name: CallName): void => {
    const { store } = desk.open()
    store.write((unit) => unit.audit({ action: 'refused', details: { call: name } }))
  }

  /** Asked before anything of a call's input is looked at. Throws Refusal not-found for what is nobody else's to know of, forbidden. */
  function assertMay(name: CallName): void {
    const { permission, secret } = contract[name]
    if (permission === null && secret === null) return
    const { roles, mode } = desk.open().session
    // what is not theirs is not there (H22); exercises have nothing of it
    if (secret !== null && (mode === 'training' || !mayDo(roles, secret))) throw new Refusal('not-found')
    if (permission === null || mayDo(roles, permission)) return
    asRefused(name)
    throw new Refusal('forbidden')
  }

  /** What was read and its event are of one transaction (H33): nothing is shown whose reading was not written down. */
  function readAndAudited(name: CallName, input: unknown, handler: AnyHandler, context: CallContext): unknown {
    return context.store.write((unit) => {
      const value = handler(input, context)
      if (value instanceof Promise) throw new TypeError('a read answers at once')
      const seen = shown(name, input, value, context)
      unit.audit(readEvent(name, input, seen, unit))
      return seen
    })
  }

  async function run(name: CallName, input: unknown): Promise<unknown> {
    const { audited } = contract[name]
    const open = desk.open()
    const started: string[] = []
    let note: Parameters<CallContext['whenRefused']>[0] | undefined
    const context: CallContext = {
      ports,
      store: open.store,
      session: open.session,
      backup: (reason) => desk.backup(reason),
      whenRefused(keep) {
        note = keep
      },
      job(id) {
        started.push(id)
        return jobs.start(id)
      },
    }
    const handler = handlers[name]
    if (!handler) throw new Refusal('not-found')
    try {
      if (audited === 'read') return readAndAudited(name, input, handler, context)
      return shown(name, input, await handler(input, context), context)
    } catch (error) {
      // a write that was refused leaves its own trace; its unit was rolled back
      if (audited !== 'no' && desk.isOpen()) {
        const code = error instanceof Refusal ? error.code : 'internal'
        open.store.write((unit) => {
          note?.(unit, code)
          unit.audit({ action: `${name}.failed`, details: { code }, ...objectOf(input) })
        })
      }
      throw error
    } finally {
      jobs.end(started)
    }
  }

  return async (name: string, rawInput: unknown): Promise<Result<unknown>> => {
    try {
      if (!isCallName(name) || contract[name].shell) throw new Refusal('bad-input', { field: 'call' })
      if (name === 'app.cancel') {
        jobs.cancel(readInput(name, rawInput).job)
        return { ok: true, value: {} }
      }
      if (name === 'security.status') {
        readInput(name, rawInput)
        return answer(name, desk.status())
      }
      if (name === 'security.lock') {
        readInput(name, rawInput)
        jobs.cancelAll()
      }
      return await queue(async () => {
        const { whileLocked } = contract[name]
        if (!whileLocked) {
          const { session } = desk.open()
          // nothing but signing: the lock screen's calls and this one hold nobody's data (H49)
          if (session.undertakingDue && name !== 'security.acceptUndertaking') throw new Refusal('undertaking-needed')
        }
        assertMay(name)
        const input: unknown = readInput(name, rawInput)
        if (name === 'app.mayCall') {
          const { call } = input as CallReceived<'app.mayCall'>
          if (!isCallName(call)) throw new Refusal('bad-input', { field: 'call' })
          assertMay(call)
          return answer(name, {})
        }
        const atDesk = deskCalls[name]
        if (atDesk) return answer(name, await atDesk(input))
        return answer(name, whileLocked && !desk.isOpen() ? await withoutStore(name, input) : await run(name, input))
      })
    } catch (error) {
      return failed(name, error)
    }
  }

  /** Calls of features that work before sign-in (printing the recovery code, putting a copy back). */
  async function withoutStore(name: CallName, input: unknown): Promise<unknown> {
    const handler = handlers[name]
    if (!handler) throw new Refusal('not-found')
    const started: string[] = []
    const job = (id: string) => {
      started.push(id)
      return jobs.start(id)
    }
    try {
      return await handler(input, { ports, job } as CallContext)
    } finally {
      jobs.end(started)
    }
  }
}
