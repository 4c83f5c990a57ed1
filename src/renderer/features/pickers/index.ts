export type { OfferedChoice } from './choice-field.tsx'
export { pickerOf } from './question-picker.tsx'
export { UnitField } from './unit-field.tsx'
export { usePlaceWords } from './use-places.ts'
