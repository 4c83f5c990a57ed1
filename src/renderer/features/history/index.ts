export { CaseHistory } from './case-history.tsx'
export { useChangeWords } from './change-words.ts'
