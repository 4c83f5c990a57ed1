import { expressionOf, isDynamicDefault } from '#shared/forms/compile-form.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'
import { formTree, type FormNode, type FormTree } from '#shared/forms/form-tree.ts'
import { sharedRepeats } from '#shared/forms/xpath-scope.ts'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const bindTypes: Readonly<Record<string, string>> = {
  integer: 'int',
  decimal: 'decimal',
  range: 'decimal',
  date: 'date',
  time: 'time',
  dateTime: 'dateTime',
}

function absolutePath(node: FormNode): string {
  return node.parent ? `${absolutePath(node.parent)}/${node.name}` : '/data'
}

/** `${name}` as pyxform writes it: relative to the row inside a shared repeat, from the root elsewhere. */
function withPaths(source: string, tree: FormTree, from: FormNode, current: boolean): string {
  const indexed = /indexed-repeat\([^)]*\)/g
  const plain = (text: string, relative: boolean) =>
    text.replace(/\$\{\s*([^}\s]+)\s*\}/g, (_, name: string) => {
      const to = tree.byName.get(name)
      if (!to) throw new Error(`no ${name}`)
      const shared = relative ? sharedRepeats(from, to) : 0
      if (shared === 0) return ` ${absolutePath(to)} `
      const common = from.repeats[shared - 1]
      let ups = ''
      for (let at: FormNode | undefined = from; at && at !== common; at = at.parent) ups += ups === '' ? '..' : '/..'
      const down = absolutePath(to).slice(absolutePath(common ?? to).length)
      return ` ${current ? 'current()/' : ''}${ups === '' ? '.' : ups}${down} `
    })
  const parts = source.split(indexed)
  const found = source.match(indexed) ?? []
  return parts.map((part, i) => plain(part, true) + plain(found[i] ?? '', false)).join('')
}

/** The XForm that pyxform would make of a pack, as far as the tests need it: one language, no media. */
export function xformsXml(pack: FormPack): string {
  const tree = formTree(pack)
  const [form] = tree.nodes
  if (!form) throw new Error('no form')
  const instance = (node: FormNode): string => {
    const inner = node.children.map(instance).join('')
    if (node.kind === 'form') return inner
    const fixed = node.row.default !== undefined && !isDynamicDefault(node.row.default) ? escaped(node.row.default) : ''
    const template = node.kind === 'repeat' ? ' jr:template=""' : ''
    return `<${node.name}${template}>${inner}${fixed}</${node.name}>`
  }
  const attribute = (name: string, node: FormNode, column: Parameters<typeof expressionOf>[0]) => {
    const source = expressionOf(column, node.row)
    return source === undefined ? '' : ` ${name}="${escaped(withPaths(source, tree, node, false))}"`
  }
  const binds = tree.nodes
    .filter((n) => n.kind !== 'form')
    .map((n) => {
      const rest = [
        attribute('relevant', n, 'relevant'),
        attribute('calculate', n, 'calculation'),
        attribute('required', n, 'required'),
        attribute('constraint', n, 'constraint'),
      ].join('')
      return `<bind nodeset="${absolutePath(n)}"${n.kind === 'question' ? ` type="${bindTypes[n.row.type] ?? 'string'}"` : ''}${rest}/>`
    })
  const lists = Object.entries(pack.choices).map(([list, choices]) => {
    const items = choices.map((c) => {
      const more = Object.entries(c.with ?? {}).map(([k, v]) => `<${k}>${escaped(v)}</${k}>`)
      return `<item><name>${escaped(c.name)}</name><label>${escaped(c.label['fr'] ?? '')}</label>${more.join('')}</item>`
    })
    return `<instance id="${list}"><list>${items.join('')}</list></instance>`
  })
  const control = (node: FormNode): string => {
    const ref = absolutePath(node)
    const label = `<label>${escaped(node.row.label?.['fr'] ?? node.name)}</label>`
    const inner = () => node.children.map(control).join('')
    if (node.kind === 'group') return `<group ref="${ref}">${label}${inner()}</group>`
    if (node.kind === 'repeat') {
      const source = expressionOf('repeatCount', node.row)
      const count =
        source === undefined ? '' : ` jr:count="${escaped(withPaths(source, tree, node.parent ?? node, false).trim())}"`
      return `<group ref="${ref}">${label}<repeat nodeset="${ref}"${count}>${inner()}</repeat></group>`
    }
    const { type, list } = node.row
    if (['calculate', 'hidden', 'image', 'file'].includes(type) || node.row.calculation !== undefined) return ''
    if (type === 'select_one' || type === 'select_multiple') {
      const filter = expressionOf('choiceFilter', node.row)
      const predicate = filter === undefined ? '' : `[${withPaths(filter, tree, node, true)}]`
      const items = `<itemset nodeset="instance('${list}')/list/item${escaped(predicate)}"><value ref="name"/><label ref="label"/></itemset>`
      return type === 'select_one'
        ? `<select1 ref="${ref}">${label}${items}</select1>`
        : `<select ref="${ref}">${label}${items}</select>`
    }
    return `<input ref="${ref}">${label}</input>`
  }
  return (
    '<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"' +
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"><h:head><h:title>T</h:title>' +
    `<model odk:xforms-version="1.0.0"><instance><data id="${pack.id}" version="${pack.version}">${instance(form)}<meta><instanceID/></meta></data></instance>` +
    `${lists.join('')}${binds.join('')}</model></h:head><h:body>${form.children.map(control).join('')}</h:body></h:html>`
  )
}
