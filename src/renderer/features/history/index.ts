export { CaseHistory } from './case-history.tsx'
export { ChangedValue } from './changed-value.tsx'
export { useChangeWords } from './change-words.ts'
