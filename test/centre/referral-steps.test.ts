import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CallContext, Session } from '#main/centre/feature.ts'
import { referralsHandlers } from '#main/centre/features/referrals/index.ts'
import { fillTraining } from '#main/centre/features/training/index.ts'
import { loadReferenceData } from '#main/centre/reference-data.ts'
import { mayDo, roles, type Role } from '#shared/permissions.ts'
import { nextStates, offeredStates, stepProblem, stepRules, type StepInput } from '#shared/referrals/referral-steps.ts'
import { referralStates, type ReferralState } from '#shared/referrals/referral.ts'
import { namedSites } from '#shared/security/site.ts'
import { mailboxStream } from '#shared/sync/stream.ts'
import { repositoryShipped } from '#test/support/fake-ports.ts'
import { tempStore } from '#test/support/temp-store.ts'

const day = '2026-11-24'
const step: StepInput = {
  from: 'issued',
  to: 'accepted',
  toldBy: 'provider',
  reason: 'x',
  on: day,
  issuedOn: day,
  dueOn: day,
  today: day,
  servedToldBy: '',
  roles: ['CW'],
  hoursOpen: 1,
  couponShown: false,
}

describe('steps of a referral', () => {
  it('I8 each state states who may tell it, and nobody else can, wherever it comes from', () => {
    const allowed: Readonly<Partial<Record<ReferralState, string>>> = {
      acknowledged: 'REG CW CPF SUP',
      accepted: 'REG CW CPF SUP',
      waitlisted: 'REG CW CPF SUP',
      refused: 'REG CW CPF SUP',
      served: 'REG CW CPF SUP',
      no_show: 'CW CPF SUP',
      in_service: 'CW CPF SUP',
      confirmed: 'CW CPF SUP',
      partial: 'CW CPF SUP',
      cancelled: 'CW CPF SUP',
      withdrawn: 'CW CPF SUP',
    }
    expect(Object.keys(stepRules).toSorted()).toEqual(Object.keys(allowed).toSorted())
    for (const from of referralStates)
      for (const to of nextStates(from)) {
        const toldBy = stepRules[to]!.tellers[0]!
        const may = roles.filter((role) => {
          const couponShown = !mayDo([role], 'referral.follow')
          return stepProblem({ ...step, from, to, toldBy, roles: [role], couponShown }) === undefined
        })
        expect(`${from} ${to}: ${may.join(' ')}`).toBe(`${from} ${to}: ${allowed[to]}`)
      }
  })

  it('what is offered is what is accepted', () => {
    const role = fc.subarray([...roles])
    const states = fc.constantFrom(...referralStates)
    fc.assert(
      fc.property(
        states,
        states,
        role,
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom('2026-11-23', day, '2026-11-25'),
        (from, to, held, hoursOpen, dueOn) => {
          const offered = offeredStates(from, held, { hoursOpen, dueOn, today: day }).includes(to)
          const accepted = (stepRules[to]?.tellers ?? []).some(
            (toldBy) =>
              stepProblem({
                ...step,
                from,
                to,
                toldBy,
                roles: held,
                hoursOpen,
                dueOn,
                issuedOn: '2026-11-20',
                couponShown: true,
              }) === undefined,
          )
          expect(accepted).toBe(offered)
        },
      ),
    )
  })

  it('I8 reception tells what the coupon says and shows its code', () => {
    const reg = { ...step, roles: ['REG'] as const }
    expect(stepProblem(reg)).toBe('coupon-missing')
    expect(stepProblem({ ...reg, couponShown: true })).toBeUndefined()
    expect(stepProblem({ ...reg, couponShown: true, toldBy: 'person' })).toBe('coupon-missing')
    expect(stepProblem({ ...reg, couponShown: true, to: 'withdrawn' })).toBe('forbidden')
  })

  it('I8 each guard: due day, whose word, reason, a day alone', () => {
    const problem = (changes: Partial<StepInput>) => stepProblem({ ...step, ...changes })
    expect(problem({ to: 'no_show', dueOn: '2026-11-25' })).toBe('not-due')
    expect(problem({ to: 'no_show' })).toBeUndefined()
    expect(problem({ to: 'no_show', toldBy: 'staff' })).toBe('teller-cannot-say')
    expect(problem({ from: 'accepted', to: 'served', toldBy: 'person' })).toBe('teller-cannot-say')
    expect(problem({ from: 'served', to: 'confirmed', toldBy: 'provider' })).toBe('person-must-say')
    expect(problem({ from: 'served', to: 'confirmed', toldBy: 'person', servedToldBy: 'person' })).toBe('same-source')
    expect(problem({ to: 'withdrawn', toldBy: 'staff' })).toBe('person-must-say')
    expect(problem({ to: 'refused', reason: '' })).toBe('reason-missing')
    expect(problem({ to: 'cancelled', hoursOpen: 24 })).toBeUndefined()
    expect(problem({ to: 'cancelled', hoursOpen: 25 })).toBe('forbidden')
    expect(problem({ to: 'cancelled', hoursOpen: 25, roles: ['SUP'] })).toBeUndefined()
    expect(problem({ from: 'issued', to: 'served' })).toBe('not-allowed')
  })
})

/** A desk's store with invented referrals in many states, and its calls as seen by whoever holds these roles. */
async function deskOf() {
  const { store, ports } = tempStore()
  const reference = loadReferenceData(repositoryShipped)
  const session: Session = {
    userId: 'u01',
    userName: 'A. Bello',
    roles: ['REG'],
    mode: 'real',
    site: namedSites.find((s) => s.code === 'MOR')!,
    undertakingDue: false,
  }
  await fillTraining({ store, session, ports, reference })
  const handlers = referralsHandlers(reference)
  const as = (held: readonly Role[]): CallContext => ({
    store,
    ports,
    session: { ...session, roles: held },
    job: () => ({ progress: () => undefined, breathe: () => Promise.resolve() }),
    backup: () => '',
    whenRefused: () => undefined,
  })
  const list = await handlers['referrals.list']({ caseId: null, show: 'all', after: null, limit: 100 }, as(['CW']))
  const inState = (status: ReferralState) => list.rows.find((r) => r.status === status)!
  const tell = async (held: readonly Role[], referralId: string, to: ReferralState, changes: object = {}) => {
    try {
      const input = { referralId, to, on: day, toldBy: 'provider' as const, reason: 'x', couponCode: '', ...changes }
      return (await handlers['referrals.step'](input, as(held))).row.status
    } catch (error) {
      return (error as { code?: string }).code
    }
  }
  return { store, ports, handlers, as, inState, tell }
}

describe('the calls', () => {
  it('I8 a step is refused to whoever may not take it and changes nothing', async () => {
    const { handlers, as, inState, tell } = await deskOf()
    const { id, code } = inState('issued')
    expect(await tell(['REG'], id, 'withdrawn', { toldBy: 'person' })).toBe('forbidden')
    expect(await tell(['REG'], id, 'accepted')).toBe('code-invalid')
    expect(await tell(['REG'], id, 'accepted', { couponCode: inState('waitlisted').code })).toBe('code-invalid')
    expect(await tell(['CW'], id, 'no_show')).toBe('referral-not-due')
    expect((await handlers['referrals.get']({ referralId: id }, as(['REG']))).row.status).toBe('issued')
    expect(await tell(['REG'], id, 'accepted', { couponCode: code.toLowerCase() })).toBe('accepted')
  })

  it('I8 after a day only a supervisor cancels, and the page offers it to nobody else', async () => {
    const { ports, handlers, as, inState, tell } = await deskOf()
    const { id } = inState('draft')
    const offered = async (held: readonly Role[]) => (await handlers['referrals.get']({ referralId: id }, as(held))).next
    expect(await offered(['CW'])).toEqual(['cancelled'])
    ports.clock.advance(25 * 3_600_000)
    expect([await offered(['CW']), await offered(['SUP'])]).toEqual([[], ['cancelled']])
    expect(await tell(['CW'], id, 'cancelled', { toldBy: 'staff' })).toBe('forbidden')
    expect(await tell(['SUP'], id, 'cancelled', { toldBy: 'staff' })).toBe('cancelled')
  })

  it('a received referral opens though its service is not held here, and says where the person goes', async () => {
    const { store, handlers, as } = await deskOf()
    const referralId = store.write((unit) => {
      const stream = mailboxStream('BUE', 'MOR')
      const case_id = unit.insert('case', { stream, fields: { number: 'BUE-26-000001-00', origin_site: 'BUE', origin_id: 'c1' } })
      const id = unit.insert('referral', {
        stream,
        fields: {
          case_id,
          service_point_id: 'of-another-directory',
          need: 'S10',
          priority: 'normal',
          status: 'issued',
          created_on: day,
          code: 'M245WHV2K',
          provider_name_fr: 'Centre de formation de Buéa',
          provider_name_en: 'Buea Training Centre',
          provider_place: 'Buéa',
          provider_hours: 'Mo-Fr 08:00-16:00',
          provider_phone: '+237 6 00 00 00 70',
          origin_site: 'BUE',
          origin_id: 'r1',
        },
      })
      unit.audit({ action: 'sync.import' })
      return id
    })
    const file = await handlers['referrals.get']({ referralId }, as(['CW']))
    expect(file).toMatchObject({
      provider: {
        name: { fr: 'Centre de formation de Buéa', en: 'Buea Training Centre' },
        place: 'Buéa',
        hours: 'Mo-Fr 08:00-16:00',
        phone: '+237 6 00 00 00 70',
      },
      row: { receivedFrom: 'Buéa', servicePlace: 'Buéa' },
      next: [],
      blocked: null,
      editable: false,
    })
    expect((await handlers['referrals.byCode']({ code: 'M245-WHV2-K' }, as(['CW']))).row.id).toBe(referralId)
  })
})
