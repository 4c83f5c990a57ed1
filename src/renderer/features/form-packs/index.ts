export { FormPacksPage } from './form-packs-page.tsx'
