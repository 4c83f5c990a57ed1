export { AccountPage } from './account-page.tsx'
export { UsersPage } from './users-page.tsx'
