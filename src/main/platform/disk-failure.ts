import { Refusal } from '#shared/result.ts'

/** What a failed file operation means to the person at the desk; `reading` decides between the two sides. */
export function diskFailure(error: unknown, reading: boolean): Refusal {
  if (error instanceof Refusal) return error
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return new Refusal('disk-full')
  if (!reading) return new Refusal('disk-read-only')
  return new Refusal('file-unreadable')
}
