import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { Refusal } from '#shared/result.ts'
import type { Peer, syncContract } from '#shared/sync/contract.ts'
import { cardBytesMax, type CardBody } from '#shared/sync/device-card-file.ts'
import { readCard } from '../../crypto/device-identity.ts'
import { instantAt } from '../../desk-day.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import type { Files } from '../../ports.ts'
import type { ReadableDb } from '../../storage/store.ts'
import { deviceIdentity, ownCard, ownCardText, shownCard } from './device.ts'
import { collect, exportChanges, exportPreview, refuseInTraining } from './export-changes.ts'
import { fileImports } from './import-file.ts'
import { lastFile } from './sync-repository.ts'
import { findTrusted, trustedDevices, type TrustedDevice } from './trusted-devices.ts'

function shownPeer(db: ReadableDb, peer: TrustedDevice): Peer {
  const told = (direction: 'sent' | 'received') => {
    const file = lastFile(db, peer.site, direction)
    return file ? { at: instantAt(file.at), counter: file.counter, changes: file.changes } : null
  }
  return {
    card: shownCard(peer.card),
    trustedAt: instantAt(peer.trustedAt),
    lastSent: told('sent'),
    lastReceived: told('received'),
  }
}

export const syncHandlers = (files: Files): Handlers<CentreCalls<typeof syncContract>> => {
  const imports = fileImports(files)
  /** The card read last, until its words were compared. */
  let card: { readonly id: string; readonly body: CardBody } | undefined
  return {
    'sync.ownCard': (_input, context) => ownCard(context),
    async 'sync.saveOwnCard'({ file }, context) {
      refuseInTraining(context)
      const text = utf8ToBytes(ownCardText(context))
      async function* pieces() {
        yield text
      }
      await context.ports.files.writeChosen(file, pieces())
      context.store.write((unit) => unit.audit({ action: 'sync.saveOwnCard' }))
      return {}
    },
    async 'sync.readCard'({ file }, context) {
      refuseInTraining(context)
      const { ports, store } = context
      if (ports.files.chosenSize(file) > cardBytesMax) throw new Refusal('card-not-a-card')
      const body = readCard(await collect(ports.files.readChosen(file), cardBytesMax))
      if (body.device === deviceIdentity(context).device) throw new Refusal('card-own')
      card = { id: bytesToHex(ports.random.bytes(12)), body }
      return { previewId: card.id, card: shownCard(body), known: findTrusted(store, body.device) !== undefined }
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
      const peer = findTrusted(store, body.device)
      if (!peer) throw new Refusal('not-found')
      return shownPeer(store, peer)
    },
    'sync.peers': (_input, { store }) => trustedDevices(store).map((p) => shownPeer(store, p)),
    'sync.exportPreview'({ device }, context) {
      refuseInTraining(context)
      return exportPreview(device, context)
    },
    'sync.export': (input, context) => exportChanges(input, context),
    'sync.preview': (input, context) => imports.preview(input, context),
    'sync.import': (input, context) => imports.import(input, context),
  }
}
