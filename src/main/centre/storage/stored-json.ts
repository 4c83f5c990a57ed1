/**
 * JSON that this application wrote into its own encrypted database or keyring.
 *
 * The one place where own text is parsed; anything from outside goes through a schema. Throws SyntaxError on damage.
 */
export function storedJson<T>(text: string): T {
  return JSON.parse(text) as T
}
