import { scopesOf, type PermissionId, type Role, type Scope } from '../permissions.ts'

/** What decides how far somebody's permissions reach to one case. */
export interface CaseStanding {
  readonly createdBy: string | null
  /** Null: whoever created it has it. */
  readonly assignedTo: string | null
  /** YYYY-MM-DD. */
  readonly registeredOn: string
  /** Under 18, or of unknown age. */
  readonly isMinor: boolean
  /** A copy that another centre handed over: nobody's in particular, so every counsellor's own. */
  readonly isCopy: boolean
}

/** Who asks, and on which day (YYYY-MM-DD). */
export interface Asker {
  readonly userId: string
  readonly roles: readonly Role[]
  readonly day: string
}

/** `reason`: once a reason was given; `codes`: without the person's identity; `no`: as if the case were not there. */
export type Reach = 'yes' | 'reason' | 'codes' | 'no'

function extentHolds(scope: Scope, standing: CaseStanding, { userId, day, roles }: Asker): boolean {
  switch (scope.split(' ')[0]) {
    case 'own':
      // what came back after a restore has lost who made it: every counsellor's, until a supervisor gives it
      return standing.isCopy || (standing.assignedTo ?? standing.createdBy ?? (roles.includes('CW') ? userId : null)) === userId
    case 'today':
      return standing.createdBy === userId && standing.registeredOn === day
    case 'minors':
      return standing.isMinor
    case 'centre':
    case 'region':
      return true
    default:
      // counts are nobody's case
      return false
  }
}

/** How far a permission reaches to a case: the widest of what the roles give (roles-and-audit.md E.1). Pure. */
export function reachOf(permission: PermissionId, standing: CaseStanding, asker: Asker): Reach {
  const holding = scopesOf(asker.roles, permission).filter((scope) => extentHolds(scope, standing, asker))
  if (holding.some((scope) => !scope.includes(' '))) return 'yes'
  if (holding.some((scope) => scope.endsWith(' x'))) return 'reason'
  return holding.length > 0 ? 'codes' : 'no'
}

/** Which parts of a case may be shown. */
export interface Sight {
  readonly identity: boolean
  readonly restricted: boolean
  readonly confidential: boolean
}

export const nothingSeen: Sight = { identity: false, restricted: false, confidential: false }

/**
 * What of a case may be shown now; `reasonGiven`: somebody said why, in this session.
 *
 * The card that one fills in today is seen whole, unless what is asked about is no card (`ofCard` false).
 */
export function sightOf(standing: CaseStanding, asker: Asker, reasonGiven: boolean, ofCard = true): Sight {
  // a case that was given to somebody else the same day is out of reach, card and all
  const isCard = ofCard && reachOf('case.card', standing, asker) === 'yes' && reachOf('case.read', standing, asker) !== 'no'
  const sees = (permission: 'case.identity' | 'case.restricted' | 'case.confidential', codesToo = false) => {
    const reach = reachOf(permission, standing, asker)
    return isCard || reach === 'yes' || (reach === 'reason' && reasonGiven) || (codesToo && reach === 'codes')
  }
  return {
    identity: sees('case.identity'),
    restricted: sees('case.restricted', true),
    confidential: sees('case.confidential'),
  }
}

/** True when giving a reason would show more. */
export function reasonShowsMore(standing: CaseStanding, asker: Asker): boolean {
  return !sightOf(standing, asker, false).identity && sightOf(standing, asker, true).identity
}
