import { createRequire } from 'node:module'
import { JSDOM } from 'jsdom'

const needed =
  /^(?:DOMParser|XMLSerializer|Node|Element|Attr|Text|Comment|CDATASection|Document|XMLDocument|HTML.*|Processing.*|document|NodeFilter|XPath.*|NamedNodeMap|CharacterData)$/

/** Gives this thread what the ODK engine expects of a browser, and of CommonJS. For a worker or a bench of its own: it changes globals. */
export function putDomForEngine(): void {
  const { window } = new JSDOM('')
  const more: Record<string, unknown> = { __dirname: '/', require: createRequire(import.meta.url) }
  for (const name of Object.getOwnPropertyNames(window)) if (needed.test(name)) more[name] = window[name]
  Object.assign(globalThis, more)
}
