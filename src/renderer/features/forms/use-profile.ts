import { useCall } from '#renderer/api/call.ts'
import { compileForm, type CompiledForm } from '#shared/forms/compile-form.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'

const compiled = new WeakMap<FormPack, CompiledForm>()

/** A form made ready to be filled in, once for each pack that was read. */
export function compiledOnce(pack: FormPack): CompiledForm {
  const form = compiled.get(pack) ?? compileForm(pack)
  compiled.set(pack, form)
  return form
}

/**
 * The profile made ready to be filled in, undefined until it was read: the version in use, or that of a record. Compiled once, whoever asks.
 */
export function useProfile({ version, enabled = true }: { readonly version?: string; readonly enabled?: boolean } = {}): {
  readonly form: CompiledForm | undefined
  readonly error: unknown
} {
  const pack = useCall('forms.profile', version === undefined ? {} : { version }, enabled)
  if (!pack.data) return { form: undefined, error: pack.error }
  return { form: compiledOnce(pack.data), error: undefined }
}
