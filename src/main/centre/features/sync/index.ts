import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { Refusal } from '#shared/result.ts'
import type { syncContract } from '#shared/sync/contract.ts'
import { cardBytesMax, type CardBody } from '#shared/sync/device-card-file.ts'
import { readCard } from '../../crypto/device-identity.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import { onePiece } from '../../crypto/one-piece.ts'
import { rowsToReview } from '../../storage/review.ts'
import { undoImport } from '../../storage/undo-import.ts'
import { centreStatuses, fileEntries, renewed } from './centre-status.ts'
import { compactJournal } from './compact-journal.ts'
import { deviceIdentity, ownCard, ownCardText, shownCard } from './device.ts'
import { collect, exportChanges, exportPreview, refuseInTraining } from './export-changes.ts'
import { fileImports } from './import-file.ts'
import { findKnown } from './known-devices.ts'
import { rosterOf } from '../national/index.ts'
import type { ReadableDb } from '../../storage/store.ts'

/** An id belongs to the keys under which the national list names it. Throws Refusal card-other-key, card-revoked. */
export function refuseOtherKey(db: ReadableDb, body: CardBody): void {
  const named = rosterOf(db).devices.get(body.device)
  if (named && named.sign !== body.sign) throw new Refusal('card-other-key')
  if (named?.status === 'revoked') throw new Refusal('card-revoked')
}

export const syncHandlers = (): Handlers<CentreCalls<typeof syncContract>> => {
  const imports = fileImports()
  /** The card read last, until its words were compared. */
  let card: { readonly id: string; readonly body: CardBody } | undefined
  return {
    'sync.ownCard': (_input, context) => ({ ...ownCard(context), file: ownCardText(context) }),
    async 'sync.saveOwnCard'({ file }, context) {
      refuseInTraining(context)
      await context.ports.files.writeChosen(file, onePiece(utf8ToBytes(ownCardText(context))))
      context.store.write((unit) => unit.audit({ action: 'sync.saveOwnCard' }))
      return {}
    },
    async 'sync.readCard'({ file }, context) {
      refuseInTraining(context)
      const { ports, store } = context
      if (ports.files.chosenSize(file) > cardBytesMax) throw new Refusal('card-not-a-card')
      const body = readCard(await collect(ports.files.readChosen(file), cardBytesMax))
      if (body.device === deviceIdentity(context).device) throw new Refusal('card-own')
      refuseOtherKey(store, body)
      card = { id: bytesToHex(ports.random.bytes(12)), body }
      const before = findKnown(store, body.device)
      // the same keys: there is nothing to compare
      const known = before?.sign === body.sign && before.age === body.age
      return { previewId: card.id, card: shownCard(body), known }
    },
    'sync.trustCard'({ previewId }, { store }) {
      const chosen = card
      if (!chosen || chosen.id !== previewId) throw new Refusal('not-found')
      const { body } = chosen
      store.write((unit) => {
        unit.local(
          `INSERT INTO peer (device, card, site_code, trusted_at) VALUES (?, ?, ?, ?)
           ON CONFLICT (device) DO UPDATE SET card = excluded.card, site_code = excluded.site_code, trusted_at = excluded.trusted_at`,
          body.device,
          JSON.stringify(body),
          body.site.code,
          unit.now,
        )
        unit.audit({ action: 'sync.trustCard', object: body.device })
      })
      card = undefined
      return { card: shownCard(body) }
    },
    'sync.centres': (_input, context) => ({
      renewed: renewed(context),
      centres: centreStatuses(context),
      toReview: rowsToReview(context.store),
    }),
    'sync.files': ({ limit }, context) => fileEntries(context, limit),
    'sync.undoImport'({ importId }, context) {
      refuseInTraining(context)
      const { store } = context
      const file = store
        .read<{ outcome: string; device: string }>("SELECT outcome, device FROM file_log WHERE id = ? AND direction = 'received'")
        .get(importId)
      if (file?.outcome !== 'done') throw new Refusal('not-found')
      context.backup('import')
      return store.write((unit) => {
        const changes = undoImport(unit, importId)
        unit.audit({ action: 'sync.undoImport', object: file.device, details: { changes } })
        return { changes }
      })
    },
    'sync.exportPreview'({ device }, context) {
      refuseInTraining(context)
      return exportPreview(device, context)
    },
    'sync.compact': (input, context) => compactJournal(input, context),
    'sync.export': (input, context) => exportChanges(input, context),
    'sync.preview': (input, context) => imports.preview(input, context),
    'sync.import': (input, context) => imports.import(input, context),
  }
}

export { siteNames, wrongClocks } from './centre-status.ts'
export { copiesOf, ownMailboxes } from './mailbox.ts'
export { deviceIdentity, ownCard, shownCard } from './device.ts'
export { collect, refuseInTraining } from './export-changes.ts'
export { findKnown, knownDevices, openedWith, type KnownDevice } from './known-devices.ts'
export { renewOwnKey } from './renew-own-key.ts'
export { cutRevoked, heldOfDevice } from './revoked.ts'
