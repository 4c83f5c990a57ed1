import { SaxesParser } from 'saxes'
import type { XmlElement } from '#shared/submissions/read-instance.ts'

const depthMax = 30
const elementsMax = 20_000

interface OpenElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: OpenElement[]
  text: string
}

/** The root of an XML text, or undefined for what is no XML, has a document type (nothing of it is expanded), or is nested or split beyond any form. */
export function readXml(text: string): XmlElement | undefined {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  const open: OpenElement[] = []
  let root: OpenElement | undefined
  let count = 0
  const refuse = (): never => {
    throw new SyntaxError('xml')
  }
  const bare = (name: string) => name.slice(name.indexOf(':') + 1)
  parser.on('error', refuse)
  parser.on('doctype', refuse)
  parser.on('opentag', ({ name, attributes }) => {
    count += 1
    if (count > elementsMax || open.length >= depthMax) refuse()
    const element: OpenElement = { name: bare(name), attributes, children: [], text: '' }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  const add = (more: string) => {
    const at = open.at(-1)
    if (at) at.text += more
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => void open.pop())
  try {
    parser.write(text).close()
  } catch {
    return undefined
  }
  return root
}
