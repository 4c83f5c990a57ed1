/**
 * JSON that this application wrote into its own encrypted database or keyring.
 *
 * The one place where own text is parsed; anything from outside goes through a schema. Throws SyntaxError on damage.
 */
export function storedJson<T>(text: string): T {
  return JSON.parse(text) as T
}

/**
 * The same text in memory of its own. A part cut out of a longer text keeps all of it in memory: who keeps the ids of many lines would
 * keep the lines.
 */
export function ownText(text: string): string {
  return storedJson(JSON.stringify(text))
}
