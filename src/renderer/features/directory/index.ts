export { DirectoryPage } from './directory-page.tsx'
export { ServiceSearch } from './service-search.tsx'
