import type { CallInput, CallName, CallOutput } from '#shared/contract.ts'
import { Refusal, type Result } from '#shared/result.ts'
import type { ClipboardKeeper } from './clipboard-keeper.ts'
import type { FileDialogs } from './file-dialogs.ts'
import type { LockPolicy } from './lock-policy.ts'
import type { Printer } from './print-window.ts'

export type ShellCall =
  | 'files.choose'
  | 'clipboard.copy'
  | 'app.activity'
  | 'printing.printSlip'
  | 'printing.printCertificate'
  | 'printing.printCallSheet'
  | 'printing.printMonthReport'
  | 'printing.printOwnRecord'
  | 'printing.printBlankForm'
  | 'printing.printFilledForm'
  | 'printing.printCaseForm'
  | 'printing.printRecovery'
  | 'printing.printSheet'
  | 'envelope.printSlip'
export type ShellHandlers = { readonly [K in ShellCall]: (input: CallInput<K>) => Promise<CallOutput<K>> }

export interface ShellParts {
  readonly dialogs: FileDialogs
  readonly clipboard: ClipboardKeeper
  readonly policy: LockPolicy
  readonly printer: Printer
  readonly centre: { call(name: CallName, input: unknown): Promise<Result<unknown>> }
}

/** The calls that the shell answers itself. */
export function shellCalls({ dialogs, clipboard, policy, printer, centre }: ShellParts): ShellHandlers {
  const ask = async <T>(name: CallName, input: unknown): Promise<T> => {
    const result = await centre.call(name, input)
    if (!result.ok) throw new Refusal(result.error.code, result.error.details)
    return result.value as T
  }
  const print = async (
    name:
      | 'printing.prepareSlip'
      | 'printing.prepareCertificate'
      | 'printing.prepareCallSheet'
      | 'printing.prepareMonthReport'
      | 'printing.prepareOwnRecord'
      | 'printing.prepareBlankForm'
      | 'printing.prepareFilledForm'
      | 'printing.prepareCaseForm'
      | 'printing.prepareRecovery'
      | 'printing.prepareSheet'
      | 'envelope.prepareSlip',
    input: unknown,
    to: 'printer' | { readonly file: string },
  ) => {
    const { job } = await ask<{ job: string }>(name, input)
    const printed = to === 'printer' ? await printer.toPrinter(job) : await printer.toFile(job, to.file)
    // only what left counts: a failed or cancelled print makes no duplicate of the next
    if (printed && name === 'printing.prepareSlip') await ask('printing.slipPrinted', { job })
    if (printed && name === 'printing.prepareOwnRecord') await ask('printing.ownRecordPrinted', { job })
    return { printed }
  }
  return {
    'files.choose': ({ purpose, title }) => dialogs.choose(purpose, title),
    'clipboard.copy': async ({ text }) => {
      // nobody copies from a locked desk
      const status = await ask<{ phase: string }>('security.status', {})
      if (status.phase !== 'unlocked') throw new Refusal('locked')
      await clipboard.copy(text)
      return {}
    },
    'app.activity': async () => {
      policy.activity()
      return {}
    },
    'printing.printSlip': ({ referralId, format, to }) => print('printing.prepareSlip', { referralId, format }, to),
    'printing.printCertificate': ({ certificate, language, to }) =>
      print('printing.prepareCertificate', { certificate, language }, to),
    'printing.printOwnRecord': ({ to, ...which }) => print('printing.prepareOwnRecord', which, to),
    'printing.printCallSheet': ({ to, ...which }) => print('printing.prepareCallSheet', which, to),
    'printing.printMonthReport': ({ to, ...which }) => print('printing.prepareMonthReport', which, to),
    'printing.printBlankForm': ({ to, ...which }) => print('printing.prepareBlankForm', which, to),
    'printing.printFilledForm': ({ to, ...which }) => print('printing.prepareFilledForm', which, to),
    'printing.printCaseForm': ({ to, ...which }) => print('printing.prepareCaseForm', which, to),
    'envelope.printSlip': ({ to, ...which }) => print('envelope.prepareSlip', which, to),
    // on paper alone: a file would be a fourth sheet
    'printing.printSheet': (input) => print('printing.prepareSheet', input, 'printer'),
    'printing.printRecovery': ({ to }) => print('printing.prepareRecovery', {}, to),
  }
}
