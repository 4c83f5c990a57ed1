import { lazy } from 'react'

export { BlockedScreen } from './blocked-screen.tsx'
export { DeskScreen } from './desk-screen.tsx'
export { focusField } from './focus-field.ts'
export { LockScreen } from './lock-screen.tsx'
export { TrainingMenu } from './training-menu.tsx'
export { UndertakingScreen } from './undertaking-screen.tsx'
export { CodeBackStep, CodeStep } from './recovery-code-steps.tsx'
export { PasswordPair, usePairCorrections, type TypedPair } from './password-pair.tsx'
/** Needed once in the life of a computer: loaded apart. */
export const FirstRun = lazy(async () => ({ default: (await import('./first-run.tsx')).FirstRun }))
