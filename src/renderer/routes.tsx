import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { AppFrame } from '#renderer/shell/app-frame.tsx'
import { PageFault } from '#renderer/ui/page-fault.tsx'

// a page takes no props: it reads `useParams({ strict: false })` and `useSearch({ strict: false })`
const rootRoute = createRootRoute({ component: AppFrame })

const cases = () => import('#renderer/features/cases/index.ts')
const people = () => import('#renderer/features/people/index.ts')
const users = () => import('#renderer/features/users/index.ts')
const rights = () => import('#renderer/features/rights/index.ts')
const referrals = () => import('#renderer/features/referrals/index.ts')

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined)
interface ListSearch {
  readonly text?: string | undefined
  readonly show?: 'incomplete' | undefined
  /** Number of a certificate: what was just erased. */
  readonly erased?: string | undefined
}
interface NewCaseSearch {
  /** Id under which the unfinished form is kept. */
  readonly draft?: string | undefined
}
interface ReferralsSearch {
  readonly show?: 'open' | 'overdue' | 'all' | undefined
}
interface RegisterSearch {
  /** Only what happened to this case and its referrals. */
  readonly case?: string | undefined
}
/** The two cases to compare. */
interface CompareSearch {
  readonly first?: string | undefined
  readonly second?: string | undefined
}
interface NewReferralSearch {
  readonly case?: string | undefined
}

const routeTree = rootRoute.addChildren([
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/',
    component: lazyRouteComponent(() => import('#renderer/features/home/index.ts'), 'HomePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/cases',
    validateSearch: (search: Record<string, unknown>): ListSearch => ({
      text: text(search.text),
      show: search.show === 'incomplete' ? 'incomplete' : undefined,
      erased: text(search.erased),
    }),
    component: lazyRouteComponent(cases, 'CasesPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/cases/new',
    validateSearch: (search: Record<string, unknown>): NewCaseSearch => ({ draft: text(search.draft) }),
    component: lazyRouteComponent(cases, 'NewCasePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/cases/import',
    component: lazyRouteComponent(() => import('#renderer/features/submissions/index.ts'), 'SubmissionsPage'),
  }),
  createRoute({ getParentRoute: () => rootRoute, path: '/cases/$caseId', component: lazyRouteComponent(cases, 'CasePage') }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/cases/$caseId/forms/$caseFormId',
    component: lazyRouteComponent(() => import('#renderer/features/case-forms/index.ts'), 'CaseFormPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/directory',
    component: lazyRouteComponent(() => import('#renderer/features/directory/index.ts'), 'DirectoryPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/referrals',
    validateSearch: (search: Record<string, unknown>): ReferralsSearch => ({
      show: search.show === 'overdue' || search.show === 'all' || search.show === 'open' ? search.show : undefined,
    }),
    component: lazyRouteComponent(referrals, 'ReferralsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/referrals/new',
    validateSearch: (search: Record<string, unknown>): NewReferralSearch => ({ case: text(search.case) }),
    component: lazyRouteComponent(referrals, 'NewReferralPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/referrals/$referralId',
    component: lazyRouteComponent(referrals, 'ReferralPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sync',
    component: lazyRouteComponent(() => import('#renderer/features/sync/index.ts'), 'SyncPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/computers',
    component: lazyRouteComponent(() => import('#renderer/features/roster/index.ts'), 'RosterPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/form-packs',
    component: lazyRouteComponent(() => import('#renderer/features/form-packs/index.ts'), 'FormPacksPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/register',
    validateSearch: (search: Record<string, unknown>): RegisterSearch => ({ case: text(search.case) }),
    component: lazyRouteComponent(() => import('#renderer/features/audit/index.ts'), 'RegisterPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/desk',
    component: lazyRouteComponent(() => import('#renderer/features/desk/index.ts'), 'DeskPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/backups',
    component: lazyRouteComponent(() => import('#renderer/features/backups/index.ts'), 'BackupsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/exports',
    component: lazyRouteComponent(() => import('#renderer/features/exports/index.ts'), 'ExportsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/private',
    component: lazyRouteComponent(() => import('#renderer/features/envelope/index.ts'), 'EnvelopePage'),
  }),
  createRoute({ getParentRoute: () => rootRoute, path: '/rights', component: lazyRouteComponent(rights, 'RightsPage') }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/duplicates',
    component: lazyRouteComponent(people, 'DuplicatesPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/compare',
    validateSearch: (search: Record<string, unknown>): CompareSearch => ({
      first: text(search.first),
      second: text(search.second),
    }),
    component: lazyRouteComponent(people, 'ComparePage'),
  }),
  createRoute({ getParentRoute: () => rootRoute, path: '/users', component: lazyRouteComponent(users, 'UsersPage') }),
  createRoute({ getParentRoute: () => rootRoute, path: '/account', component: lazyRouteComponent(users, 'AccountPage') }),
])

/** The pages of the application. Addresses live after the #: pages are files, not a server. */
export const router = createRouter({
  routeTree,
  history: createHashHistory(),
  defaultErrorComponent: PageFault,
  defaultNotFoundComponent: PageFault,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: typeof router
  }
}
