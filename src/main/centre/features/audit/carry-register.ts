import { bytesToHex } from '@noble/hashes/utils.js'
import type { RegisterChecked } from '#shared/audit/contract.ts'
import { Refusal } from '#shared/result.ts'
import { namedSites } from '#shared/security/site.ts'
import { openSealed, sealFor } from '../../crypto/age-file.ts'
import { instantAt } from '../../desk-day.ts'
import type { CallContext, CallOutput, CallReceived } from '../../feature.ts'
import { auditHead } from '../../storage/audit-chain.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { deviceIdentity, knownDevices, openedWith, refuseInTraining } from '../sync/index.ts'
import { paperVerdict } from './month-report.ts'
import { readRegister, registerPieces, type RegisterHead } from './register-file.ts'

/** Writes this computer's register for a centre that has its heads; see audit.takeOut. */
export async function takeOut(input: CallReceived<'audit.takeOut'>, context: CallContext): Promise<CallOutput<'audit.takeOut'>> {
  refuseInTraining(context)
  const { store, session, ports } = context
  const readers = knownDevices(store).filter((d) => d.site === input.site && d.status === 'active')
  if (readers.length === 0) throw new Refusal('not-found', { field: 'site' })
  const running = context.job(input.job)
  const identity = deviceIdentity(context)
  const newest = auditHead(store)
  const head: RegisterHead = {
    psrl: 'register',
    v: 1,
    device: identity.device,
    site: session.site.code,
    created: Math.max(0, Math.floor(ports.clock.now())),
    events: newest.seq,
    hash: bytesToHex(newest.hash),
  }
  const breathe = async (done: number, total: number) => {
    running.progress(done, total)
    await running.breathe()
  }
  // written, and read back
  const plain = registerPieces(store, head, (done) => breathe(done, 2 * newest.seq))
  const sealed = await sealFor([...readers.flatMap(openedWith), identity.ageRecipient], plain)
  await ports.files.writeChosen(input.file, sealed, async (written, size) => {
    await readSealed(identity.ageIdentities, size, written, (back) =>
      readRegister(
        back,
        () => new Set(),
        (done) => breathe(newest.seq + done, 2 * newest.seq),
      ),
    )
  })
  store.write((unit) => unit.audit({ action: 'audit.takeOut', object: readers[0]!.device, details: { events: newest.seq } }))
  return { fileName: ports.files.chosenName(input.file), events: newest.seq }
}

/** Checks another computer's register against what its files told this one; see audit.check. */
export async function check(input: CallReceived<'audit.check'>, context: CallContext): Promise<RegisterChecked> {
  const { store, ports } = context
  const running = context.job(input.job)
  const identity = deviceIdentity(context)
  const { files } = ports
  const own = auditHead(store)
  const wanted = ({ device, events }: RegisterHead) =>
    new Set([
      ...(device === identity.device ? [Math.min(events, own.seq)] : headsOf(store, device).map((h) => h.seq)),
      ...(input.paper ? [input.paper.events] : []),
    ])
  const { head, hashes } = await readSealed(
    identity.ageIdentities,
    files.chosenSize(input.file),
    files.readChosen(input.file),
    (plain) =>
      readRegister(plain, wanted, async (done, total) => {
        running.progress(done, total)
        await running.breathe()
      }),
  )
  const isOwn = head.device === identity.device
  const found = isOwn ? { verdict: ownVerdict(store, head, hashes), head: null } : verdictOf(headsOf(store, head.device), hashes)
  store.write((unit) =>
    unit.audit({ action: 'audit.check', object: head.device, details: { events: head.events, verdict: found.verdict } }),
  )
  const known = knownDevices(store).find((d) => d.device === head.device)?.siteName
  return {
    verdict: found.verdict,
    device: head.device,
    siteName: known ?? namedSites.find((s) => s.code === head.site)?.name ?? head.site,
    events: head.events,
    takenOutAt: instantAt(head.created),
    paper: input.paper ? paperVerdict(input.paper, head.events, (seq) => hashes.get(seq)) : null,
    head: found.head && { seq: found.head.seq, counter: found.head.counter, at: instantAt(found.head.at) },
  }
}

/** Opens a sealed register, reads it and lets the file go. Throws as `openSealed`, and Refusal register-not-a-register. */
async function readSealed<T>(
  identities: readonly string[],
  size: number,
  pieces: AsyncIterable<Uint8Array>,
  read: (plain: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const iterator = pieces[Symbol.asyncIterator]()
  try {
    const { plaintext } = await openSealed(identities, size, { [Symbol.asyncIterator]: () => iterator })
    return await read(plaintext)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'sync-not-a-sync-file') throw new Refusal('register-not-a-register')
    throw error
  } finally {
    await iterator.return?.()
  }
}

interface KeptHead {
  readonly seq: number
  readonly hash: string
  readonly counter: number
  readonly at: number
}

/** The heads that a computer's files told, in the order of the files. */
function headsOf(db: ReadableDb, device: string): KeptHead[] {
  return db
    .read<KeptHead>('SELECT seq, hash, counter, at FROM register_head WHERE device = ? ORDER BY counter, at, file_id')
    .all(device)
}

function verdictOf(
  heads: readonly KeptHead[],
  hashes: ReadonlyMap<number, string>,
): { readonly verdict: RegisterChecked['verdict']; readonly head: KeptHead | null } {
  const newest = heads.at(-1)
  if (!newest) return { verdict: 'never-heard', head: null }
  const differing = heads.find((h) => hashes.has(h.seq) && hashes.get(h.seq) !== h.hash)
  if (differing) return { verdict: 'differs', head: differing }
  const beyond = heads.findLast((h) => !hashes.has(h.seq))
  return beyond ? { verdict: 'ends-before', head: beyond } : { verdict: 'goes-on', head: newest }
}

function ownVerdict(db: ReadableDb, { events }: RegisterHead, hashes: ReadonlyMap<number, string>): 'own' | 'own-differs' {
  const hash = db.read<{ hash: Uint8Array }>('SELECT hash FROM audit WHERE seq = ?').get(events)?.hash
  return hash !== undefined && bytesToHex(hash) === hashes.get(events) ? 'own' : 'own-differs'
}
