import { createContext, use } from 'react'
import type { AppStatus } from '#shared/security/contract.ts'
import { mayDo } from '#shared/permissions.ts'
import type { PermissionId } from '#shared/permissions.ts'

export interface Desk {
  readonly status: AppStatus
  /** Takes the status that a call gave back. */
  readonly setStatus: (status: AppStatus) => void
  /** Covers the window at once and locks; back by the password alone. */
  readonly hide: () => void
}

export const DeskContext = createContext<Desk | null>(null)

/** The desk as it is now: who is signed in, where, real or exercise. */
export function useDesk(): Desk {
  const desk = use(DeskContext)
  if (desk === null) throw new Error('no desk')
  return desk
}

/** Whether the signed-in user holds a permission; what is not allowed is not shown (the centre checks again). */
export function useMay(): (permission: PermissionId) => boolean {
  const { status } = useDesk()
  return (permission) => mayDo(status.user?.roles ?? [], permission)
}
