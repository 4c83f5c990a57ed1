import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { createCentre, type Centre } from '#main/centre/centre.ts'
import { diskFiles, type DiskFiles } from '#main/platform/disk-files.ts'
import type { CallInput, CallName, CallOutput } from '#shared/contract.ts'
import { informationPoints } from '#shared/cases/consent.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import type { Role } from '#shared/permissions.ts'
import { Refusal, type Result } from '#shared/result.ts'
import type { Shipped } from '#main/centre/ports.ts'
import { meet } from './exchange.ts'
import { fakePorts, type FakePorts, type SettableClock } from './fake-ports.ts'
import { tempFolder } from './temp-folder.ts'

export const testLogin = 'aminatou'
export const testPassword = 'le-mil-pousse-vite'

export interface TestCentre {
  readonly centre: Centre
  readonly ports: FakePorts
  readonly files: DiskFiles
  readonly folder: string
  readonly events: { readonly name: string; readonly data: unknown }[]
  /** The result of a call, typed. */
  ask<K extends CallName>(name: K, input: CallInput<K>): Promise<Result<CallOutput<K>>>
  /** The value of a call; throws Refusal. */
  get<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>>
  /** The code with which a call is refused, or 'accepted'. */
  refusal<K extends CallName>(name: K, input: CallInput<K>): Promise<string>
  /** A token for a path, as the shell would grant. */
  token(chosenPath: string): string
  /** Closes the centre and starts another over the same folder, as after a restart. */
  restart(changes?: Partial<TestCentreOptions>): Promise<TestCentre>
}

export interface TestCentreOptions {
  readonly site?: string
  readonly roles?: readonly Role[]
  readonly seed?: number
  readonly folder?: string
  readonly clock?: SettableClock
  readonly machineId?: string
  readonly shipped?: Shipped
  /** `none` leaves first run to the test. */
  readonly setup?: 'done' | 'none'
}

/** A real centre over a temporary folder: real files, real SQLite, seeded chance. Set up and signed in unless told otherwise. */
export async function openTestCentre(options: TestCentreOptions = {}): Promise<TestCentre> {
  const folder = options.folder ?? tempFolder()
  const files = diskFiles(path.join(folder, 'data'))
  const plain = fakePorts(files, {
    seed: options.seed ?? 1,
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.machineId ? { machineId: options.machineId } : {}),
  })
  const ports: FakePorts = options.shipped ? { ...plain, shipped: options.shipped } : plain
  const events: { name: string; data: unknown }[] = []
  const centre = createCentre(ports, (name, data) => events.push({ name, data }))
  onTestFinished(() => centre.close())
  const made: TestCentre = {
    centre,
    ports,
    files,
    folder,
    events,
    ask: async (name, input) => (await centre.call(name, input)) as Result<CallOutput<typeof name>>,
    async get(name, input) {
      const result = await made.ask(name, input)
      if (!result.ok) throw new Refusal(result.error.code, result.error.details)
      return result.value
    },
    async refusal(name, input) {
      const result = await made.ask(name, input)
      return result.ok ? 'accepted' : result.error.code
    },
    token(chosenPath) {
      const token = randomBytes(16).toString('hex')
      files.grant(token, chosenPath)
      return token
    },
    async restart(changes = {}) {
      await centre.close()
      return openTestCentre({
        ...options,
        folder,
        clock: ports.clock,
        seed: (options.seed ?? 1) + 1000,
        setup: 'none',
        ...changes,
      })
    },
  }
  if (options.setup !== 'none') await setUp(made, options)
  return made
}

async function setUp(desk: TestCentre, { site = 'MOR', roles = ['SUP', 'CW', 'DIR'] }: TestCentreOptions): Promise<void> {
  const { recoveryCode } = await desk.get('security.beginSetup', {
    language: 'fr',
    siteCode: site,
    userName: 'Aminatou B.',
    login: testLogin,
    password: testPassword,
    roles: [...roles],
    deskPhone: '6 00 00 00 01',
  })
  await desk.get('security.confirmRecoveryCode', { code: recoveryCode })
  await acceptUndertaking(desk)
}

/** Accepts the confidentiality undertaking for whoever is signed in, if it is due. */
export async function acceptUndertaking(desk: Pick<TestCentre, 'get'>): Promise<void> {
  const { undertakingDue, user } = await desk.get('security.status', {})
  if (undertakingDue === true) await desk.get('security.acceptUndertaking', { name: user?.name ?? '' })
}

/** Answers that let a case be opened: an adult who agrees to everything. */
export const fullConsent: Answers = {
  intake_channel: 'arrival',
  interviewer_sex_pref: 'none',
  interview_private: 'yes',
  interview_language: 'fra',
  interpreter_used: 'no',
  info_points_given: [...informationPoints],
  legal_basis: 'consent',
  consent_status: 'given',
  consent_giver: 'self',
  consent_method: 'signature',
  consent_date: '2026-11-24',
  consent_referral_general: 'yes',
  consent_other_centre: 'yes',
  consent_statistics: 'yes',
  consent_photo: 'no',
  consent_home_visit: 'no',
  safe_contact_methods: ['own_phone'],
}

/** The rest of a quick card: an adult. */
export const fullIdentity: Answers = {
  family_name: 'Ŋgono Ɓello',
  given_names: 'Aïssatou',
  sex: 'F',
  birth_date: '1994',
  birth_precision: 'year',
  nationality: 'CM',
  main_language: 'fra',
  phone: '+237600000042',
  phone_owner: 'own',
  phone_safe: 'careful',
  id_docs: ['birth'],
  origin_place: 'CM004005',
  current_residence_type: 'host',
  current_place: 'CM004005002',
  return_intention: 'undecided',
  programme_category: 'ex_hostage',
  health_urgent: 'no',
  immediate_risk: 'no',
  private_talk_offered: 'yes',
  psea_info_given: 'yes',
  track_1: 'agriculture',
  expectations_discussed: 'yes',
}

/** A complete case; returns its id. */
export async function addCase(
  desk: TestCentre,
  changes: { readonly consent?: Answers; readonly identity?: Answers } = {},
): Promise<string> {
  const { id } = await desk.get('cases.create', { consent: { ...fullConsent, ...changes.consent } })
  await desk.get('cases.saveAnswers', { caseId: id, answers: { ...fullIdentity, ...changes.identity } })
  return id
}

/** A form of a case with answers; returns its id. */
export async function addCaseForm(desk: TestCentre, caseId: string, form: string, answers: Answers): Promise<string> {
  const { row } = await desk.get('caseForms.create', { caseId, form })
  await desk.get('caseForms.save', { caseFormId: row.id, answers })
  return row.id
}

/** The sample directory, imported through the CSV path. */
export async function addDirectory(
  desk: TestCentre,
  csvPath = path.resolve(import.meta.dirname, '../../resources/training/services.csv'),
): Promise<void> {
  const preview = await desk.get('directory.previewCsv', { file: desk.token(csvPath), job: 'csv-preview' })
  await desk.get('directory.importCsv', { previewId: preview.previewId, job: 'csv-import' })
}

/** A referral with consent to everything, issued; returns its id. The service is reached by phone first. */
export async function addIssuedReferral(desk: TestCentre, caseId: string): Promise<string> {
  const { rows } = await desk.get('directory.search', {
    text: 'formation',
    sector: 'S10',
    pcode: 'CM004',
    after: null,
    limit: 10,
  })
  const service = rows[0]
  if (!service) throw new Error('no service found')
  await desk.get('directory.verify', { serviceId: service.id, how: 'phone' })
  const { row } = await desk.get('referrals.create', { caseId, serviceId: service.id, need: 'S10', priority: 'normal' })
  await desk.get('referrals.recordConsent', {
    referralId: row.id,
    given: true,
    method: 'signature',
    on: '2026-11-24',
    items: ['name', 'need'],
    guardianAgrees: null,
    childAssents: null,
  })
  await desk.get('referrals.issue', { referralId: row.id, slipLanguage: 'bi', appointment: '' })
  return row.id
}

/** Two desks that trust each other's cards. */
export async function openTwoCentres(): Promise<{ mora: TestCentre; buea: TestCentre }> {
  const mora = await openTestCentre({ site: 'MOR', seed: 11 })
  const buea = await openTestCentre({ site: 'BUE', seed: 22, roles: ['SUP', 'COO', 'CW'] })
  await meet(mora, buea)
  return { mora, buea }
}
