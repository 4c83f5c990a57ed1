import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SentValue } from '#shared/sync/entry.ts'
import type { CallInput, CallName } from '#shared/contract.ts'
import type { JournaledKind } from '#main/centre/storage/journaled-tables.ts'
import { fitsRegister } from '#main/centre/storage/register-values.ts'
import { look } from '#test/support/exchange.ts'
import { seededRandom } from '#test/support/fake-ports.ts'
import type { TestCentre } from '#test/support/open-test-centre.ts'
import { mailbox, person, renamed, scene, service } from './lying-centre.ts'
import { forgedChain, forgedFile, type ForgedEntry } from './outside-centre.ts'

/** The codes that every page of what a file can bring answers with. */
async function pages(desk: TestCentre): Promise<string[]> {
  const codes: string[] = []
  const ask = async <K extends CallName>(name: K, input: CallInput<K>) => {
    const result = await desk.ask(name, input)
    codes.push(`${name}: ${result.ok ? 'accepted' : result.error.code}`)
    return result.ok ? result.value : undefined
  }
  const cases = await ask('cases.list', { text: '', after: null, limit: 50 })
  for (const { id } of cases?.rows ?? []) await ask('cases.get', { caseId: id })
  const referrals = await ask('referrals.list', { caseId: null, show: 'all', after: null, limit: 50 })
  for (const { id } of referrals?.rows ?? []) await ask('referrals.get', { referralId: id })
  const services = await ask('directory.search', { text: '', sector: null, pcode: null, after: null, limit: 50 })
  for (const { id } of services?.rows ?? []) await ask('directory.get', { serviceId: id })
  return codes
}

const values: readonly SentValue[] = [
  ...['', 'x', '2026-11-20', 'unknown', 'yes', 'CM004', 'Ŋ'.repeat(3000)],
  ...[0, 1, -7, 1.5, 2 ** 53 - 1, null],
  ...[[], ['cni']],
]
const registersOfPerson =
  'number origin_id created_by a_family_name a_sex a_birth_date a_age_stated a_is_minor a_consent_status a_id_docs a_id_docs/cni a_phone a_strange'
const registersOfReferral = 'code appointment provider_name_fr provider_place due_on valid_until created_by consent_given'
const registersOfService = 'name_fr name_en cost capacity capacity_unit sensitive sectors/S10 types/x languages/constructor'
const registersOfPoint = 'pcode locality phone hours lat lon hide_location verified_on verified_how'
const referral = { case_id: person.r, need: 'S10', priority: 'normal', status: 'issued', created_on: '2026-11-20' }

describe('what a trusted centre may write is shown, whatever it writes', () => {
  it('an insert of a newer version appears once it can be shown, and not before', async () => {
    const s = await scene()
    const names = async () =>
      (await s.buea.get('cases.list', { text: '', after: null, limit: 10 })).rows.map((r) => r.name).toSorted()
    const newer: ForgedEntry = { ...person, r: 'mwmwmwmw-2', p: { status: 'asleep', a_given_names: 'Djamila' }, sv: 2 }
    const bytes = await forgedFile(s.mora, s.to, [forgedChain(s.mora, mailbox, [person, newer])])
    const kept = path.join(s.buea.folder, 'newer.age')
    writeFileSync(kept, bytes)
    // W03: the person at the desk hears of what is kept unread
    expect((await look(s.buea, kept)).fromNewer).toBe(1)
    expect(await s.tried(bytes)).toBe('import: accepted')
    expect(await names()).toEqual(['Halima'])
    const rest: ForgedEntry = { ...person, r: 'mwmwmwmw-2', o: 'u', p: { ...(person.p as object), a_given_names: 'Djamila' } }
    expect(await s.tried(await forgedFile(s.mora, s.to, [forgedChain(s.mora, mailbox, [person, newer, rest])]))).toBe(
      'import: accepted',
    )
    expect(await names()).toEqual(['Djamila', 'Halima'])
  })

  it('an answer that is unknown for one desk and ticked at another is shown as one of both', async () => {
    const s = await scene()
    const both = { ...renamed, p: { a_id_docs: 'unknown', 'a_id_docs/cni': 1 } }
    expect(await s.tried(await forgedFile(s.mora, s.to, [forgedChain(s.mora, mailbox, [person, both])]))).toBe('import: accepted')
    expect((await s.buea.get('cases.get', { caseId: person.r })).answers['id_docs']).toBe('unknown')
    const known = { ...renamed, t: '0mib4k2c0-00', p: { a_id_docs: null } }
    expect(await s.tried(await forgedFile(s.mora, s.to, [forgedChain(s.mora, mailbox, [person, both, known])]))).toBe(
      'import: accepted',
    )
    expect((await s.buea.get('cases.get', { caseId: person.r })).answers['id_docs']).toEqual(['cni'])
  })

  it('no value that is taken in keeps a page from opening', async () => {
    const chance = seededRandom(77)
    const pick = <T>(list: readonly T[]): T => list[chance.bytes(1)[0]! % list.length]!
    /** Some of these registers, each with a value that is not refused. */
    const any = (kind: JournaledKind, fields: string) =>
      Object.fromEntries(
        fields.split(' ').flatMap((f) => {
          const fitting = values.filter((v) => fitsRegister(kind, f, v))
          return fitting.length === 0 || pick([true, false]) ? [] : [[f, pick(fitting)]]
        }),
      )
    const codes = new Set<string>()
    for (let round = 0; round < 20; round += 1) {
      const s = await scene()
      const people: ForgedEntry[] = [
        person,
        { ...renamed, p: { a_main_language: 'fra', ...any('case', registersOfPerson) } },
        { k: 'referral', r: 'mwmwmwmw-4', p: { ...referral, ...any('referral', registersOfReferral) } },
      ]
      const directory: ForgedEntry[] = [
        service,
        { k: 'organization', r: 'mwmwmwmw-8', p: any('organization', 'name_fr name_en org_type phone security_actor') },
        {
          k: 'service',
          r: 'mwmwmwmw-9',
          p: { status: 'active', organization_id: 'mwmwmwmw-8', ...any('service', registersOfService) },
        },
        { k: 'service_point', r: 'mwmwmwmw-a', p: { service_id: 'mwmwmwmw-9', ...any('service_point', registersOfPoint) } },
      ]
      const chains = [forgedChain(s.mora, mailbox, people), forgedChain(s.mora, 'nat', directory)]
      expect(await s.tried(await forgedFile(s.mora, s.to, chains))).toBe('import: accepted')
      for (const code of await pages(s.buea)) codes.add(code)
    }
    expect([...codes].filter((c) => !/accepted|not-found/.test(c))).toEqual([])
    const asked = ['cases.get', 'cases.list', 'directory.get', 'directory.search', 'referrals.get', 'referrals.list']
    expect([...new Set([...codes].map((c) => c.split(':')[0]))].toSorted()).toEqual(asked)
  })
})
