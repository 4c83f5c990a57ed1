/** The ten roles (registration, counsellor, GBV focal point, child-protection focal point, directory manager, supervisor,
 * regional coordinator, national monitoring, technical administrator, data-protection officer). */
export const roles = ['REG', 'CW', 'GBV', 'CPF', 'DIR', 'SUP', 'COO', 'NAT', 'ADM', 'DPO'] as const
export type Role = (typeof roles)[number]

/** Which roles hold which permission: one readable table. Scope (own, centre, region) is checked where the rows are read. */
export const permissionTable = {
  'case.create': ['REG', 'CW', 'GBV', 'CPF', 'SUP'],
  'case.search': ['REG', 'CW', 'GBV', 'CPF', 'SUP', 'COO'],
  'case.read': ['REG', 'CW', 'CPF', 'SUP', 'COO'],
  'case.edit': ['REG', 'CW', 'CPF'],
  'directory.read': ['REG', 'CW', 'GBV', 'CPF', 'DIR', 'SUP', 'COO', 'NAT', 'ADM'],
  'directory.edit': ['DIR', 'SUP', 'COO'],
  // decides whether a service may be chosen at all, so it is not a reader's (roles-and-audit.md E.1)
  'directory.verify': ['DIR', 'SUP', 'COO'],
  'referral.read': ['REG', 'CW', 'CPF', 'SUP', 'COO'],
  'referral.create': ['CW', 'CPF', 'SUP'],
  /** What the provider's coupon says; REG does it with the coupon's code alone (roles-and-audit.md E.1). */
  'referral.answer': ['REG', 'CW', 'CPF', 'SUP'],
  /** What the person tells, or what ends their referral. */
  'referral.follow': ['CW', 'CPF', 'SUP'],
  /** Ending what has been open for longer than a day. */
  'referral.supervise': ['SUP'],
  'sync.read': ['SUP', 'COO', 'NAT', 'DPO'],
  'sync.exchange': ['SUP', 'COO'],
  /** Decides between values set at the same time in two places. */
  'sync.review': ['SUP', 'COO'],
  /** Decides on a request for erasure (roles-and-audit.md E.1); others only receive the request. */
  'erasure.decide': ['SUP', 'COO'],
  'erasure.read': ['SUP', 'COO', 'DPO'],
  /** The idle limit and the safe screen of this desk. */
  'desk.settings': ['SUP', 'ADM'],
  /** Makes and opens the national key, enrols and revokes computers: the paper sheets are needed as well (roles-and-audit.md E.1). */
  'roster.sign': ['NAT', 'ADM'],
  /** Takes the national list in, gives it on, renews this computer's own key. */
  'roster.take': ['SUP', 'COO', 'NAT', 'ADM'],
  'roster.read': ['SUP', 'COO', 'NAT', 'ADM', 'DPO'],
  'training.use': ['REG', 'CW', 'GBV', 'CPF', 'DIR', 'SUP', 'COO', 'NAT', 'ADM', 'DPO'],
} as const satisfies Record<string, readonly Role[]>
export type PermissionId = keyof typeof permissionTable

/** Pairs that one person may not hold together (roles-and-audit.md E.1). DPO and SUP of the same centre: every user is of one centre. */
export const forbiddenPairs: readonly (readonly [Role, Role])[] = [
  ['ADM', 'GBV'],
  ['ADM', 'DPO'],
  ['DPO', 'SUP'],
]

/** True if any of the roles holds the permission. */
export function mayDo(held: readonly Role[], permission: PermissionId): boolean {
  return held.some((r) => (permissionTable[permission] as readonly Role[]).includes(r))
}

/** The first forbidden pair among the roles, or undefined. */
export function forbiddenPair(held: readonly Role[]): readonly [Role, Role] | undefined {
  return forbiddenPairs.find(([a, b]) => held.includes(a) && held.includes(b))
}
