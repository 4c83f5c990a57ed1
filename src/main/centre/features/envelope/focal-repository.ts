import { z } from 'zod'
import { mayDo, roles } from '#shared/permissions.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { storedJson } from '../../storage/stored-json.ts'

/** Somebody of this desk who may keep envelopes. */
export interface FocalPoint {
  readonly id: string
  readonly name: string
}

/** Everybody who may keep envelopes now. */
export function focalPoints(db: ReadableDb): readonly FocalPoint[] {
  return db
    .read<FocalPoint & { roles: string }>('SELECT id, name, roles FROM app_user WHERE disabled_at IS NULL ORDER BY name')
    .all()
    .filter((u) => mayDo(z.array(z.enum(roles)).parse(storedJson(u.roles)), 'envelope.own'))
    .map(({ id, name }) => ({ id, name }))
}
