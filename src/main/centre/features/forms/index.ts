import type { formsContract } from '#shared/forms/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'

export const formsHandlers = (reference: ReferenceData): Handlers<CentreCalls<typeof formsContract>> => ({
  'forms.profile': () => reference.profile.pack,
  'forms.quickCard': () => reference.quickCard,
  'forms.closing': () => reference.closing,
})
