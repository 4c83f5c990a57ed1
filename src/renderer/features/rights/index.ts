export { CaseRights } from './case-rights.tsx'
