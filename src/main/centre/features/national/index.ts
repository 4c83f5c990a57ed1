// What the national key signed, as this desk believes it: the list of computers, and the versions of forms.
export {
  addedForms,
  cardsOf,
  closingInUse,
  formOfVersion,
  newestForm,
  newestProfile,
  profileOf,
  type CardOf,
  type ReadyForm,
  type RecordForm,
} from './forms-in-use.ts'
export { formsPassedOver, publishedForms, publishedPack, publishForm, signFormsAgain } from './form-versions.ts'
export {
  heldStatements,
  keepList,
  nationalPin,
  pinNational,
  readRoster,
  rosterOf,
  writeStatements,
  type Roster,
} from './roster.ts'
