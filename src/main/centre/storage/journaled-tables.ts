import { codeOf, codeRegister, isAnswerRegister } from '#shared/sync/entry.ts'
import { remembered } from '#shared/remembered.ts'
import { isWholeList } from '#shared/sync/register-policy.ts'

/** A field's value as features give it: text, number, null, or a list of codes. */
export type RegisterValue = string | number | null | readonly string[]

/**
 * The tables whose rows are exchanged, and their registers.
 *
 * `answers`: fields named `a_<path>` live in one JSON column, so that a new question needs no migration.
 * `lists`: columns that hold a JSON list of codes.
 */
export const journaledTables = {
  case: {
    table: 'case_record',
    columns: [
      'number',
      'status',
      'registered_on',
      'form_version',
      'created_by',
      'assigned_to',
      'assignment_asked_by',
      'origin_site',
      'origin_id',
    ],
    lists: [],
    answers: true,
  },
  information_session: {
    table: 'information_session',
    columns: ['held_on', 'outcome', 'language'],
    lists: [],
    answers: false,
  },
  organization: {
    table: 'organization',
    columns: ['name_fr', 'name_en', 'org_type', 'phone', 'email', 'security_actor', 'is_sample'],
    lists: [],
    answers: false,
  },
  service: {
    table: 'service',
    columns: [
      'organization_id',
      'name_fr',
      'name_en',
      'status',
      'cost',
      'capacity',
      'capacity_unit',
      'external_id',
      'is_sample',
      'sensitive',
    ],
    lists: ['sectors', 'types', 'target_groups', 'languages', 'accessibility'],
    answers: false,
  },
  service_point: {
    table: 'service_point',
    columns: [
      'service_id',
      'pcode',
      'locality',
      'phone',
      'hours',
      'lat',
      'lon',
      'hide_location',
      'verified_on',
      'verified_how',
      'verified_by',
    ],
    lists: [],
    answers: false,
  },
  referral: {
    table: 'referral',
    columns: [
      'case_id',
      'service_point_id',
      'code',
      'need',
      'priority',
      'status',
      'created_on',
      'created_by',
      'issued_on',
      'due_on',
      'valid_until',
      'consent_given',
      'consent_method',
      'consent_on',
      'guardian_agrees',
      'child_assents',
      'slip_language',
      'appointment',
      'provider_name_fr',
      'provider_name_en',
      'provider_place',
      'provider_hours',
      'provider_phone',
      'served_told_by',
      'origin_site',
      'origin_id',
    ],
    lists: ['consent_items'],
    answers: false,
  },
  /** One line of a referral's history; append-only. */
  referral_step: {
    table: 'referral_step',
    columns: [
      'referral_id',
      'from_state',
      'to_state',
      'happened_on',
      'recorded_at',
      'told_by',
      'by_name',
      'reason',
      'origin_site',
      'origin_id',
    ],
    lists: [],
    answers: false,
  },
  /** One form of a case other than its record: a plan, a session, a visit (docs/adr/0044-case-forms.md). */
  case_form: {
    table: 'case_form',
    columns: ['case_id', 'form', 'form_version', 'filled_on', 'state', 'created_by'],
    lists: [],
    answers: true,
  },
  /** What was decided about two cases. */
  case_link: {
    table: 'case_link',
    columns: ['case_a', 'case_b', 'about', 'verdict', 'leading', 'relation', 'reason', 'taken'],
    lists: [],
    answers: false,
  },
  /** One signed statement of the list of computers; inserted once, never changed (docs/formats/roster.md). */
  roster_entry: { table: 'roster_entry', columns: ['body', 'sig'], lists: [], answers: false },
  /** One published version of a form; inserted once, never changed (docs/formats/forms.md). */
  form_version: { table: 'form_version', columns: ['body', 'sig', 'pack'], lists: [], answers: false },
} as const satisfies Record<string, { table: string; columns: readonly string[]; lists: readonly string[]; answers: boolean }>
export type JournaledKind = keyof typeof journaledTables

/** The same names for looking up: a file asks for hundreds of thousands. */
const columnsOf = namesOf('columns')
const listsOf = namesOf('lists')
function namesOf(part: 'columns' | 'lists'): Readonly<Record<JournaledKind, ReadonlySet<string>>> {
  const kinds = Object.entries(journaledTables) as [JournaledKind, (typeof journaledTables)[JournaledKind]][]
  return Object.fromEntries(kinds.map(([kind, t]) => [kind, new Set<string>(t[part])])) as unknown as Record<
    JournaledKind,
    ReadonlySet<string>
  >
}

/** A field that features may write: columns, lists, and `a_…` answers. */
export function isField(kind: JournaledKind, field: string): boolean {
  const t = journaledTables[kind]
  return isColumn(kind, field) || isListColumn(kind, field) || (t.answers && isAnswerRegister(field))
}

/** A register of a row: a field, or `field/code`, one code of a set, in its one spelling (docs/formats/sync-file.md, "Merge"). */
export function isRegister(kind: JournaledKind, register: string): boolean {
  return registerChecks[kind](register)
}
const registerChecks = Object.fromEntries(
  Object.keys(journaledTables).map((kind) => [kind, remembered((r) => isRegisterOf(kind as JournaledKind, r))]),
) as Record<JournaledKind, (register: string) => boolean>

function isRegisterOf(kind: JournaledKind, register: string): boolean {
  const slash = register.indexOf('/')
  if (slash < 0) return isField(kind, register) && !(isListColumn(kind, register) && !isWholeList(kind, register))
  const field = register.slice(0, slash)
  if (!isField(kind, field) || isColumn(kind, field) || isWholeList(kind, field)) return false
  // one spelling of a code: two registers of one code would be one in a row
  return !register.includes('%') || codeRegister(field, codeOf(register)) === register
}

function isColumn(kind: JournaledKind, field: string): boolean {
  return columnsOf[kind].has(field)
}

/** A column that holds a JSON list of codes. */
export function isListColumn(kind: JournaledKind, field: string): boolean {
  return listsOf[kind].has(field)
}
