import type { EventData, EventName } from '#shared/contract.ts'
import type { Result } from '#shared/result.ts'
import type { LockReason } from '#shared/security/contract.ts'
import { createDispatch } from './dispatch.ts'
import { auditHandlers, noteSignIn } from './features/audit/index.ts'
import { backupsFeature } from './features/backups/index.ts'
import { caseFormsHandlers } from './features/case-forms/index.ts'
import { casesHandlers } from './features/cases/index.ts'
import { directoryHandlers } from './features/directory/index.ts'
import { envelopeFeature } from './features/envelope/index.ts'
import { erasureHandlers } from './features/erasure/index.ts'
import { exportsHandlers } from './features/exports/index.ts'
import { formsHandlers } from './features/forms/index.ts'
import { formOfVersion, newestProfile } from './features/national/index.ts'
import { historyHandlers } from './features/history/index.ts'
import { peopleHandlers } from './features/people/index.ts'
import { printingFeature } from './features/printing/index.ts'
import { referralsHandlers } from './features/referrals/index.ts'
import { reviewHandlers } from './features/review/index.ts'
import { deskSettings, screenHandlers, shownAnswer } from './features/screen/index.ts'
import { createDesk, securityCalls } from './features/security/index.ts'
import { rightsHandlers } from './features/rights/index.ts'
import { rosterFeature } from './features/roster/index.ts'
import { submissionsHandlers } from './features/submissions/index.ts'
import { syncHandlers } from './features/sync/index.ts'
import { fillTraining } from './features/training/index.ts'
import { usersHandlers } from './features/users/index.ts'
import { jobBoard } from './jobs.ts'
import type { Ports } from './ports.ts'
import { loadReferenceData } from './reference-data.ts'

/** The whole application without its shell. */
export interface Centre {
  /** Answers one call of the contract; never throws. */
  call(name: string, input: unknown): Promise<Result<unknown>>
  /** Stops long jobs, closes the database, keeps answering what is allowed while locked. */
  lock(why?: LockReason): Promise<void>
  /** Locks and answers nothing more. */
  close(): Promise<void>
}

/**
 * Builds the application around its ports (architecture.md).
 *
 * `emit` gets progress and status events. Throws only if the shipped resources are unreadable.
 */
export function createCentre(ports: Ports, emit: <K extends EventName>(name: K, data: EventData<K>) => void): Centre {
  const reference = loadReferenceData(ports.shipped)
  const roster = rosterFeature(() => desk.credentials)
  const printing = printingFeature(reference, roster.sheets, () => desk.pendingRecovery())
  const desk = createDesk({
    ports,
    words: reference.words,
    commonPasswords: reference.commonPasswords,
    emit: (name, data) => {
      if (name === 'status') {
        printing.forget()
        envelope.forget()
        roster.forget()
      }
      emit(name, data)
    },
    whenOpened(store, session) {
      backups.forget()
      emit('idleLimit', { minutes: deskSettings(store).idleMinutes })
      if (session.mode === 'real')
        noteSignIn(store, { app: ports.appVersion, form: newestProfile(store, reference).version }, ports.clock.now())
    },
    fillTraining: (store, session) => fillTraining({ store, session, ports, reference }),
  })
  const backups = backupsFeature(desk, ports.files)
  const envelope = envelopeFeature(desk, reference, printing.keep)
  const jobs = jobBoard(ports.clock, emit)
  const call = createDispatch({
    ports,
    desk,
    jobs,
    deskCalls: securityCalls(desk, reference.sites) as Record<string, (input: unknown) => unknown>,
    handlers: {
      ...formsHandlers(reference, roster.national),
      ...casesHandlers(reference),
      ...submissionsHandlers(reference),
      ...caseFormsHandlers(reference),
      ...peopleHandlers(reference),
      ...directoryHandlers(reference),
      ...referralsHandlers(reference),
      ...printing.handlers,
      ...syncHandlers(),
      ...roster.handlers,
      ...reviewHandlers,
      ...historyHandlers(reference),
      ...erasureHandlers(printing.forget),
      ...rightsHandlers,
      ...exportsHandlers(reference),
      ...envelope.handlers,
      ...auditHandlers,
      ...screenHandlers(emit),
      ...usersHandlers(desk),
      ...backups.handlers,
    } as Parameters<typeof createDispatch>[0]['handlers'],
    shown: shownAnswer({
      profileOf: (store) => newestProfile(store, reference).profile,
      formOf: (store, { form, formVersion }) => formOfVersion(store, reference, form, formVersion)?.form,
    }),
  })
  ports.log.write({ event: 'started', version: ports.appVersion })
  let closed = false
  return {
    call: async (name, input) => (closed ? { ok: false, error: { code: 'locked' } } : call(name, input)),
    async lock(why = 'user') {
      await call('security.lock', { why })
    },
    async close() {
      await call('security.lock', { why: 'close' })
      closed = true
      desk.close()
    },
  }
}
