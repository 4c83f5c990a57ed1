import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { Refusal } from '#shared/result.ts'
import type { PaperSheet, rosterContract } from '#shared/roster/contract.ts'
import { cardBytesMax, type CardBody } from '#shared/sync/device-card-file.ts'
import type { ListFile } from '#shared/sync/roster.ts'
import { cardBody, cardWords, readCard } from '../../crypto/device-identity.ts'
import {
  ceremonyOf,
  nationalSecret,
  nationalWords,
  paperShares,
  rebuildNational,
  type NationalSecret,
} from '../../crypto/national-key.ts'
import { statementBody } from '../../crypto/roster-statement.ts'
import type { CallContext, CentreCalls, Handlers } from '../../feature.ts'
import { onePiece } from '../../crypto/one-piece.ts'
import type { WriteUnit } from '../../storage/store.ts'
import type { Desk } from '../security/index.ts'
import { keepList, pinNational, rosterOf } from '../national/index.ts'
import {
  collect,
  cutRevoked,
  deviceIdentity,
  findKnown,
  heldOfDevice,
  refuseInTraining,
  refuseOtherKey,
  renewOwnKey,
} from '../sync/index.ts'
import { isBelieved, listFileText, readListFile } from './list-file.ts'
import { nationalSession } from './national-session.ts'
import { keepOpenRecovery, keepRecovery, knownRecovery } from './recovery-recipient.ts'
import { setAside } from './set-aside.ts'
import { rosterStatus } from './roster-status.ts'
import { activeDevice, signDevice, signSuccessor } from './sign-list.ts'
import { compareWords } from './typed-words.ts'

/** Computers and why they are believed: the national key, enrolment, renewal, revocation (docs/formats/roster.md). */
export function rosterFeature(credentials: () => Pick<Desk['credentials'], 'addNationalSlot' | 'nationalRecipient'>) {
  const session = nationalSession()
  /** The ceremony that is going on: nothing of it is on disk. */
  let ceremony: { readonly national: NationalSecret; readonly sheets: readonly PaperSheet[]; readonly renew: boolean } | undefined
  let card: { readonly id: string; readonly body: CardBody } | undefined
  let list: { readonly id: string; readonly file: ListFile } | undefined
  const status = (context: CallContext) => rosterStatus(context, session.until(), credentials().nationalRecipient())
  const endCeremony = (): void => {
    ceremony?.national.wipe()
    ceremony = undefined
  }

  const handlers: Handlers<CentreCalls<typeof rosterContract>> = {
    'roster.status': (_input, context) => status(context),
    'roster.setAside': (_input, { store }) => setAside(store),
    async 'roster.beginCeremony'({ renew }, context) {
      refuseInTraining(context)
      const { store, ports } = context
      if (renew) session.national(context)
      else if (rosterOf(store).key !== null) throw new Refusal('national-exists')
      endCeremony()
      const national = nationalSecret(ports.random.bytes(32))
      const words = nationalWords(national.key)
      const mark = ceremonyOf(national.key)
      const shares = await paperShares(national)
      const sheets = shares.map((groups, i) => ({ number: i + 1, ceremony: mark, groups, words }))
      ceremony = { national, sheets, renew }
      store.write((unit) => unit.audit({ action: 'roster.beginCeremony', object: mark }))
      return { sheets }
    },
    async 'roster.confirmCeremony'({ sheets }, context) {
      if (!ceremony) throw new Refusal('not-found')
      const { store } = context
      const { key } = ceremony.national
      const typed = await rebuildNational(sheets)
      if (typed.key !== key) {
        typed.wipe()
        throw new Refusal('national-other-key')
      }
      const former = ceremony.renew ? session.national(context) : undefined
      store.write((unit) => {
        if (former) signSuccessor(unit, former, typed)
        else {
          pinNational(unit, key, 'ceremony')
          signDevice(unit, typed, activeDevice(cardBody(deviceIdentity(context), context.session.site), unit.now))
        }
        keepOpenRecovery(unit, typed)
        unit.audit({ action: 'roster.confirmCeremony', object: ceremonyOf(key) })
      })
      endCeremony()
      session.keep(typed, context)
      return status(context)
    },
    async 'roster.open'({ sheets }, context) {
      refuseInTraining(context)
      await session.openWith(sheets, context)
      context.store.write((unit) => {
        keepOpenRecovery(unit, session.national(context))
        unit.audit({ action: 'roster.open' })
      })
      return status(context)
    },
    'roster.close'(_input, context) {
      session.close()
      endCeremony()
      context.store.write((unit) => unit.audit({ action: 'roster.close' }))
      return status(context)
    },
    async 'roster.readCard'({ file }, context) {
      refuseInTraining(context)
      const { ports, store } = context
      if (ports.files.chosenSize(file) > cardBytesMax) throw new Refusal('card-not-a-card')
      const body = readCard(await collect(ports.files.readChosen(file), cardBytesMax))
      refuseOtherKey(store, body)
      card = { id: bytesToHex(ports.random.bytes(12)), body }
      return { previewId: card.id, device: body.device, siteCode: body.site.code, siteName: body.site.name }
    },
    'roster.enrol'({ previewId, words }, context) {
      const { store } = context
      const chosen = card
      if (!chosen || chosen.id !== previewId) throw new Refusal('not-found')
      const national = session.national(context)
      compareWords(words, cardWords(chosen.body))
      refuseOtherKey(store, chosen.body)
      store.write((unit) => {
        signDevice(unit, national, activeDevice(chosen.body, unit.now))
        unit.audit({ action: 'roster.enrol', object: chosen.body.device })
      })
      card = undefined
      return status(context)
    },
    async 'roster.saveList'({ file }, context) {
      refuseInTraining(context)
      const { store, ports } = context
      await ports.files.writeChosen(file, onePiece(utf8ToBytes(listFileText(store))))
      store.write((unit) => unit.audit({ action: 'roster.saveList' }))
      return { devices: rosterOf(store).devices.size }
    },
    async 'roster.readList'({ file }, context) {
      refuseInTraining(context)
      const { store, ports } = context
      const read = await readListFile(file, context)
      const needsWords = !isBelieved(store, read)
      list = { id: bytesToHex(ports.random.bytes(12)), file: read }
      const named = new Set(read.statements.flatMap(({ body }) => deviceOf(body)))
      return { previewId: list.id, devices: named.size, namesUs: named.has(deviceIdentity(context).device), needsWords }
    },
    'roster.takeList'({ previewId, words }, context) {
      const { store } = context
      const chosen = list
      if (!chosen || chosen.id !== previewId) throw new Refusal('not-found')
      const { file } = chosen
      const isNew = !isBelieved(store, file)
      if (isNew) compareWords(words, nationalWords(file.national))
      store.write((unit) => {
        if (isNew) pinNational(unit, file.national, 'words')
        keepList(unit, file.statements)
        keepRecovery(unit, file.recovery)
        const aside = cutRevoked(unit)
        unit.audit({ action: 'roster.takeList', object: ceremonyOf(file.national), details: { aside } })
      })
      list = undefined
      return status(context)
    },
    async 'roster.allowRecovery'({ password }, context) {
      refuseInTraining(context)
      const recovery = knownRecovery(context.store)
      if (!recovery) throw new Refusal('national-none')
      await credentials().addNationalSlot(recovery.recipient, password)
      return status(context)
    },
    'roster.renewOwnKey'(_input, context) {
      refuseInTraining(context)
      context.store.write((unit) => renewOwnKey(unit, context.ports.random))
      return status(context)
    },
    'roster.revoke'({ device, reason }, context) {
      return change(device, context, (unit, since) => ({
        status: 'revoked',
        since,
        revoked: { reason, office: context.session.site.code, last: heldOfDevice(unit, device) },
      }))
    },
    'roster.retire'({ device }, context) {
      return change(device, context, (_unit, since) => ({ status: 'retired', since }))
    },
  }

  /** Signs another status of a device that is in use. */
  function change(
    device: string,
    context: CallContext,
    next: (unit: WriteUnit, since: number) => Partial<ReturnType<typeof activeDevice>>,
  ) {
    const { store } = context
    const known = findKnown(store, device)
    if (!known || known.status === 'revoked') throw new Refusal('not-found')
    const national = session.national(context)
    store.write((unit) => {
      const changed = next(unit, unit.now)
      signDevice(unit, national, { ...activeDevice(known.card, unit.now), ...changed })
      unit.audit({ action: changed.revoked ? 'roster.revoked' : 'roster.retired', object: device })
    })
    return status(context)
  }

  return {
    handlers,
    /** The sheets of the ceremony that is going on, to be printed; none when there is none. */
    sheets: (): readonly PaperSheet[] => ceremony?.sheets ?? [],
    /** The open national key. Throws Refusal national-not-open. */
    national: (context: CallContext) => session.national(context),
    /** Overwrites what is open: at a lock. */
    forget(): void {
      session.close()
      endCeremony()
      card = undefined
      list = undefined
    },
  }
}

function deviceOf(body: string): string[] {
  const says = statementBody(body)
  return says?.of === 'device' ? [says.device] : []
}
