import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { answerPath, guardedCondition, keptCondition, owedCondition } from './owed-cases.ts'

/** Columns of every exchanged row; `clk` holds the clock of each register: field -> [writer number, seq, stamp]. */
const row = {
  n: integer('n').primaryKey(),
  id: text('id').notNull(),
  stream: text('stream').notNull(),
  clk: text('clk').notNull(),
  created_at: integer('created_at').notNull(),
  updated_at: integer('updated_at').notNull(),
}

export const caseRecord = sqliteTable(
  'case_record',
  {
    ...row,
    number: text('number'),
    status: text('status'),
    registered_on: text('registered_on'),
    form_version: text('form_version'),
    created_by: text('created_by'),
    /** The counsellor whose case it is; null: whoever created it. */
    assigned_to: text('assigned_to'),
    /** Who asked to have it; null: nobody waits for an answer. */
    assignment_asked_by: text('assignment_asked_by'),
    origin_site: text('origin_site'),
    origin_id: text('origin_id'),
    answers: text('answers').notNull().default('{}'),
    search_name: text('search_name').notNull().default(''),
  },
  (t) => [
    uniqueIndex('case_record_id').on(t.id),
    index('case_record_updated').on(t.updated_at),
    // what a search asks of each case that it found: a card is long
    index('case_record_found').on(t.n, t.updated_at, t.stream).where(sql.raw("number <> ''")),
    index('case_record_number').on(t.number),
    index('case_record_origin').on(t.origin_site, t.origin_id),
    index('case_record_owed').on(t.n).where(sql.raw(owedCondition)),
    index('case_record_kept')
      .on(sql.raw(answerPath('retention_until')))
      .where(sql.raw(keptCondition)),
    index('case_record_guarded')
      .on(sql.raw(answerPath('birth_date')))
      .where(sql.raw(guardedCondition)),
  ],
)

export const informationSession = sqliteTable(
  'information_session',
  { ...row, held_on: text('held_on'), outcome: text('outcome'), language: text('language') },
  (t) => [uniqueIndex('information_session_id').on(t.id)],
)

export const organization = sqliteTable(
  'organization',
  {
    ...row,
    name_fr: text('name_fr'),
    name_en: text('name_en'),
    org_type: text('org_type'),
    phone: text('phone'),
    email: text('email'),
    security_actor: integer('security_actor'),
    is_sample: integer('is_sample'),
  },
  (t) => [uniqueIndex('organization_id').on(t.id)],
)

export const service = sqliteTable(
  'service',
  {
    ...row,
    organization_id: text('organization_id'),
    name_fr: text('name_fr'),
    name_en: text('name_en'),
    status: text('status'),
    cost: text('cost'),
    capacity: integer('capacity'),
    capacity_unit: text('capacity_unit'),
    external_id: text('external_id'),
    is_sample: integer('is_sample'),
    sensitive: integer('sensitive'),
    sectors: text('sectors').notNull().default('[]'),
    types: text('types').notNull().default('[]'),
    target_groups: text('target_groups').notNull().default('[]'),
    languages: text('languages').notNull().default('[]'),
    accessibility: text('accessibility').notNull().default('[]'),
  },
  (t) => [
    uniqueIndex('service_id').on(t.id),
    index('service_external').on(t.external_id),
    index('service_organization').on(t.organization_id),
  ],
)

export const servicePoint = sqliteTable(
  'service_point',
  {
    ...row,
    service_id: text('service_id'),
    pcode: text('pcode'),
    locality: text('locality'),
    phone: text('phone'),
    hours: text('hours'),
    lat: real('lat'),
    lon: real('lon'),
    hide_location: integer('hide_location'),
    verified_on: text('verified_on'),
    verified_how: text('verified_how'),
    verified_by: text('verified_by'),
  },
  (t) => [
    uniqueIndex('service_point_id').on(t.id),
    index('service_point_service').on(t.service_id),
    index('service_point_pcode').on(t.pcode),
  ],
)

export const referral = sqliteTable(
  'referral',
  {
    ...row,
    case_id: text('case_id'),
    service_point_id: text('service_point_id'),
    code: text('code'),
    need: text('need'),
    priority: text('priority'),
    status: text('status'),
    created_on: text('created_on'),
    created_by: text('created_by'),
    issued_on: text('issued_on'),
    due_on: text('due_on'),
    valid_until: text('valid_until'),
    consent_given: text('consent_given'),
    consent_method: text('consent_method'),
    consent_on: text('consent_on'),
    guardian_agrees: text('guardian_agrees'),
    child_assents: text('child_assents'),
    consent_items: text('consent_items').notNull().default('[]'),
    slip_language: text('slip_language'),
    appointment: text('appointment'),
    provider_name_fr: text('provider_name_fr'),
    provider_name_en: text('provider_name_en'),
    provider_place: text('provider_place'),
    provider_hours: text('provider_hours'),
    provider_phone: text('provider_phone'),
    served_told_by: text('served_told_by'),
    origin_site: text('origin_site'),
    origin_id: text('origin_id'),
  },
  (t) => [
    uniqueIndex('referral_id').on(t.id),
    index('referral_case').on(t.case_id),
    index('referral_code').on(t.code),
    index('referral_updated').on(t.updated_at, t.id),
    index('referral_due').on(t.status, t.due_on),
    index('referral_origin').on(t.origin_site, t.origin_id),
  ],
)

export const referralStep = sqliteTable(
  'referral_step',
  {
    ...row,
    referral_id: text('referral_id'),
    from_state: text('from_state'),
    to_state: text('to_state'),
    happened_on: text('happened_on'),
    recorded_at: integer('recorded_at'),
    told_by: text('told_by'),
    by_name: text('by_name'),
    reason: text('reason'),
    origin_site: text('origin_site'),
    origin_id: text('origin_id'),
  },
  (t) => [
    uniqueIndex('referral_step_id').on(t.id),
    index('referral_step_referral').on(t.referral_id),
    index('referral_step_origin').on(t.origin_site, t.origin_id),
  ],
)

/** One form of a case other than its record, with the version it was filled with; never handed to another centre. */
export const caseForm = sqliteTable(
  'case_form',
  {
    ...row,
    case_id: text('case_id'),
    form: text('form'),
    form_version: text('form_version'),
    /** The day on which it was begun. */
    filled_on: text('filled_on'),
    state: text('state'),
    created_by: text('created_by'),
    answers: text('answers').notNull().default('{}'),
  },
  (t) => [uniqueIndex('case_form_id').on(t.id), index('case_form_case').on(t.case_id), index('case_form_form').on(t.form)],
)

/**
 * What people decided about two cases: whether they are of one person, or of one household (docs/adr/0039-two-cases-of-one-person.md).
 *
 * Its id is made from the two cases and `about`: two PCs that decide about the same pair decide about one row.
 */
export const caseLink = sqliteTable(
  'case_link',
  {
    ...row,
    /** The two cases; `case_a` is the lesser id as text. */
    case_a: text('case_a'),
    case_b: text('case_b'),
    about: text('about'),
    verdict: text('verdict'),
    /** Of two cases of one person the one that is carried on: `a` or `b`. */
    leading: text('leading'),
    /** What the person of `case_b` is to the one of `case_a`. */
    relation: text('relation'),
    reason: text('reason'),
    /** JSON: the answers that the leading case took from the other one, with what stood there before. */
    taken: text('taken'),
  },
  (t) => [uniqueIndex('case_link_id').on(t.id), index('case_link_a').on(t.case_a), index('case_link_b').on(t.case_b)],
)

/** One signed statement of the list of computers: never changed, its id is made from its content. Who may sign what is checked on reading. */
export const rosterEntry = sqliteTable('roster_entry', { ...row, body: text('body'), sig: text('sig') }, (t) => [
  uniqueIndex('roster_entry_id').on(t.id),
])

/** One published version of a form, signed by the national key: never changed, its id is made from its content. Checked on reading. */
export const formVersion = sqliteTable(
  'form_version',
  { ...row, body: text('body'), sig: text('sig'), pack: text('pack') },
  (t) => [uniqueIndex('form_version_id').on(t.id)],
)

/**
 * A chain: the entries of one writer in one stream. `number` is local. Where a writer has two histories its chain ends, and each branch is a
 * chain with a writer of its own (`branches.ts`).
 */
export const chain = sqliteTable(
  'chain',
  {
    number: integer('number').primaryKey(),
    stream: text('stream').notNull(),
    /** Local number of the writer. */
    writer: integer('writer').notNull(),
    /** Last entry held; seq 0 and the chain's start when there is none. Hashes are hex. */
    seq: integer('seq').notNull(),
    hash: text('hash').notNull(),
    /** Entries up to here lie elsewhere: in a snapshot, or in the chain that this one is a branch of. */
    floor_seq: integer('floor_seq').notNull().default(0),
    floor_hash: text('floor_hash').notNull(),
    /** The newest head that the writing device signed; others get the chain up to here. */
    head_seq: integer('head_seq').notNull().default(0),
    head_hash: text('head_hash').notNull().default(''),
    head_at: integer('head_at').notNull().default(0),
    head_sig: text('head_sig').notNull().default(''),
  },
  (t) => [uniqueIndex('chain_stream_writer').on(t.stream, t.writer)],
)

/** The journal: every exchanged change. */
export const journal = sqliteTable(
  'journal',
  {
    chain: integer('chain').notNull(),
    seq: integer('seq').notNull(),
    stamp: text('stamp').notNull(),
    actor: text('actor').notNull(),
    kind: text('kind').notNull(),
    row: text('row').notNull(),
    op: text('op').notNull(),
    sv: integer('sv').notNull(),
    /** Null once erased or withheld: then `commitment` keeps the chain whole. */
    payload: text('payload'),
    commitment: text('commitment'),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.chain, t.seq] }), index('journal_row').on(t.row, t.kind)],
)

/** Writers whose chains are held here; `number` is local and stands for the id in row clocks. */
export const writer = sqliteTable(
  'writer',
  {
    number: integer('number').primaryKey(),
    id: text('id').notNull(),
    /** The id that stands in its record and in the hashes of its entries; another than `id` for a branch of a chain with two histories. */
    name: text('name').notNull(),
    device: text('device').notNull(),
    record: text('record').notNull(),
    /** 1: this device writes under it or did; 2: a branch of such a one; 0: another device's. */
    own: integer('own').notNull(),
  },
  (t) => [uniqueIndex('writer_id').on(t.id), index('writer_device').on(t.device), index('writer_name').on(t.name)],
)

/** Indexes declared inside a chain (`o:"w"` entries), for base dots. */
export const writerIndex = sqliteTable(
  'writer_index',
  {
    chain: integer('chain').notNull(),
    position: integer('position').notNull(),
    /** Local number of the declared writer. */
    declared: integer('declared').notNull(),
  },
  (t) => [primaryKey({ columns: [t.chain, t.position] })],
)

/** Each writer commits to its changes of a row under a secret of its own. */
export const rowSecret = sqliteTable(
  'row_secret',
  {
    row: text('row').notNull(),
    kind: text('kind').notNull(),
    writer: integer('writer').notNull(),
    secret: text('secret').notNull(),
  },
  (t) => [primaryKey({ columns: [t.row, t.kind, t.writer] })],
)

/** Values of sensitive registers that were set at the same time elsewhere and are not shown: they wait for a decision. */
export const review = sqliteTable(
  'review',
  {
    row: text('row').notNull(),
    kind: text('kind').notNull(),
    field: text('field').notNull(),
    writer: integer('writer').notNull(),
    seq: integer('seq').notNull(),
    stamp: text('stamp').notNull(),
    value: text('value').notNull(),
    stream: text('stream').notNull(),
  },
  (t) => [primaryKey({ columns: [t.row, t.kind, t.field, t.writer, t.seq] })],
)

/** What the entries of a row made that have left the journal: it is made again from here (compact.ts). */
export const rowBase = sqliteTable(
  'row_base',
  {
    row: text('row').notNull(),
    kind: text('kind').notNull(),
    stream: text('stream').notNull(),
    /** JSON of registers, clocks and open values, as `RowBase` (row-base.ts). */
    state: text('state').notNull(),
    /** Stamp of the newest entry in it. */
    until: text('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.row, t.kind] })],
)

/** Rows whose content was erased for good: whatever comes later of them is kept as commitments alone. */
export const erased = sqliteTable(
  'erased',
  {
    row: text('row').notNull(),
    kind: text('kind').notNull(),
    stream: text('stream').notNull(),
    certificate: text('certificate').notNull(),
    ground: text('ground').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.row, t.kind, t.stream] }), index('erased_certificate').on(t.certificate)],
)

/** Entries of revoked computers beyond what is believed of them. Kept as they came. */
export const quarantine = sqliteTable(
  'quarantine',
  {
    stream: text('stream').notNull(),
    writer: text('writer').notNull(),
    seq: integer('seq').notNull(),
    hash: text('hash').notNull(),
    line: text('line').notNull(),
    reason: text('reason').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.stream, t.writer, t.seq, t.hash] })],
)

const auditIndex = (part: string) => index(`audit_${part}`).on(sql.raw(`json_extract(line, '$.${part}')`))
/** The audit chain: `line` is the exact JSON text that was hashed. Who looked at a file, what somebody did, on which day: read by index. */
export const audit = sqliteTable(
  'audit',
  { seq: integer('seq').primaryKey(), line: text('line').notNull(), hash: blob('hash', { mode: 'buffer' }).notNull() },
  () => [auditIndex('object'), auditIndex('user'), auditIndex('action'), auditIndex('at')],
)

export * from './local-tables.ts'
