import { bytesToHex } from '@noble/hashes/utils.js'
import { type envelopeContract, envelopeIdleMinutes } from '#shared/envelope/contract.ts'
import { clockHours, type Envelope, noAnswers, type WantedService, wrongAnswer } from '#shared/envelope/envelope.ts'
import type { handOverContract } from '#shared/envelope/hand-over.ts'
import type { CallOutput } from '#shared/contract.ts'
import type { PrintJob, SlipFormat } from '#shared/printing/contract.ts'
import { referralCode } from '#shared/referrals/referral-code.ts'
import { Refusal } from '#shared/result.ts'
import { instantAt, today } from '../../desk-day.ts'
import type { CallContext, CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { findCase } from '../cases/index.ts'
import { findPoint, type PointRecord, searchPoints, serviceRow } from '../directory/index.ts'
import type { Desk } from '../security/index.ts'
import { codeSlip } from './code-slip.ts'
import { chainIsWhole, type Container, containerIn, fitFor, withLine } from './container.ts'
import { handOver } from './hand-over.ts'
import { vaultHolders } from './holders.ts'

const rowsMax = 200
type Action = Container['audit'][number]['action']
type ServiceOffered = CallOutput<'envelope.services'>['rows'][number]

/**
 * Talks in private. Whoever does not hold `envelope.own` never gets here: the dispatcher answers as if the call were not there (H22).
 *
 * `keepJob` hands a slip to the print window. `forget` closes what is open.
 */
export function envelopeFeature(
  { credentials, vault }: Pick<Desk, 'credentials' | 'vault'>,
  reference: ReferenceData,
  keepJob: (job: PrintJob, context: CallContext) => { job: string },
): {
  readonly handlers: Handlers<CentreCalls<typeof envelopeContract & typeof handOverContract>>
  readonly forget: () => void
} {
  let lastAct = 0
  let offeredPaper: string | undefined

  function forget(): void {
    offeredPaper = undefined
    handing.forget()
    vault.close()
  }

  /** What is open, if somebody did something within two minutes (H29). Throws private-closed. */
  function opened({ ports }: CallContext): Container {
    if (ports.clock.steady() - lastAct > envelopeIdleMinutes * 60_000) forget()
    const { content } = vault.payload()
    lastAct = ports.clock.steady()
    return containerIn(content)
  }

  /** Keeps a change with its line in the chain; whoever may not open any more is left out from now on. */
  function keep(container: Container, action: Action, about: string, context: CallContext): void {
    const { ports, session } = context
    const content = withLine(container, { at: ports.clock.now(), user: session.userId, action, about })
    vault.save({ recipients: holders.current(context), content })
  }

  const holders = vaultHolders(vault)

  function state(context: CallContext): CallOutput<'envelope.state'> {
    let container: Container
    try {
      container = opened(context)
    } catch {
      return { open: false, changedAt: null, paperDue: false, words: holders.wordsOf(context.session.userId, context) }
    }
    const { changedAt } = container
    return {
      open: true,
      changedAt: changedAt === 0 ? null : instantAt(changedAt),
      paperDue: !holders.hasPaper(),
      words: holders.wordsOf(context.session.userId, context),
    }
  }

  function rowOf(e: Envelope, { store, session, ports }: CallContext): CallOutput<'envelope.list'>['rows'][number] {
    const hours = e.clockFrom === null ? null : clockHours - (ports.clock.now() - e.clockFrom) / 3_600_000
    return {
      id: e.id,
      code: e.code,
      caseId: e.caseId,
      caseNumber: findCase(store, session.site.code, e.caseId)?.number ?? '',
      opened: e.opened,
      hoursLeft: hours === null ? null : Math.max(0, Math.ceil(hours)),
      nextContact: e.answers.nextContact,
      closed: e.answers.closedReason !== null,
    }
  }

  function found(container: Container, id: string): Envelope {
    const envelope = container.envelopes.find((e) => e.id === id)
    if (!envelope) throw new Refusal('not-found')
    return envelope
  }

  /** Puts a changed envelope in the place of the one with its id, and shows it. */
  function replaced(container: Container, envelope: Envelope, action: Action, context: CallContext) {
    keep(
      { ...container, envelopes: container.envelopes.map((e) => (e.id === envelope.id ? envelope : e)) },
      action,
      envelope.id,
      context,
    )
    return { envelope, row: rowOf(envelope, context) }
  }

  function offeredRow(point: PointRecord, container: Container, day: string): ServiceOffered {
    const safe = container.safe.find((s) => s.serviceId === point.id)
    const row = serviceRow(point, reference.places, day)
    return {
      serviceId: point.id,
      nameFr: row.name.fr,
      nameEn: row.name.en,
      place: [row.place.locality, row.place.arrondissement].filter(Boolean).join(', '),
      phone: row.phone,
      services: [...(safe?.services ?? [])],
      checkedOn: safe?.on ?? null,
      offered: fitFor(safe, day).length > 0 && row.status === 'active',
    }
  }

  /** The service point, if a focal point found it fit for the wish within 90 days and it is open (H16). Throws service-needs-check. */
  function fitPoint(container: Container, serviceId: string, service: WantedService, { store, ports }: CallContext): PointRecord {
    const day = today(ports.clock)
    const point = findPoint(store, serviceId)
    const safe = container.safe.find((s) => s.serviceId === serviceId)
    if (!point || !fitFor(safe, day).includes(service) || !offeredRow(point, container, day).offered)
      throw new Refusal('service-needs-check')
    return point
  }

  function slipJob(input: { id: string; code: string; format: SlipFormat }, context: CallContext): PrintJob {
    const { store, session } = context
    const container = opened(context)
    const consent = found(container, input.id).consents.find((c) => c.code === input.code && c.consent === 'yes')
    if (!consent) throw new Refusal('not-found')
    // who does not fit any more gets nobody sent
    const point = fitPoint(container, consent.serviceId, consent.service, context)
    const { place } = serviceRow(point, reference.places, today(context.ports.clock))
    const slip = codeSlip(consent, point, {
      phone: store.setting('desk.phone') ?? '',
      place: [place.locality, place.arrondissement].filter(Boolean).join(', '),
      exercise: session.mode === 'training',
    })
    return { kind: 'slip', format: input.format, slip }
  }

  const withPassword = (password: string, work: (own: Uint8Array) => void) =>
    credentials.withOwnPassword(password, ({ own }) => work(own))

  const handing = handOver({
    opened,
    keep,
    found,
    withPassword,
    shown: (envelope, context) => ({ envelope, row: rowOf(envelope, context) }),
  })

  const handlers: Handlers<CentreCalls<typeof envelopeContract & typeof handOverContract>> = {
    ...handing.handlers,
    'envelope.state': (_nothing, context) => state(context),
    async 'envelope.open'({ password }, context) {
      await withPassword(password, (own) => {
        vault.open(own)
        handing.enter(own)
      })
      lastAct = context.ports.clock.steady()
      return state(context)
    },
    async 'envelope.openWithPaper'({ code, password }, context) {
      const secret = holders.secretOfPaper(code)
      if (!secret) throw new Refusal('wrong-recovery-code')
      await withPassword(password, (own) => {
        try {
          vault.open(secret)
        } catch (error) {
          throw error instanceof Refusal && error.code === 'private-no-key' ? new Refusal('wrong-recovery-code') : error
        }
        holders.add(context.session.userId, own)
        handing.enter(own)
      })
      lastAct = context.ports.clock.steady()
      keep(opened(context), 'access', context.session.userId, context)
      return state(context)
    },
    async 'envelope.beginAnew'({ password }, context) {
      await withPassword(password, (own) => {
        vault.beginAnew(context.session.userId, own)
        handing.enter(own)
      })
      lastAct = context.ports.clock.steady()
      keep(opened(context), 'anew', '', context)
      return state(context)
    },
    'envelope.close'() {
      forget()
      return {}
    },
    'envelope.stay'(_nothing, context) {
      opened(context)
      return {}
    },
    'envelope.newPaper'(_nothing, context) {
      opened(context)
      const { code, grouped } = holders.newPaper(context.ports.random)
      offeredPaper = code
      return { code: grouped }
    },
    'envelope.keepPaper'({ code }, context) {
      const container = opened(context)
      if (offeredPaper === undefined) throw new Refusal('not-found')
      if (holders.readPaper(code) !== offeredPaper) throw new Refusal('wrong-recovery-code')
      holders.setPaper(offeredPaper)
      offeredPaper = undefined
      keep(container, 'paper', '', context)
      return state(context)
    },
    'envelope.list'({ text }, context) {
      const wanted = text.toUpperCase()
      const rows = opened(context)
        .envelopes.map((e) => rowOf(e, context))
        .filter((r) => r.code.includes(wanted) || r.caseNumber.toUpperCase().includes(wanted))
      return { rows: rows.toReversed() }
    },
    'envelope.get'({ id }, context) {
      const container = opened(context)
      const envelope = found(container, id)
      keep(container, 'read', id, context)
      return { envelope, row: rowOf(envelope, context) }
    },
    'envelope.create'({ caseId }, context) {
      const { ports, store, session } = context
      const container = opened(context)
      if (!findCase(store, session.site.code, caseId)) throw new Refusal('not-found')
      const envelope: Envelope = {
        id: bytesToHex(ports.random.bytes(12)),
        caseId,
        code: referralCode(ports.random.bytes(8)),
        opened: today(ports.clock),
        focalId: session.userId,
        answers: noAnswers,
        consents: [],
        clockFrom: null,
      }
      keep({ ...container, envelopes: [...container.envelopes, envelope] }, 'create', envelope.id, context)
      return { envelope, row: rowOf(envelope, context) }
    },
    'envelope.save'({ id, answers }, context) {
      const container = opened(context)
      const before = found(container, id)
      const wrong = wrongAnswer(answers)
      if (wrong) throw new Refusal('bad-input', { field: wrong })
      const counts = answers.within72h === '72'
      const clockFrom = counts ? (before.clockFrom ?? context.ports.clock.now()) : null
      return replaced(container, { ...before, answers, clockFrom }, 'save', context)
    },
    'envelope.services'({ service }, context) {
      const container = opened(context)
      const day = today(context.ports.clock)
      const points = container.safe
        .filter((s) => fitFor(s, day).includes(service))
        .map((s) => findPoint(context.store, s.serviceId))
      const rows = points.filter((p) => p !== undefined).map((p) => offeredRow(p, container, day))
      return { rows: rows.filter((r) => r.offered) }
    },
    'envelope.directory'({ text }, context) {
      const container = opened(context)
      const day = today(context.ports.clock)
      const all = searchPoints(context.store, { text, sector: null, pcode: null, after: null, limit: rowsMax, reserved: true })
      return { rows: all.rows.map((p) => offeredRow(p, container, day)) }
    },
    'envelope.markService'({ serviceId, services }, context) {
      const container = opened(context)
      if (!findPoint(context.store, serviceId)) throw new Refusal('not-found')
      const on = today(context.ports.clock)
      const safe = container.safe.filter((s) => s.serviceId !== serviceId)
      if (services.length > 0) safe.push({ serviceId, services: [...new Set(services)], on, by: context.session.userId })
      keep({ ...container, safe }, 'mark', serviceId, context)
      return {}
    },
    'envelope.consent'({ id, ...given }, context) {
      const { ports } = context
      const container = opened(context)
      const envelope = found(container, id)
      if (!envelope.answers.servicesWanted.includes(given.service)) throw new Refusal('bad-input', { field: 'service' })
      const point = fitPoint(container, given.serviceId, given.service, context)
      // no minor to a security actor, and none of unknown age either (H24)
      if (envelope.answers.isMinor !== 'no' && point.security_actor === 1) throw new Refusal('service-not-for-minors')
      const consent = {
        ...given,
        providerFr: point.name_fr ?? '',
        providerEn: point.name_en ?? '',
        at: instantAt(ports.clock.now()),
        code: given.consent === 'yes' ? referralCode(ports.random.bytes(8)) : '',
        outcome: 'none' as const,
      }
      return replaced(container, { ...envelope, consents: [...envelope.consents, consent] }, 'consent', context)
    },
    'envelope.outcome'({ id, code, outcome }, context) {
      const container = opened(context)
      const envelope = found(container, id)
      if (code === '' || !envelope.consents.some((c) => c.code === code)) throw new Refusal('not-found')
      const consents = envelope.consents.map((c) => (c.code === code ? { ...c, outcome } : c))
      return replaced(container, { ...envelope, consents }, 'outcome', context)
    },
    'envelope.erase'({ id }, context) {
      const container = opened(context)
      found(container, id)
      const envelopes = container.envelopes.filter((e) => e.id !== id)
      keep({ ...container, envelopes, handed: container.handed.filter((h) => h.envelopeId !== id) }, 'erase', id, context)
      return {}
    },
    'envelope.previewSlip': (input, context) => slipJob(input, context),
    'envelope.prepareSlip'(input, context) {
      const job = slipJob(input, context)
      keep(opened(context), 'slip', input.id, context)
      return keepJob(job, context)
    },
    'envelope.holders'(_nothing, context) {
      opened(context)
      return { rows: holders.list(context) }
    },
    'envelope.giveAccess'({ userId }, context) {
      const container = opened(context)
      holders.give(userId, context)
      keep(container, 'access', userId, context)
      return {}
    },
    'envelope.audit'(_nothing, context) {
      const container = opened(context)
      const rows = container.audit.map(({ at, user, action, about }) => ({ at: instantAt(at), user, action, about }))
      return { whole: chainIsWhole(container), rows: rows.toReversed().slice(0, rowsMax) }
    },
  }
  return { handlers, forget }
}
