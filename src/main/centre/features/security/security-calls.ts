import type { CallName, CallOutput, CallReceived } from '#shared/contract.ts'
import { Refusal } from '#shared/result.ts'
import type { securityContract } from '#shared/security/contract.ts'
import { nationalRecovery, rebuildNational } from '../../crypto/national-key.ts'
import type { SiteFinder } from '../../reference-data.ts'
import type { Desk } from './desk.ts'

type SecurityName = Extract<keyof typeof securityContract, CallName>

/** The calls about who may open the desk; they act on the desk itself and write their own audit events. */
export function securityCalls(
  desk: Desk,
  sites: SiteFinder,
): { readonly [K in SecurityName]: (input: CallReceived<K>) => CallOutput<K> | Promise<CallOutput<K>> } {
  return {
    'security.status': () => desk.status(),
    'security.sites': ({ text }) => sites.find(text),
    'security.beginSetup': ({ siteCode, ...input }) => {
      const site = sites.byCode(siteCode)
      if (!site) throw new Refusal('bad-input', { field: 'siteCode' })
      return desk.beginSetup({ ...input, site })
    },
    'security.confirmRecoveryCode': ({ code }) => desk.confirmRecoveryCode(code),
    'security.unlock': ({ login, password }) => desk.credentials.unlock(login, password),
    'security.lock': ({ why }) => desk.lock(why),
    'security.recover': ({ code, login, newPassword }) => desk.credentials.recover(code, login, newPassword),
    async 'security.recoverNational'({ sheets, login, newPassword }) {
      const national = await rebuildNational(sheets)
      const { identity } = nationalRecovery(national)
      national.wipe()
      return desk.credentials.recoverNational(identity, login, newPassword)
    },
    'security.start': ({ code, login, newPassword }) => desk.credentials.start(login, code, newPassword),
    'security.acceptUndertaking': ({ name }) => desk.acceptUndertaking(name),
    async 'security.changePassword'({ oldPassword, newPassword }) {
      await desk.credentials.changePassword(oldPassword, newPassword)
      return {}
    },
    'security.beginRecoveryCode': ({ password }) => desk.credentials.beginRecoveryCode(password),
    async 'security.replaceRecoveryCode'({ code, password }) {
      await desk.credentials.confirmRecoveryCode(code, password)
      return {}
    },
    'security.evacuationPlan': () => desk.evacuationPlan(),
    'security.evacuate': ({ password, siteName }) => desk.evacuate(password, siteName),
    'security.setLanguage': ({ language }) => desk.setLanguage(language),
    'security.enterTraining': () => desk.enterTraining(),
    'security.leaveTraining': () => desk.lock('user'),
    'security.resetTraining': () => desk.resetTraining(),
  }
}
