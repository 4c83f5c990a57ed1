import { z } from 'zod'
import { auditContract } from './audit/contract.ts'
import { backupsContract } from './backups/contract.ts'
import { caseFormsContract } from './case-forms/contract.ts'
import { casesContract } from './cases/contract.ts'
import { directoryContract } from './directory/contract.ts'
import { envelopeContract } from './envelope/contract.ts'
import { handOverContract } from './envelope/hand-over.ts'
import { exportsContract } from './exports/contract.ts'
import { erasureContract } from './erasure/contract.ts'
import { formsContract } from './forms/contract.ts'
import { peopleContract } from './people/contract.ts'
import { printingContract } from './printing/contract.ts'
import { historyContract } from './history/contract.ts'
import { JobId } from './procedure.ts'
import { referralsContract } from './referrals/contract.ts'
import { reviewContract } from './review/contract.ts'
import { screenContract } from './screen/contract.ts'
import { submissionsContract } from './submissions/contract.ts'
import { AppStatus, securityContract } from './security/contract.ts'
import { rightsContract } from './rights/contract.ts'
import { shellContract } from './shell-contract.ts'
import { rosterContract } from './roster/contract.ts'
import { syncContract } from './sync/contract.ts'
import { usersContract } from './users/contract.ts'

/** Every call between page and centre: the whole surface (architecture.md, habit 3). */
export const contract = {
  ...securityContract,
  ...usersContract,
  ...backupsContract,
  ...formsContract,
  ...casesContract,
  ...submissionsContract,
  ...caseFormsContract,
  ...peopleContract,
  ...directoryContract,
  ...referralsContract,
  ...printingContract,
  ...syncContract,
  ...rosterContract,
  ...reviewContract,
  ...historyContract,
  ...erasureContract,
  ...exportsContract,
  ...rightsContract,
  ...envelopeContract,
  ...handOverContract,
  ...auditContract,
  ...screenContract,
  ...shellContract,
} as const

/** Every message from the centre or the shell to the page. */
export const events = {
  /** `total` is 0 while unknown. Units are what the job counts: rows, changes or bytes. */
  progress: z.strictObject({ job: JobId, done: z.number().int(), total: z.number().int() }),
  /** Locked, unlocked or switched by something other than this page's own call. */
  status: AppStatus,
  /** After how many minutes without input the signed-in desk locks; for the shell. */
  idleLimit: z.strictObject({ minutes: z.number().int() }),
} as const

export type Contract = typeof contract
export type CallName = keyof Contract
export type CallInput<K extends CallName> = z.input<Contract[K]['input']>
export type CallReceived<K extends CallName> = z.output<Contract[K]['input']>
export type CallOutput<K extends CallName> = z.output<Contract[K]['output']>
export type EventName = keyof typeof events
export type EventData<K extends EventName> = z.output<(typeof events)[K]>

/** True for a name of the contract; `Object.hasOwn`, so `__proto__` and `toString` are refused. */
export function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(contract, name)
}

export { callChannel, eventChannel, listenCall, type Bridge } from './bridge.ts'
