export { createDesk, type Desk } from './desk.ts'
export { userIdOf } from './user-id.ts'
export { securityCalls } from './security-calls.ts'
