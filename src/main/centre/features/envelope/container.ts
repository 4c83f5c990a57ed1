import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { consentMethods, Envelope, safeDaysMax, WantedService } from '#shared/envelope/envelope.ts'
import { AgeRecipient } from '#shared/sync/device-card-file.ts'
import { addDays } from '#shared/forms/partial-date.ts'

const AuditLine = z.strictObject({
  at: z.int(),
  user: z.string(),
  action: z.enum([
    'create',
    'read',
    'save',
    'consent',
    'outcome',
    'slip',
    'erase',
    'mark',
    'access',
    'paper',
    'anew',
    'address',
    'handover',
    'received',
  ]),
  /** Id of an envelope, user, service or address; '' for none. Never what it says. */
  about: z.string(),
  hash: z.string(),
})
type AuditLine = z.infer<typeof AuditLine>

const SafeService = z.strictObject({ serviceId: z.string(), services: z.array(WantedService), on: z.string(), by: z.string() })
export type SafeService = z.infer<typeof SafeService>

/** Where another focal point's files are sealed to; `label` is what the user calls them. */
const Address = z.strictObject({ id: z.string(), label: z.string(), recipient: AgeRecipient, on: z.string() })
/** That an envelope was handed to an address, and how the person agreed. */
const Handed = z.strictObject({ envelopeId: z.string(), label: z.string(), at: z.string(), method: z.enum(consentMethods) })

/** All that lies in the vault of a desk. */
const Container = z.strictObject({
  v: z.literal(1),
  changedAt: z.int(),
  envelopes: z.array(Envelope),
  safe: z.array(SafeService),
  addresses: z.array(Address),
  handed: z.array(Handed),
  audit: z.array(AuditLine),
})
export type Container = z.infer<typeof Container>

/** The container in a vault's content; a new one when there is none. Throws ZodError for what is no container. */
export function containerIn(content: unknown): Container {
  return content === null
    ? { v: 1, changedAt: 0, envelopes: [], safe: [], addresses: [], handed: [], audit: [] }
    : Container.parse(content)
}

function hashOf(before: string, line: Omit<AuditLine, 'hash'>): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([before, line.at, line.user, line.action, line.about]))))
}

/** The container with one line more at the end of its chain. `at` in milliseconds since 1970. */
export function withLine(c: Container, line: Omit<AuditLine, 'hash'>): Container {
  const hash = hashOf(c.audit.at(-1)?.hash ?? '', line)
  return { ...c, changedAt: line.at, audit: [...c.audit, { ...line, hash }] }
}

/** True when no line of the chain was changed, moved or taken out of its middle. */
export function chainIsWhole(c: Pick<Container, 'audit'>): boolean {
  return c.audit.every((line, i) => line.hash === hashOf(c.audit[i - 1]?.hash ?? '', line))
}

/** For which wishes a service is offered on a day (H16): found fit by a focal point within 90 days. */
export function fitFor(safe: SafeService | undefined, day: string): readonly WantedService[] {
  return safe && addDays(safe.on, safeDaysMax) >= day ? safe.services : []
}
