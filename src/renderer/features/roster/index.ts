export { OpenKey } from './open-key.tsx'
export { RosterPage } from './roster-page.tsx'
