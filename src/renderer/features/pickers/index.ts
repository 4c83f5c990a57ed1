export { PlaceField } from './place-field.tsx'
export { UnitField } from './unit-field.tsx'
export { usePlaceWords } from './use-places.ts'
