import { useCall } from '#renderer/api/call.ts'
import { compileForm, type CompiledForm } from '#shared/forms/compile-form.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'

const compiled = new WeakMap<FormPack, CompiledForm>()

/**
 * The profile made ready to be filled in, undefined until it was read: the version in use, or that of a record. Compiled once, whoever asks.
 */
export function useProfile({ version, enabled = true }: { readonly version?: string; readonly enabled?: boolean } = {}): {
  readonly form: CompiledForm | undefined
  readonly error: unknown
} {
  const pack = useCall('forms.profile', version === undefined ? {} : { version }, enabled)
  if (!pack.data) return { form: undefined, error: pack.error }
  const form = compiled.get(pack.data) ?? compileForm(pack.data)
  compiled.set(pack.data, form)
  return { form, error: undefined }
}
