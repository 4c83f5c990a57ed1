export { SubmissionsPage } from './submissions-page.tsx'
