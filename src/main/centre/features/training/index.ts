import { parse } from 'csv-parse/sync'
import { informationPoints } from '#shared/cases/consent.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { addDays } from '#shared/forms/partial-date.ts'
import type { InfoItem } from '#shared/referrals/referral.ts'
import { today } from '../../desk-day.ts'
import type { CallContext, Session } from '../../feature.ts'
import { onePiece } from '../../crypto/one-piece.ts'
import type { Ports } from '../../ports.ts'
import type { ReferenceData } from '../../reference-data.ts'
import type { Store } from '../../storage/store.ts'
import { casesHandlers } from '../cases/index.ts'
import { lineReference, readDirectoryCsv, storeDirectoryLine, type DirectoryLine } from '../directory/index.ts'
import { referralsHandlers } from '../referrals/index.ts'

export interface TrainingParts {
  readonly store: Store
  readonly session: Session
  readonly ports: Ports
  readonly reference: ReferenceData
}

/** Fills a new exercise database: the sample directory and invented people with referrals at every stage. */
export async function fillTraining({ store, session, ports, reference }: TrainingParts): Promise<void> {
  const job = { progress: () => undefined, breathe: () => Promise.resolve() }
  // what invented colleagues did is there whatever the trainee may do
  const colleagues: Session = { ...session, roles: ['CW', 'SUP'] }
  const context: CallContext = {
    store,
    session: colleagues,
    ports,
    job: () => job,
    backup: () => '',
    whenRefused: () => undefined,
  }
  const points = await fillDirectory(context, reference)
  const people = parse(reference.trainingText('people.csv'), { columns: true, skip_empty_lines: true }) as Record<
    string,
    string
  >[]
  const cases: string[] = []
  for (const person of people) cases.push(await addPerson(person, reference, context))
  await addReferrals(cases, points, reference, context)
}

async function fillDirectory(context: CallContext, reference: ReferenceData): Promise<readonly string[]> {
  const bytes = new TextEncoder().encode(reference.trainingText('services.csv'))
  const lines: DirectoryLine[] = []
  const day = today(context.ports.clock)
  await readDirectoryCsv(
    { pieces: onePiece(bytes), bytes: bytes.length, encoding: 'utf-8' },
    lineReference(reference, context.ports),
    context.job('training'),
    {
      // most were reached lately, some long ago, so that trainees meet all three colours
      onLine: (line) => lines.push({ ...line, verifiedOn: addDays(day, -((lines.length * 37) % 230)) }),
      onRefused: () => undefined,
    },
  )
  context.store.write((unit) => {
    for (const line of lines) storeDirectoryLine(unit, line)
    unit.audit({ action: 'training.directory' })
  })
  return context.store
    .read<{ id: string }>(
      `SELECT p.id FROM service_point p JOIN service s ON s.id = p.service_id
       WHERE s.sensitive = 0 AND p.verified_on >= ? AND p.pcode GLOB 'CM004*' ORDER BY p.verified_on DESC LIMIT 8`,
    )
    .all(addDays(day, -150))
    .map((p) => p.id)
}

async function addPerson(person: Record<string, string>, reference: ReferenceData, context: CallContext): Promise<string> {
  const handlers = casesHandlers(reference)
  const day = today(context.ports.clock)
  const minor = Number(day.slice(0, 4)) - Number(person['birth_year']) <= 18
  const consent: Answers = {
    intake_channel: 'arrival',
    interviewer_sex_pref: 'none',
    interview_private: 'yes',
    interview_language: 'fra',
    interpreter_used: 'no',
    info_points_given: [...informationPoints],
    legal_basis: 'consent',
    consent_status: minor ? 'guardian' : 'given',
    consent_giver: minor ? 'parent' : 'self',
    ...(minor ? { guardian_consent_name: 'Parent (exercice)', child_assent: 'yes' } : {}),
    consent_method: 'signature',
    consent_date: day,
    consent_referral_general: 'yes',
    consent_other_centre: minor ? 'no' : 'yes',
    consent_statistics: 'yes',
    consent_photo: 'no',
    consent_home_visit: 'no',
    safe_contact_methods: ['centre'],
  }
  const { id } = await handlers['cases.create']({ consent }, context)
  const answers: Answers = {
    family_name: person['family_name'] ?? '',
    given_names: person['given_names'] ?? '',
    sex: person['sex'] ?? 'F',
    birth_date: person['birth_year'] ?? '',
    birth_precision: 'year',
    nationality: 'CM',
    main_language: 'fra',
    id_docs: ['none'],
    origin_place: 'CM004005',
    current_residence_type: 'host',
    current_place: 'CM004005002',
    return_intention: 'undecided',
    programme_category: 'community',
    health_urgent: 'no',
    immediate_risk: 'no',
    private_talk_offered: 'yes',
    psea_info_given: 'yes',
    track_1: 'agriculture',
    expectations_discussed: 'yes',
    ...(minor ? { care_arrangement: 'kin', uasc_status: 'no' } : {}),
  }
  await handlers['cases.saveAnswers']({ caseId: id, answers }, context)
  return id
}

async function addReferrals(
  cases: readonly string[],
  points: readonly string[],
  reference: ReferenceData,
  context: CallContext,
): Promise<void> {
  const handlers = referralsHandlers(reference)
  const day = today(context.ports.clock)
  const needs = ['S10', 'S02', 'S01', 'S12', 'S09', 'S11', 'S10', 'S07']
  const items: InfoItem[] = ['name', 'need']
  for (const [i, serviceId] of points.entries()) {
    const caseId = cases[i]
    if (caseId === undefined) return
    const minor = (await casesHandlers(reference)['cases.get']({ caseId }, context)).isMinor
    const { row } = await handlers['referrals.create'](
      { caseId, serviceId, need: needs[i] ?? 'S10', priority: 'normal' },
      context,
    )
    if (i === 0) continue
    const agrees = minor ? true : null
    const consent = {
      referralId: row.id,
      given: i !== 1,
      method: 'signature' as const,
      on: day,
      items,
      guardianAgrees: agrees,
      childAssents: agrees,
    }
    await handlers['referrals.recordConsent'](consent, context)
    if (i <= 2) continue
    await handlers['referrals.issue']({ referralId: row.id, slipLanguage: 'bi', appointment: '' }, context)
    const path = [[], [], [], [], ['accepted'], ['accepted', 'served'], ['refused'], ['waitlisted']][i] ?? []
    for (const to of path as ('accepted' | 'served' | 'refused' | 'waitlisted')[]) {
      await handlers['referrals.step'](
        { referralId: row.id, to, on: day, toldBy: 'provider', reason: to === 'refused' ? 'complet' : '', couponCode: '' },
        context,
      )
    }
  }
}
