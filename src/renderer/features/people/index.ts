export { ComparePage } from './compare-page.tsx'
export { DuplicatesPage } from './duplicates-page.tsx'
export { Household } from './household.tsx'
export { SameCases } from './same-cases.tsx'
