import { Refusal } from '#shared/result.ts'

/** Reading any file, writing a chosen one, or keeping our own: what the person at the desk can do differs. */
export type DiskWork = 'reading' | 'writing' | 'keeping'

/** The system's code of a failed file operation, or ''. */
export function systemCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/** What a failed file operation means to the person at the desk. */
export function diskFailure(error: unknown, work: DiskWork): Refusal {
  if (error instanceof Refusal) return error
  const code = systemCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return new Refusal('disk-full')
  if (work === 'reading') return new Refusal('file-unreadable')
  if (work === 'writing') return new Refusal('disk-read-only')
  return new Refusal(code === 'EIO' ? 'disk-failing' : 'store-read-only')
}
