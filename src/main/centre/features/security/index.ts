export { createDesk, type Desk } from './desk.ts'
export { securityCalls } from './security-calls.ts'
