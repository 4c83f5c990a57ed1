import type { Certificate } from '#shared/erasure/contract.ts'
import { Refusal } from '#shared/result.ts'
import { parseStream } from '#shared/sync/stream.ts'
import { dayAt, dayMilliseconds, instantAt } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import { backupDaysMax } from '../../storage/backup.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { originName } from '../cases/index.ts'
import { knownDevices, type KnownDevice } from '../sync/index.ts'

interface ErasureRaw {
  readonly certificate: string
  readonly case_number: string | null
  readonly ground: string
  readonly at: number
  readonly by_name: string | null
  readonly by_role: string | null
  readonly reached: string | null
}
/** Stream -> our writer and the number of its last erasing entry there. */
type Reached = Readonly<Record<string, readonly [writer: string, seq: number]>>

const all = `SELECT certificate, case_number, ground, at, by_name, by_role, reached FROM erasure
  UNION ALL SELECT certificate, NULL, min(ground), min(at), NULL, NULL, NULL FROM erased
  WHERE certificate NOT IN (SELECT certificate FROM erasure) GROUP BY certificate`

/** Every certificate that is known here, newest first. */
export function certificates(context: CallContext): Certificate[] {
  const devices = knownDevices(context.store).filter((d) => d.status !== 'retired')
  return context.store
    .read<ErasureRaw>(`SELECT * FROM (${all}) ORDER BY at DESC, certificate`)
    .all()
    .map((raw) => shown(raw, devices, context))
}

/** One certificate. Throws Refusal not-found. */
export function findCertificate(context: CallContext, certificate: string): Certificate {
  const raw = context.store.read<ErasureRaw>(`SELECT * FROM (${all}) WHERE certificate = ?`).get(certificate)
  if (!raw) throw new Refusal('not-found')
  return shown(
    raw,
    knownDevices(context.store).filter((d) => d.status !== 'retired'),
    context,
  )
}

function shown(raw: ErasureRaw, devices: readonly KnownDevice[], { session, ports }: CallContext): Certificate {
  const reached = raw.reached === null ? {} : storedJson<Reached>(raw.reached)
  return {
    certificate: raw.certificate,
    // a number beside the day would lead from a paper to the figures
    caseNumber: raw.case_number === '' ? null : raw.case_number,
    figuresKept: raw.case_number === '',
    ground: raw.ground,
    at: instantAt(raw.at),
    by: raw.by_name === null ? null : { name: raw.by_name, role: raw.by_role ?? '' },
    sites: raw.reached === null ? [] : progress(reached, devices, session.site),
    backupsUntil: dayAt(raw.at + backupDaysMax * dayMilliseconds, ports.clock.offsetMinutes()),
  }
}

/** Which centres said, in the files that we got from them, that they hold the erasure: all their computers have to. */
function progress(
  reached: Reached,
  devices: readonly KnownDevice[],
  own: { readonly code: string; readonly name: string },
): Certificate['sites'] {
  const holdsAll = (device: KnownDevice, streams: readonly string[]) =>
    streams.every((s) => (device.holds[s]?.[reached[s]?.[0] ?? ''] ?? 0) >= (reached[s]?.[1] ?? 0))
  const streams = Object.keys(reached)
  const receivers = streams.flatMap((s) => {
    const parsed = parseStream(s)
    return parsed?.kind === 'mailbox' ? [{ site: parsed.to, stream: s }] : []
  })
  // the other computers of this centre hold all of its streams
  const ours = devices.filter((d) => d.site === own.code)
  return [
    { name: own.name, confirmed: ours.every((d) => holdsAll(d, streams)) },
    ...receivers.map(({ site, stream }) => {
      const theirs = devices.filter((d) => d.site === site)
      return {
        name: theirs[0]?.siteName ?? originName(site) ?? site,
        confirmed: theirs.length > 0 && theirs.every((d) => holdsAll(d, [stream])),
      }
    }),
  ]
}
