export { CasePage } from './case-page.tsx'
export { CasesPage, CaseTable } from './cases-page.tsx'
export { NewCasePage } from './new-case-page.tsx'
