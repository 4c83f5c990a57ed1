export { DirectoryPage } from './directory-page.tsx'
export { openingHours } from './opening-hours.ts'
export { accessInWords, groupsInWords, languagesInWords } from './service-words.ts'
export { ServiceSearch } from './service-search.tsx'
