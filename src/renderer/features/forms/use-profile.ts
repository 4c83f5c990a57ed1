import { useCall } from '#renderer/api/call.ts'
import { compileForm, type CompiledForm } from '#shared/forms/compile-form.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'

const compiled = new WeakMap<FormPack, CompiledForm>()

/** The profile made ready to be filled in; undefined until it was read. Compiled once, whoever asks. */
export function useProfile(enabled = true): { readonly form: CompiledForm | undefined; readonly error: unknown } {
  const pack = useCall('forms.profile', {}, enabled)
  if (!pack.data) return { form: undefined, error: pack.error }
  const form = compiled.get(pack.data) ?? compileForm(pack.data)
  compiled.set(pack.data, form)
  return { form, error: undefined }
}
