export { BackupsPage } from './backups-page.tsx'
export { copyIsLate } from './copy-age.ts'
export { MakingCopy } from './making-copy.tsx'
