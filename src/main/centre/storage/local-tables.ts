import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

// Tables of this desk alone: never exchanged.

export const setting = sqliteTable('setting', { key: text('key').primaryKey(), value: text('value').notNull() })
export const counter = sqliteTable('counter', { name: text('name').primaryKey(), value: integer('value').notNull() })
export const appUser = sqliteTable(
  'app_user',
  {
    id: text('id').primaryKey(),
    login: text('login').notNull(),
    name: text('name').notNull(),
    roles: text('roles').notNull(),
    created_at: integer('created_at').notNull(),
    /** Since when this person may not sign in; null: may. */
    disabled_at: integer('disabled_at'),
    /** When the confidentiality undertaking was last accepted. */
    undertaking_at: integer('undertaking_at'),
    /** Roles that wait for a second person, JSON, and who asked for them. */
    asked_roles: text('asked_roles'),
    asked_by: text('asked_by'),
  },
  (t) => [uniqueIndex('app_user_login').on(t.login)],
)
/** What a user typed into a form and what is not stored yet: unfinished, refused or interrupted. Lost with nothing but the user's own will. */
export const draft = sqliteTable(
  'draft',
  {
    user_id: text('user_id').notNull(),
    form: text('form').notNull(),
    /** What the form is about: a case, a referral, or an id that the page made for a person not yet received. */
    subject: text('subject').notNull(),
    /** JSON question -> text as typed. */
    texts: text('texts').notNull().default('{}'),
    /** The field that had the focus last; '' for none. */
    focused: text('focused').notNull().default(''),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.user_id, t.form, t.subject] }), index('draft_subject').on(t.subject)],
)
/**
 * Interviews that were taken from files of Kobo and ODK, so that none is taken twice: a keyed hash of each of its ids and of its content,
 * kept after its draft is gone.
 */
export const submissionMark = sqliteTable(
  'submission_mark',
  {
    mark: text('mark').primaryKey(),
    /** Of the draft that was made. */
    subject: text('subject').notNull(),
    /** The day on which it was sent, as its file told it; '' for none. */
    sent_on: text('sent_on').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [index('submission_mark_subject').on(t.subject)],
)
/**
 * Under what two cases may be found to be of one person: two of their names as they sound, or a telephone number. Made from the cases, like the
 * search index. `n` is the number of the case's row.
 */
export const personKey = sqliteTable(
  'person_key',
  {
    key: text('key').notNull(),
    n: integer('n').notNull(),
    /** Year of birth, stated or reckoned; 0 when nothing tells it. */
    year: integer('year').notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.n] }), index('person_key_n').on(t.n)],
)
export const printLog = sqliteTable('print_log', {
  referral_id: text('referral_id').primaryKey(),
  times: integer('times').notNull(),
})
export const peer = sqliteTable('peer', {
  device: text('device').primaryKey(),
  card: text('card').notNull(),
  site_code: text('site_code').notNull(),
  trusted_at: integer('trusted_at').notNull(),
  /** Counter of the newest file taken in from it; what it says there of itself is believed, older files are not. */
  received_counter: integer('received_counter').notNull().default(0),
  /** What the peer said it holds: JSON stream -> writer -> seq. */
  holds: text('holds').notNull().default('{}'),
  /** Ends of chains that it said it holds and that no history here passes through: JSON list of [stream, writer, seq, hash]. */
  apart: text('apart').notNull().default('[]'),
  /** The recipient that it opens files with by its last file, where a newer one of it was known here; null where none was. */
  reads_still: text('reads_still'),
  /** Milliseconds by which its clock was ahead (positive) or behind in that file. */
  clock_off: integer('clock_off').notNull().default(0),
})
/** The register of actions of other computers, as the files taken in from them told its head: one row for each file. */
export const registerHead = sqliteTable(
  'register_head',
  {
    device: text('device').notNull(),
    file_id: text('file_id').notNull(),
    counter: integer('counter').notNull(),
    seq: integer('seq').notNull(),
    hash: text('hash').notNull(),
    at: integer('at').notNull(),
    /** How it contradicts what earlier files told; null when it does not. */
    fault: text('fault'),
  },
  (t) => [primaryKey({ columns: [t.device, t.file_id] }), index('register_head_seq').on(t.device, t.seq)],
)
/** Files exchanged: a record for the page, for "already imported" and for undo. */
export const fileLog = sqliteTable(
  'file_log',
  {
    id: integer('id').primaryKey(),
    file_id: text('file_id').notNull(),
    direction: text('direction').notNull(),
    device: text('device').notNull(),
    site: text('site').notNull(),
    counter: integer('counter').notNull(),
    at: integer('at').notNull(),
    changes: integer('changes').notNull(),
    /** `done`, `undone`, or the code with which it was refused. */
    outcome: text('outcome').notNull(),
    details: text('details').notNull().default('{}'),
  },
  (t) => [
    index('file_log_file').on(t.direction, t.file_id),
    index('file_log_device').on(t.device, t.id),
    index('file_log_site').on(t.site, t.id),
  ],
)
/** What an import brought: entries `from_seq`..`to_seq` of a chain. */
export const importRange = sqliteTable(
  'import_range',
  {
    file: integer('file').notNull(),
    chain: integer('chain').notNull(),
    from_seq: integer('from_seq').notNull(),
    to_seq: integer('to_seq').notNull(),
    /** The chain's signed head before the import, JSON: [seq, hash, at, signature]. */
    head: text('head').notNull(),
  },
  (t) => [primaryKey({ columns: [t.file, t.chain] })],
)
/** Wishes to take rows without names out of this desk, and what was said to them. */
export const dataExport = sqliteTable('data_export', {
  id: text('id').primaryKey(),
  purpose: text('purpose').notNull(),
  asked_by: text('asked_by').notNull(),
  asked_at: integer('asked_at').notNull(),
  state: text('state').notNull(),
  decided_by: text('decided_by'),
  decided_at: integer('decided_at'),
  reason: text('reason'),
})

/** Erasures decided at this desk: what their certificates say, without a name of the person. */
export const erasure = sqliteTable('erasure', {
  certificate: text('certificate').primaryKey(),
  case_number: text('case_number').notNull(),
  ground: text('ground').notNull(),
  at: integer('at').notNull(),
  by_name: text('by_name').notNull(),
  by_role: text('by_role').notNull(),
  /** Our writer's last erasing entry in each stream, JSON stream -> [writer id, seq]: who holds it has erased. */
  reached: text('reached').notNull(),
})
