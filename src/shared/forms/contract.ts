import { Nothing, procedure } from '../procedure.ts'
import { FormDefinition } from './form-definition.ts'

export const formsContract = {
  /** The quick card: consent, identity, places, situation (tier 1). */
  'forms.quickCard': procedure({ input: Nothing, output: FormDefinition, permission: 'case.read' }),
} as const
