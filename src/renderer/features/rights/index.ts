export { CaseRights } from './case-rights.tsx'
export { RightsPage } from './rights-page.tsx'
