import { contract, isCallName, type CallName } from '#shared/contract.ts'
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

/** Calls of which the log says nothing: it lies open beside the database (H12). */
const isSecret = (name: string): boolean => isCallName(name) && contract[name].secret !== null

/**
 * The one way into the centre: name, input schema, lock, permission, handler, audit, output schema.
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
    const procedure = contract[name]
    const open = desk.open()
    const { roles, mode } = open.session
    // before anything is looked at: what is not theirs is not there (H22); exercises have nothing of it
    if (procedure.secret !== null && (mode === 'training' || !mayDo(roles, procedure.secret))) throw new Refusal('not-found')
    if (procedure.permission !== null && !mayDo(open.session.roles, procedure.permission)) {
      asRefused(name)
      throw new Refusal('forbidden')
    }
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
      if (procedure.audited === 'read') return readAndAudited(name, input, handler, context)
      return shown(name, input, await handler(input, context), context)
    } catch (error) {
      // a write that was refused leaves its own trace; its unit was rolled back
      if (procedure.audited !== 'no' && desk.isOpen()) {
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
      const parsed = contract[name].input.safeParse(rawInput)
      if (!parsed.success) throw new Refusal('bad-input', { field: parsed.error.issues[0]?.path.join('.').slice(0, 60) ?? '' })
      const input = parsed.data as { job?: string }
      if (name === 'app.cancel') {
        jobs.cancel(String(input.job))
        return { ok: true, value: {} }
      }
      if (name === 'security.status') return answer(name, desk.status())
      if (name === 'security.lock') jobs.cancelAll()
      const { permission, whileLocked } = contract[name]
      return await queue(async () => {
        if (!whileLocked) {
          const { session } = desk.open()
          // nothing but signing: the lock screen's calls and this one hold nobody's data (H49)
          if (session.undertakingDue && name !== 'security.acceptUndertaking') throw new Refusal('undertaking-needed')
        }
        const atDesk = deskCalls[name]
        if (!atDesk) return answer(name, whileLocked && !desk.isOpen() ? await withoutStore(name, input) : await run(name, input))
        if (permission !== null && !mayDo(desk.open().session.roles, permission)) {
          asRefused(name)
          throw new Refusal('forbidden')
        }
        return answer(name, await atDesk(input))
      })
    } catch (error) {
      return failed(name, error)
    }
  }

  /** Calls of features that work before sign-in (printing the recovery code). */
  function withoutStore(name: CallName, input: unknown): unknown {
    const handler = handlers[name]
    if (!handler) throw new Refusal('not-found')
    const context = { ports, job: (id: string) => jobs.start(id) } as CallContext
    return handler(input, context)
  }
}
