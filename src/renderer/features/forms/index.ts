export { FormSections, SectionList } from './form-sections.tsx'
export { PlaceField } from './place-field.tsx'
export { useAutosave, type Autosave } from './use-autosave.ts'
