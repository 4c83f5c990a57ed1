import type { SignedRecovery } from '#shared/sync/roster.ts'
import { isRecoveryOf, signedRecovery, type NationalSecret } from '../../crypto/national-key.ts'
import type { ReadableDb, Store, WriteUnit } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { rosterOf } from '../national/index.ts'

const setting = 'national.recovery'

/** The recipient that the believed national key vouches for, or undefined: one of a former key counts no more. */
export function knownRecovery(store: Pick<Store, 'setting' | 'read'>): SignedRecovery | undefined {
  const kept = store.setting(setting)
  const recovery = kept === undefined ? undefined : storedJson<SignedRecovery>(kept)
  return recovery && isBelievedHere(store, recovery) ? recovery : undefined
}

const isBelievedHere = (db: ReadableDb, recovery: SignedRecovery): boolean => {
  const { key } = rosterOf(db)
  return key !== null && isRecoveryOf(key, recovery)
}

/** Keeps what a list file brought, if the key that is believed here signed it. */
export function keepRecovery(unit: WriteUnit, recovery: SignedRecovery | undefined): void {
  if (recovery && isBelievedHere(unit, recovery)) unit.keepSetting(setting, JSON.stringify(recovery))
}

/** Keeps the recipient of a national key that is open. */
export function keepOpenRecovery(unit: WriteUnit, national: NationalSecret): void {
  keepRecovery(unit, signedRecovery(national))
}
