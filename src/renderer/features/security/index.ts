import { lazy } from 'react'

export { BlockedScreen } from './blocked-screen.tsx'
export { LockScreen } from './lock-screen.tsx'
export { TrainingMenu } from './training-menu.tsx'
/** Needed once in the life of a computer: loaded apart. */
export const FirstRun = lazy(async () => ({ default: (await import('./first-run.tsx')).FirstRun }))
