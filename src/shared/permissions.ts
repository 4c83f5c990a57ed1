/** The ten roles (registration, counsellor, GBV focal point, child-protection focal point, directory manager, supervisor,
 * regional coordinator, national monitoring, technical administrator, data-protection officer). */
export const roles = ['REG', 'CW', 'GBV', 'CPF', 'DIR', 'SUP', 'COO', 'NAT', 'ADM', 'DPO'] as const
export type Role = (typeof roles)[number]

/**
 * How far a permission reaches.
 *
 * - `own`: cases assigned to the user, or made by the user and assigned to nobody else; copies that another centre handed over.
 * - `today`: cases that the user made on this very day.
 * - `minors`: cases of people under 18 or of unknown age.
 * - `centre`, `region`: every case that this desk holds, copies from other centres included; a desk holds no more than its own region's.
 * - `national`, `aggregate`: counts, never a case.
 *
 * ` x`: only once a reason was given, which the audit keeps. ` k`: codes only, the person's identity is masked.
 */
type Extent = 'own' | 'today' | 'minors' | 'centre' | 'region' | 'national' | 'aggregate'
export type Scope = Extent | `${Extent} x` | `${Extent} k`
type Row = Readonly<Partial<Record<Role, Scope | readonly Scope[]>>>

/** Who may do what, and how far: roles-and-audit.md E.1 as one table. A role that is not named in a row may not. */
export const permissionTable = {
  // cases
  'case.create': { REG: 'centre', CW: 'centre', GBV: 'centre', CPF: 'centre', SUP: 'centre' },
  /** Does this person exist? Code and initials, no content. */
  'case.search': { REG: 'centre', CW: 'centre', GBV: 'centre', CPF: 'centre', SUP: 'centre', COO: 'region x' },
  /** Opening a case at all; what of it is shown is said by the four rows below. */
  'case.read': { REG: 'today', CW: 'own', GBV: 'own', CPF: ['minors', 'today'], SUP: 'centre', COO: 'region' },
  'case.identity': { REG: 'today', CW: 'own', GBV: 'own x', CPF: 'minors', SUP: 'centre x', COO: 'region x' },
  'case.restricted': { CW: 'own', GBV: 'own', CPF: 'minors', SUP: 'centre', COO: 'region k' },
  'case.confidential': { CW: 'own', CPF: 'minors', SUP: 'centre x' },
  /** The whole quick card, while it is filled in: whoever opens a case writes it down on the same day. */
  'case.card': { REG: 'today', CW: 'today', GBV: 'today', CPF: 'today', SUP: 'today' },
  'case.edit': { REG: 'today', CW: 'own', GBV: 'today', CPF: ['minors', 'today'], SUP: 'today' },
  /** A plan, a session, a visit: whoever follows the person fills it, others read what of a case they read. */
  'caseForm.read': { CW: 'own', GBV: 'own', CPF: 'minors', SUP: 'centre', COO: 'region k' },
  'caseForm.fill': { CW: 'own', CPF: 'minors' },
  /** A supervisor's word on a plan. */
  'caseForm.approve': { SUP: 'centre' },
  /** Notes that the person takes back their agreement; whose case it is, or who answers for it. */
  'consent.withdraw': { CW: 'own', CPF: 'minors', SUP: 'centre' },
  /** The list of what is owed to people: deadlines, hand-overs, calls. */
  'rights.tasks': { CW: 'own', CPF: 'minors', SUP: 'centre', COO: 'region k', DPO: 'centre k' },
  /** Whoever is at the desk writes down what a person asks about their data; a supervisor decides, whose case it is does it. */
  'request.receive': { REG: 'centre', CW: 'centre', GBV: 'own', CPF: 'centre', SUP: 'centre' },
  'request.decide': { SUP: 'centre', COO: 'region' },
  'request.finish': { CW: 'own', CPF: 'minors', SUP: 'centre' },
  'case.proposeClosing': { CW: 'own', CPF: 'minors', SUP: 'centre' },
  'case.close': { SUP: 'centre' },
  'case.assign': { SUP: 'centre', COO: 'region' },
  'case.askFor': { CW: 'centre', CPF: 'centre' },
  /** Decides whether two cases are of one person, and takes it back. */
  'people.decide': { SUP: 'centre', COO: 'region' },
  /** Who lives with whom. */
  'people.household': { CW: 'own', CPF: 'minors', SUP: 'centre' },
  // directory
  'directory.read': {
    REG: 'centre',
    CW: 'centre',
    GBV: 'centre',
    CPF: 'centre',
    DIR: 'centre',
    SUP: 'centre',
    COO: 'region',
    NAT: 'national',
    ADM: 'centre',
  },
  'directory.edit': { DIR: 'centre', SUP: 'centre', COO: 'region' },
  /** Decides whether a service may be chosen at all, so it is not a reader's. */
  'directory.verify': { DIR: 'centre', SUP: 'centre', COO: 'region' },
  // forms
  /** Sees the forms' versions, checks a file, takes a form out as a spreadsheet. */
  'form.read': { SUP: 'centre', COO: 'region', NAT: 'national', ADM: 'centre' },
  /** Publishes a version for every centre; the paper sheets are needed as well. */
  'form.publish': { NAT: 'national' },
  // private talk
  /** Nobody else is told that there is anything: their calls are answered `not-found` (H12, H22). */
  'envelope.own': { GBV: 'own' },
  // referrals
  'referral.list': { CW: 'own', CPF: 'minors', SUP: 'centre', COO: 'region k' },
  /** One referral, found in the list or by the code on its slip. */
  'referral.read': { REG: 'centre k', CW: 'own', CPF: ['minors', 'centre k'], SUP: 'centre', COO: 'region k' },
  'referral.create': { CW: 'own', CPF: 'minors', SUP: 'centre' },
  /** What the provider's coupon says; without `referral.follow` with the coupon's code alone. */
  'referral.answer': { REG: 'centre k', CW: 'own', CPF: 'centre k', SUP: 'centre' },
  /** What the person tells, or what ends their referral. */
  'referral.follow': { CW: 'own', CPF: 'minors', SUP: 'centre' },
  /** Ending what has been open for longer than a day. */
  'referral.supervise': { SUP: 'centre' },
  // exchange
  'sync.read': { SUP: 'centre', COO: 'region', NAT: 'aggregate', DPO: 'centre' },
  'sync.exchange': { SUP: 'centre', COO: 'region' },
  /** Decides between values set at the same time in two places. */
  'sync.review': { SUP: 'centre', COO: 'region' },
  /** Decides on a request for erasure; others only receive the request. */
  'erasure.decide': { SUP: 'centre', COO: 'region' },
  'erasure.read': { SUP: 'centre', COO: 'region', DPO: 'centre' },
  /** The register of actions; an administrator gets its technical part alone. */
  'audit.read': { SUP: 'centre', ADM: 'centre', DPO: 'centre' },
  /** Takes the register out to be checked on another computer, and checks another computer's. */
  'audit.carry': { SUP: 'centre', DPO: 'centre' },
  /** Rows without names: the coordinator asks and writes, the data-protection officer allows. Rows with an identity leave in no way. */
  'export.read': { COO: 'region', DPO: 'centre' },
  'export.ask': { COO: 'region' },
  'export.allow': { DPO: 'centre' },
  /** The idle limit and the safe screen of this desk. */
  'desk.settings': { SUP: 'centre', ADM: 'centre' },
  // people and keys
  /** Makes and opens the national key, enrols and revokes computers: the paper sheets are needed as well (roles-and-audit.md E.1). */
  'roster.sign': { NAT: 'national', ADM: 'national' },
  /** Takes the national list in, gives it on, renews this computer's own key. */
  'roster.take': { SUP: 'centre', COO: 'region', NAT: 'national', ADM: 'centre' },
  'roster.read': { SUP: 'centre', COO: 'region', NAT: 'national', ADM: 'centre', DPO: 'centre' },
  'user.read': { SUP: 'centre', COO: 'region', ADM: 'centre', DPO: 'centre' },
  /** Creates, disables, gives starting codes and changes roles; weighty roles wait for a second person (shared/users/role-rules.ts). */
  'user.manage': { SUP: 'centre', ADM: 'centre' },
  'user.approve': { SUP: 'centre', COO: 'region', ADM: 'centre' },
  /** Makes copies, takes them away from the computer, checks them. An administrator's role shows no case in any of them. */
  'backup.manage': { SUP: 'centre', ADM: 'centre' },
  /** Puts a copy in the place of a desk with the own password in it; others need the copy's paper code. */
  'backup.restore': { SUP: 'centre' },
  /** Makes the desk unusable at once, in danger (H52). */
  'evacuation.start': { SUP: 'centre', COO: 'region', ADM: 'centre' },
  'recovery.manage': { SUP: 'centre', ADM: 'centre' },
  'training.use': {
    REG: 'own',
    CW: 'own',
    GBV: 'own',
    CPF: 'own',
    DIR: 'own',
    SUP: 'own',
    COO: 'own',
    NAT: 'own',
    ADM: 'own',
    DPO: 'own',
  },
} as const satisfies Record<string, Row>
export type PermissionId = keyof typeof permissionTable

/** Pairs that one person may not hold together (roles-and-audit.md E.1). DPO and SUP of the same centre: every user is of one centre. */
export const forbiddenPairs: readonly (readonly [Role, Role])[] = [
  ['ADM', 'GBV'],
  ['ADM', 'DPO'],
  ['DPO', 'SUP'],
]

/** How far these roles reach together with a permission; empty: not at all. */
export function scopesOf(held: readonly Role[], permission: PermissionId): readonly Scope[] {
  const row: Row = permissionTable[permission]
  return [...new Set(held.flatMap((role) => row[role] ?? []))]
}

/** True if any of the roles holds the permission, however far it reaches. */
export function mayDo(held: readonly Role[], permission: PermissionId): boolean {
  return scopesOf(held, permission).length > 0
}

/** The first forbidden pair among the roles, or undefined. */
export function forbiddenPair(held: readonly Role[]): readonly [Role, Role] | undefined {
  return forbiddenPairs.find(([a, b]) => held.includes(a) && held.includes(b))
}
