import { Nothing, procedure } from '../procedure.ts'
import { FormDefinition } from './form-definition.ts'

export const formsContract = {
  /** The quick card: the first tier of the profile. */
  'forms.quickCard': procedure({ input: Nothing, output: FormDefinition, permission: 'case.read' }),
  /** The questions at the end of a case. */
  'forms.closing': procedure({ input: Nothing, output: FormDefinition, permission: 'case.read' }),
} as const
