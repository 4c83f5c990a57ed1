import { lazy } from 'react'

export { BackupsPage } from './backups-page.tsx'
export { copyIsLate } from './copy-age.ts'
export { MakingCopy } from './making-copy.tsx'
/** Seldom needed: loaded apart. */
export const RestoreScreen = lazy(async () => ({ default: (await import('./restore-screen.tsx')).RestoreScreen }))
