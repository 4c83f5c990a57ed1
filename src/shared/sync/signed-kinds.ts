import { formVersionKind } from './form-version.ts'
import { rosterKind } from './roster.ts'

/** Kinds whose rows carry what the national key signed: inserted once, never changed, erased or withheld, and kept in the journals. */
export const signedKinds = [rosterKind, formVersionKind] as const
export type SignedKind = (typeof signedKinds)[number]

/** True for a kind whose rows are signed. */
export function isSignedKind(kind: string): kind is SignedKind {
  return (signedKinds as readonly string[]).includes(kind)
}
