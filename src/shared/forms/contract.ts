import { Nothing, procedure } from '../procedure.ts'
import { FormDefinition } from './form-definition.ts'
import { FormPack } from './form-pack.ts'

export const formsContract = {
  /** The whole profile, as its pack: asked once, and compiled by the page. */
  'forms.profile': procedure({ input: Nothing, output: FormPack, permission: 'case.read' }),
  /** The quick card: the first tier of the profile. */
  'forms.quickCard': procedure({ input: Nothing, output: FormDefinition, permission: 'case.read' }),
  /** The questions at the end of a case. */
  'forms.closing': procedure({ input: Nothing, output: FormDefinition, permission: 'case.read' }),
} as const
