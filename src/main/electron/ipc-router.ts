import { callChannel, contract, isCallName, type CallName } from '#shared/contract.ts'
import { Refusal, type ErrorCode, type FailureDetails, type Result } from '#shared/result.ts'
import { isAppAddress } from './guards.ts'
import { ipcMain } from './electron.ts'
import type { FrameSurface, IpcEventSurface } from './electron-surface.ts'
import type { WindowRole } from './app-window.ts'
import type { ShellHandlers } from './shell-calls.ts'

const messageBytesMax = 1_048_576
const callsPerSecondMax = 200

/** Calls of the shell to the centre that no page may make. */
const shellOnly: readonly CallName[] = [
  'app.mayCall',
  'printing.prepareSlip',
  'printing.slipPrinted',
  'printing.prepareCertificate',
  'printing.prepareCallSheet',
  'printing.prepareMonthReport',
  'printing.prepareOwnRecord',
  'printing.ownRecordPrinted',
  'printing.prepareBlankForm',
  'printing.prepareFilledForm',
  'printing.prepareCaseForm',
  'printing.prepareRecovery',
  'printing.prepareSheet',
  'envelope.prepareSlip',
  'backups.daily',
]
/** All that a print window may ask. */
const printCalls: readonly CallName[] = ['printing.job']

/** True for the main frame of a live window of ours, showing a page of ours; anything missing is refused (S18). */
export function senderAllowed(frame: FrameSurface | null | undefined, role: WindowRole | undefined): boolean {
  if (!frame || role === undefined || frame.parent !== null) return false
  return typeof frame.url === 'string' && isAppAddress(frame.url)
}

/** Size of a message as text, in UTF-16 units; stops counting once over the limit. Throws RangeError for cycles and depth. */
export function messageSize(value: unknown, depth = 0): number {
  if (depth > 20) throw new RangeError('depth')
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 8
  let size = 2
  for (const [k, v] of Object.entries(value)) {
    size += k.length + messageSize(v, depth + 1)
    if (size > messageBytesMax) return size
  }
  return size
}

/** At most so many calls in any second (S22). */
export function rateLimit(now: () => number, perSecondMax = callsPerSecondMax): () => boolean {
  let recent: number[] = []
  return () => {
    const t = now()
    recent = recent.filter((at) => t - at < 1000)
    if (recent.length >= perSecondMax) return false
    recent.push(t)
    return true
  }
}

export interface RouterParts {
  readonly roleOf: (contentsId: number) => WindowRole | undefined
  readonly shell: ShellHandlers
  readonly centre: { call(name: string, input: unknown): Promise<Result<unknown>> }
  readonly now: () => number
}

const refused = (code: ErrorCode, details?: FailureDetails): Result<never> => ({
  ok: false,
  error: { code, ...(details ? { details } : {}) },
})

/**
 * The one way from a page: sender, size, rate, name; then the centre, or permission, schema and the shell; then the output schema (S18-S22).
 *
 * Always answers a `Result`; nothing of an error but its code leaves.
 */
export function createRouter({ roleOf, shell, centre, now }: RouterParts) {
  const allowed = rateLimit(now)
  return async (
    event: Pick<IpcEventSurface, 'senderFrame'> & { readonly sender: { readonly id: number } },
    name: unknown,
    input: unknown,
    ...more: unknown[]
  ): Promise<Result<unknown>> => {
    const role = roleOf(event.sender.id)
    if (!senderAllowed(event.senderFrame, role)) return refused('forbidden')
    if (!allowed()) return refused('too-many-calls')
    try {
      if (messageSize(input) > messageBytesMax) return refused('too-large')
    } catch {
      return refused('bad-input')
    }
    if (!isCallName(name) || more.length > 0) return refused('bad-input')
    if (shellOnly.includes(name) || (role === 'print' && !printCalls.includes(name))) return refused('forbidden')
    const procedure = contract[name]
    if (!procedure.shell) return centre.call(name, input)
    if (procedure.permission !== null || procedure.secret !== null) {
      const may = await centre.call('app.mayCall', { call: name })
      if (!may.ok) return may
    }
    const parsed = procedure.input.safeParse(input)
    if (!parsed.success) return refused('bad-input', { field: parsed.error.issues[0]?.path.join('.').slice(0, 60) ?? '' })
    try {
      const handler = shell[name as keyof ShellHandlers] as (i: unknown) => Promise<unknown>
      const output = procedure.output.safeParse(await handler(parsed.data))
      return output.success ? { ok: true, value: output.data } : refused('internal')
    } catch (error) {
      return error instanceof Refusal ? refused(error.code, error.details) : refused('internal')
    }
  }
}

/** Listens on the one channel. */
export function serveCalls(parts: RouterParts): void {
  ipcMain.handle(callChannel, createRouter(parts))
}
