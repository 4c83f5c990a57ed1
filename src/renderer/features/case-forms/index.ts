export { CaseFormPage } from './case-form-page.tsx'
export { CaseForms } from './case-forms.tsx'
