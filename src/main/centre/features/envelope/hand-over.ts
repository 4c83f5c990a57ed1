import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import type { CallOutput } from '#shared/contract.ts'
import type { handOverContract } from '#shared/envelope/hand-over.ts'
import { Envelope } from '#shared/envelope/envelope.ts'
import { Refusal } from '#shared/result.ts'
import { AgeRecipient, DeviceId, Signature } from '#shared/sync/device-card-file.ts'
import { isSignedBy, signWith } from '../../crypto/device-identity.ts'
import { addressFrom, addressWords, openPrivate, privateFileBytesMax, sealPrivate } from '../../crypto/private-file.ts'
import { instantAt, today } from '../../desk-day.ts'
import type { CallContext, CentreCalls, Handlers } from '../../feature.ts'
import { onePiece } from '../../crypto/one-piece.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { collect, deviceIdentity, findKnown } from '../sync/index.ts'
import type { Container } from './container.ts'

const tag = 'psrl1/private\n'
const addressBytesMax = 200

const Outer = z.strictObject({
  psrl: z.literal('private'),
  v: z.literal(1),
  device: DeviceId,
  body: z.string(),
  sig: Signature,
})
const Body = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{24}$/),
  at: z.int(),
  to: AgeRecipient,
  site: z.string().min(1).max(80),
  envelope: Envelope,
})
type Body = z.infer<typeof Body>

/** What these calls need of the open notes. */
export interface OpenNotes {
  opened(context: CallContext): Container
  keep(container: Container, action: Container['audit'][number]['action'], about: string, context: CallContext): void
  found(container: Container, id: string): Envelope
  withPassword(password: string, work: (own: Uint8Array) => void): Promise<void>
  shown(envelope: Envelope, context: CallContext): CallOutput<'envelope.get'>
}

/**
 * An envelope from one focal point to another (H18): sealed for the one who receives it and nobody else, with the person's consent to this
 * hand-over. The other centres know nothing of it: it is no part of an exchange.
 */
export function handOver({ opened, keep, found, withPassword, shown }: OpenNotes) {
  /** Of whoever has the notes open. */
  let own: string | undefined
  let read: { readonly id: string; readonly recipient: string } | undefined
  let received: { readonly id: string; readonly body: Body } | undefined

  const handlers: Handlers<CentreCalls<typeof handOverContract>> = {
    'envelope.address'(_nothing, context) {
      opened(context)
      return { words: own === undefined ? [] : addressWords(own) }
    },
    async 'envelope.saveAddress'({ file }, context) {
      opened(context)
      if (own === undefined) throw new Refusal('private-closed')
      await context.ports.files.writeChosen(file, onePiece(utf8ToBytes(`${own}\n`)))
      return {}
    },
    async 'envelope.readAddress'({ file }, context) {
      opened(context)
      const { files, random } = context.ports
      if (files.chosenSize(file) > addressBytesMax) throw new Refusal('private-not-an-address')
      const text = new TextDecoder().decode(await collect(files.readChosen(file), addressBytesMax))
      const recipient = AgeRecipient.safeParse(text.trim())
      if (!recipient.success) throw new Refusal('private-not-an-address')
      read = { id: bytesToHex(random.bytes(12)), recipient: recipient.data }
      return { previewId: read.id, words: addressWords(recipient.data) }
    },
    'envelope.keepAddress'({ previewId, label }, context) {
      const container = opened(context)
      if (read?.id !== previewId) throw new Refusal('not-found')
      const { recipient } = read
      const id = bytesToHex(context.ports.random.bytes(12))
      const others = container.addresses.filter((a) => a.recipient !== recipient)
      keep(
        { ...container, addresses: [...others, { id, label, recipient, on: today(context.ports.clock) }] },
        'address',
        id,
        context,
      )
      read = undefined
      return {}
    },
    'envelope.addresses'(_nothing, context) {
      const rows = opened(context).addresses.map(({ id, label, recipient, on }) => ({
        id,
        label,
        on,
        words: addressWords(recipient),
      }))
      return { rows }
    },
    'envelope.dropAddress'({ id }, context) {
      const container = opened(context)
      if (!container.addresses.some((a) => a.id === id)) throw new Refusal('not-found')
      keep({ ...container, addresses: container.addresses.filter((a) => a.id !== id) }, 'address', id, context)
      return {}
    },
    async 'envelope.handOver'({ id, addressId, method, file }, context) {
      const { ports, session } = context
      const container = opened(context)
      const envelope = found(container, id)
      const address = container.addresses.find((a) => a.id === addressId)
      if (!address) throw new Refusal('not-found')
      const { device, signSecret } = deviceIdentity(context)
      const at = ports.clock.now()
      const handed = bytesToHex(ports.random.bytes(12))
      const body = JSON.stringify({ id: handed, at, to: address.recipient, site: session.site.name, envelope } satisfies Body)
      const sig = signWith(signSecret, tag, utf8ToBytes(body))
      await ports.files.writeChosen(
        file,
        await sealPrivate(
          address.recipient,
          JSON.stringify({ psrl: 'private', v: 1, device, body, sig } satisfies z.infer<typeof Outer>),
        ),
      )
      // the notes as they are now: writing took a while
      const after = opened(context)
      const line = { envelopeId: id, label: address.label, at: instantAt(at), method }
      keep({ ...after, handed: [...after.handed, line] }, 'handover', id, context)
      return {}
    },
    'envelope.handed'({ id }, context) {
      const container = opened(context)
      found(container, id)
      return { rows: container.handed.filter((h) => h.envelopeId === id).map(({ label, at, method }) => ({ label, at, method })) }
    },
    async 'envelope.readFile'({ file, password }, context) {
      opened(context)
      const { files, random } = context.ports
      const size = files.chosenSize(file)
      if (size > privateFileBytesMax) throw new Refusal('private-file-damaged')
      let address = { identity: '', recipient: '' }
      await withPassword(password, (value) => (address = addressFrom(value)))
      const body = bodyIn(await openPrivate(address.identity, size, files.readChosen(file)), address.recipient, context)
      const container = opened(context)
      const isHere = container.envelopes.some((e) => e.code === body.envelope.code)
      received = { id: bytesToHex(random.bytes(12)), body }
      return {
        previewId: received.id,
        site: body.site,
        at: instantAt(body.at),
        code: body.envelope.code,
        opened: body.envelope.opened,
        consents: body.envelope.consents.length,
        isHere,
      }
    },
    'envelope.takeFile'({ previewId }, context) {
      const container = opened(context)
      if (received?.id !== previewId) throw new Refusal('not-found')
      const { body } = received
      if (container.envelopes.some((e) => e.code === body.envelope.code)) throw new Refusal('private-already-here')
      const id = bytesToHex(context.ports.random.bytes(12))
      const envelope: Envelope = { ...body.envelope, id, focalId: context.session.userId }
      keep({ ...container, envelopes: [...container.envelopes, envelope] }, 'received', id, context)
      received = undefined
      return shown(envelope, context)
    },
  }
  return {
    handlers,
    /** The own value of whoever just opened the notes. */
    enter(value: Uint8Array): void {
      own = addressFrom(value).recipient
    },
    forget(): void {
      own = undefined
      read = undefined
      received = undefined
    },
  }
}

/** What a file says, proved. Throws Refusal private-file-damaged, private-file-not-for-you, sync-unknown-sender. */
function bodyIn(text: string, recipient: string, context: CallContext): Body {
  let outer: z.infer<typeof Outer>
  let body: Body
  try {
    outer = Outer.parse(storedJson(text))
    body = Body.parse(storedJson(outer.body))
  } catch {
    throw new Refusal('private-file-damaged')
  }
  // sealed again for somebody else by who received it
  if (body.to !== recipient) throw new Refusal('private-file-not-for-you')
  const sender = findKnown(context.store, outer.device)
  if (!sender || sender.status === 'revoked') throw new Refusal('sync-unknown-sender')
  if (!isSignedBy(sender.sign, tag, utf8ToBytes(outer.body), outer.sig)) throw new Refusal('private-file-damaged')
  return body
}
