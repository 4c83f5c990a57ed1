import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { dayAt } from '#main/centre/desk-day.ts'
import { csvColumns } from '#shared/directory/csv-columns.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { nextStates } from '#shared/referrals/referral-steps.ts'
import { fullConsent, fullIdentity } from '#test/support/open-test-centre.ts'
import type { SimDesk } from './desk.ts'
import { mustNotBreak } from './power.ts'
import type { World } from './world.ts'

const today = (desk: SimDesk): string => dayAt(desk.clock.now(), 60)

/** Cases of the desk's own centre, by id; a desk may change any of them. */
async function ownCases(desk: SimDesk): Promise<readonly string[]> {
  const { rows } = await desk.get('cases.list', { text: '', after: null, limit: 50 })
  return rows.filter((r) => r.receivedFrom === null).map((r) => r.id)
}

export async function openCase(world: World, desk: SimDesk): Promise<string> {
  const day = today(desk)
  const agrees = world.chance.of(0.75) ? 'yes' : 'no'
  const created = await desk.ask('cases.create', {
    consent: { ...fullConsent, consent_date: day, consent_other_centre: agrees },
  })
  mustNotBreak(desk, 'cases.create', created)
  if (!created.ok) return created.error.code
  const names = [world.marker(), world.marker()]
  const saved = await desk.ask('cases.saveAnswers', {
    caseId: created.value.id,
    answers: { ...fullIdentity, family_name: names[0]!, given_names: names[1]! },
  })
  mustNotBreak(desk, 'cases.saveAnswers', saved)
  if (saved.ok) world.acknowledge(desk, desk.site, created.value.id, names)
  return saved.ok ? `opened ${created.value.id}` : saved.error.code
}

export async function editCase(world: World, desk: SimDesk, only?: string): Promise<string> {
  const cases = (await ownCases(desk)).filter((id) => only === undefined || id === only)
  if (cases.length === 0) return 'no case'
  const caseId = world.chance.pick(cases)
  const { chance } = world
  const value = world.marker()
  const what = chance.weighted({ family_name: 3, given_names: 2, usual_name: 2, safe_contact_notes: 2, codes: 3, phone: 1 })
  const answers: Answers =
    what === 'codes'
      ? {
          id_docs: ['cni', 'birth', 'school', 'passport'].filter(() => chance.of(0.5)).concat('voter'),
          main_language: chance.pick(['fra', 'ful', 'kau']),
          current_residence_type: chance.pick(['own', 'host', 'rent']),
        }
      : what === 'phone'
        ? { phone: `+2376000000${10 + chance.int(80)}`, phone_safe: chance.pick(['yes', 'careful']) }
        : { [what ?? 'usual_name']: value }
  const saved = await desk.ask('cases.saveAnswers', { caseId, answers })
  mustNotBreak(desk, 'cases.saveAnswers', saved)
  if (saved.ok && what !== 'codes' && what !== 'phone') world.acknowledge(desk, desk.site, caseId, [value])
  return saved.ok ? `${what} of ${caseId}` : saved.error.code
}

/** The person takes back, or gives again, the agreement that other centres may know. */
export async function changeConsent(world: World, desk: SimDesk, agrees: 'yes' | 'no', only?: string): Promise<string> {
  const cases = (await ownCases(desk)).filter((id) => only === undefined || id === only)
  if (cases.length === 0) return 'no case'
  const caseId = world.chance.pick(cases)
  const saved = await desk.ask('cases.saveAnswers', {
    caseId,
    answers: { consent_other_centre: agrees, consent_date: today(desk) },
  })
  mustNotBreak(desk, 'cases.saveAnswers', saved)
  return saved.ok ? `${agrees} of ${caseId}` : saved.error.code
}

export async function refer(world: World, desk: SimDesk): Promise<string> {
  if ((await ownCases(desk)).length === 0) await openCase(world, desk)
  const cases = await ownCases(desk)
  const find = async () =>
    (await desk.get('directory.search', { text: '', sector: 'S10', pcode: null, after: null, limit: 10 })).rows
  if ((await find()).length === 0) await importDirectory(world, desk, ['SIM1'])
  const rows = await find()
  if (cases.length === 0 || rows.length === 0) return 'nothing to refer to'
  const service = world.chance.pick(rows)
  await desk.ask('directory.verify', { serviceId: service.id, how: 'phone' })
  const made = await desk.ask('referrals.create', {
    caseId: world.chance.pick(cases),
    serviceId: service.id,
    need: 'S10',
    priority: world.chance.pick(['urgent', 'normal']),
  })
  mustNotBreak(desk, 'referrals.create', made)
  if (!made.ok) return made.error.code
  const referralId = made.value.row.id
  if (world.chance.of(0.2)) return `drafted ${referralId}`
  const consent = await desk.ask('referrals.recordConsent', {
    referralId,
    given: world.chance.of(0.9),
    method: 'signature',
    on: today(desk),
    items: ['name', 'need'],
    guardianAgrees: null,
    childAssents: null,
  })
  mustNotBreak(desk, 'referrals.recordConsent', consent)
  const appointment = world.marker()
  const issued = await desk.ask('referrals.issue', { referralId, slipLanguage: 'fr', appointment })
  mustNotBreak(desk, 'referrals.issue', issued)
  if (issued.ok) world.acknowledge(desk, desk.site, referralId, [appointment])
  return issued.ok ? `issued ${referralId}` : issued.error.code
}

/** One step of an open referral of the desk's own centre. */
export async function advance(world: World, desk: SimDesk, only?: string): Promise<string> {
  const { rows } = await desk.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 50 })
  const open = rows.filter((r) => r.receivedFrom === null && nextStates(r.status).length > 0 && (only ?? r.id) === r.id)
  if (open.length === 0) return 'none open'
  const row = world.chance.pick(open)
  const refused: string[] = []
  // a state that is not to be had today (a day not due, a right that is missing) gives way to the next
  for (const to of world.chance.shuffled(nextStates(row.status))) {
    const reason = world.marker()
    const stepped = await desk.ask('referrals.step', {
      referralId: row.id,
      to,
      on: today(desk),
      toldBy: to === 'confirmed' || to === 'partial' ? 'person' : 'provider',
      reason,
    })
    mustNotBreak(desk, 'referrals.step', stepped)
    if (stepped.ok) {
      world.acknowledge(desk, desk.site, row.id, [reason])
      return `${row.status} -> ${to} of ${row.id}`
    }
    refused.push(stepped.error.code)
  }
  return refused.join(' ')
}

/** Two desks change the same thing without knowing of each other: a person or a referral at two PCs of a centre, else a service anywhere. */
export async function apart(world: World, desk: SimDesk): Promise<string> {
  const { chance } = world
  const others = world.desks.filter((d) => d !== desk && d.isOpen && d.device !== desk.device)
  if (others.length === 0) return 'alone'
  const twins = others.filter((d) => d.site === desk.site)
  const twin = twins.length > 0 && chance.of(0.8) ? chance.pick(twins) : undefined
  if (!twin) {
    const id = chance.pick(['SIM1', 'SIM2', 'SIM3', 'OUT1'])
    const all = [desk, ...chance.shuffled(others).slice(0, 2)]
    const told: string[] = []
    for (const one of all) told.push(`${one.name} ${await importDirectory(world, one, [id])}`)
    return `${id}: ${told.join(', ')}`
  }
  const theirs = new Set(await ownCases(twin))
  const cases = (await ownCases(desk)).filter((id) => theirs.has(id))
  const { rows } = await desk.get('referrals.list', { caseId: null, show: 'all', after: null, limit: 50 })
  if (rows.length > 0 && chance.of(0.6)) {
    const { id } = chance.pick(rows)
    return `${await advance(world, desk, id)}, ${twin.name}: ${await advance(world, twin, id)}`
  }
  if (cases.length === 0) return 'nothing in common'
  const id = chance.pick(cases)
  const first = await (chance.of(0.3) ? changeConsent(world, desk, 'no', id) : editCase(world, desk, id))
  return `${first}, ${twin.name}: ${await editCase(world, twin, id)}`
}

/** A list of services comes from outside: some are new, some changed. */
export async function importDirectory(world: World, desk: SimDesk, ids?: readonly string[]): Promise<string> {
  const { chance } = world
  const chosen = ids ?? chance.shuffled(['SIM1', 'SIM2', 'SIM3', 'OUT1']).slice(0, 1 + chance.int(2))
  const values: string[] = []
  const marker = (): string => {
    values.push(world.marker())
    return values.at(-1)!
  }
  const lines = chosen.map((id) => {
    const cells: Partial<Record<(typeof csvColumns)[number], string>> = {
      id,
      name_fr: marker(),
      name_en: marker(),
      // a national value that waits for a decision when two desks change it apart
      provider_type: chance.pick(['youth_centre', 'youth_centre', 'police']),
      sector_codes: chance.of(0.5) ? 'S10;S09' : 'S10',
      service_type_codes: 'S10.01',
      arrondissement_pcode: chance.pick(['CM004005002', 'CM004001004']),
      locality: marker(),
      phone: `+237 6 00 00 00 ${10 + chance.int(80)}`,
      languages: ['fra', 'fub', 'mfi'].filter(() => chance.of(0.6)).join(';'),
      opening_hours: marker(),
      cost: chance.pick(['free', 'paid']),
      last_verified: today(desk),
      is_sample: '1',
    }
    return csvColumns.map((c) => cells[c] ?? '').join(',')
  })
  const file = path.join(desk.folder, 'directory.csv')
  writeFileSync(file, `${csvColumns.join(',')}\n${lines.join('\n')}\n`)
  const preview = await desk.ask('directory.previewCsv', { file: desk.token(file), job: 'csv-preview' })
  mustNotBreak(desk, 'directory.previewCsv', preview)
  if (!preview.ok) return preview.error.code
  const taken = await desk.ask('directory.importCsv', { previewId: preview.value.previewId, job: 'csv-import' })
  mustNotBreak(desk, 'directory.importCsv', taken)
  if (!taken.ok) return taken.error.code
  if (taken.value.added + taken.value.updated !== chosen.length) return `only ${taken.value.added}+${taken.value.updated}`
  world.acknowledge(desk, undefined, '', values)
  return `${taken.value.added} new, ${taken.value.updated} changed`
}

export async function verifyService(world: World, desk: SimDesk): Promise<string> {
  const { rows } = await desk.get('directory.search', { text: '', sector: null, pcode: null, after: null, limit: 10 })
  if (rows.length === 0) return 'no service'
  const verified = await desk.ask('directory.verify', {
    serviceId: world.chance.pick(rows).id,
    how: world.chance.pick(['phone', 'visit', 'partner']),
  })
  mustNotBreak(desk, 'directory.verify', verified)
  return verified.ok ? 'verified' : verified.error.code
}
