export { createDesk, type Desk } from './desk.ts'
export { userIdOf } from './user-id.ts'
export { recipientSetting } from './vault.ts'
export { securityCalls } from './security-calls.ts'
