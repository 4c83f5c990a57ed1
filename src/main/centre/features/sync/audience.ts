import { signedKinds } from '#shared/sync/signed-kinds.ts'
import { nationalStream, parseStream } from '#shared/sync/stream.ts'

/** Streams whose entries go from one centre to another, or between the PCs of one centre (sync.md 3.2, streams by audience). */
export function isShared(stream: string, from: string, to: string): boolean {
  if (stream === nationalStream) return true
  const parsed = parseStream(stream)
  if (parsed?.kind === 'region') return from === to && parsed.site === from
  if (parsed?.kind !== 'mailbox') return false
  // a mailbox is for its two centres; between the PCs of a centre, all of that centre's mailboxes
  const ends = [parsed.from, parsed.to]
  return from === to ? ends.includes(from) : ends.includes(from) && ends.includes(to)
}

/** True when a device of this site may write into the stream. */
export function mayWrite(stream: string, site: string): boolean {
  const parsed = parseStream(stream)
  if (parsed?.kind === 'national') return true
  if (parsed?.kind === 'region') return parsed.site === site
  return parsed?.kind === 'mailbox' && parsed.from === site
}

const nationalKinds: readonly string[] = ['organization', 'service', 'service_point', ...signedKinds]
const caseKinds: readonly string[] = ['case', 'information_session', 'referral', 'referral_step', 'case_form', 'case_link']
const handedKinds: readonly string[] = ['case', 'referral', 'referral_step']
const knownKinds = new Set([...nationalKinds, ...caseKinds])

/** What may travel in a stream: a directory file never carries a person, nor a mailbox a service. Kinds of a newer version pass unread. */
export function mayCarry(stream: string, kind: string, isNewer: boolean): boolean {
  if (!knownKinds.has(kind)) return isNewer
  const parsed = parseStream(stream)
  if (parsed?.kind === 'national') return nationalKinds.includes(kind)
  if (parsed?.kind === 'region') return caseKinds.includes(kind)
  return parsed?.kind === 'mailbox' && handedKinds.includes(kind)
}
