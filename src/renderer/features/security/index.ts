export { BlockedScreen } from './blocked-screen.tsx'
export { LockScreen } from './lock-screen.tsx'
export { TrainingMenu } from './training-menu.tsx'
