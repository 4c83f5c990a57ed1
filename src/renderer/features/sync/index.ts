export { ageTone, quietDays } from './peer-age.ts'
export { SyncPage } from './sync-page.tsx'
