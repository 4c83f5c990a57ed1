import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '#shared/result.ts'
import { en } from './en/index.ts'
import { fr } from './fr/index.ts'

interface Branch {
  readonly [key: string]: string | Branch
}

function leaves(branch: Branch, prefix = ''): readonly (readonly [key: string, message: string])[] {
  return Object.entries(branch).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : leaves(value, `${prefix}${key}.`),
  )
}

/** Names of the placeholders of a message, sorted, each once; words inside plural branches are not names. */
function placeholders(message: string): readonly string[] {
  return [...new Set([...message.matchAll(/\{(\w+)(?=\s*[,}])/g)].map((m) => m[1] ?? ''))].sort()
}

/** What a reader sees: the message without its placeholders and plural machinery. */
function words(message: string): string {
  return message
    .replace(/\{\w+, plural,/g, '')
    .replace(/(?:=\d+|one|many|other) \{/g, ' ')
    .replace(/\{\w+\}/g, 'x')
    .replaceAll('}', ' ')
}

const french = new Map(leaves(fr))
const english = new Map(leaves(en))

describe('catalogues', () => {
  it('U13 have the same keys in French and English', () => {
    expect([...english.keys()].sort()).toEqual([...french.keys()].sort())
    expect(french.size).toBeGreaterThan(100)
  })

  it('U13 leave no message empty', () => {
    const empty = [...french, ...english].filter(([, message]) => message.trim() === '').map(([key]) => key)
    expect(empty).toEqual([])
  })

  it('U13 use the same placeholders in both languages', () => {
    const plural = /^(?:one|many|other)$/
    const different = [...french].filter(([key, message]) => {
      const here = placeholders(message).filter((p) => !plural.test(p) && /[a-z]/.test(p))
      const there = placeholders(english.get(key) ?? '').filter((p) => !plural.test(p) && /[a-z]/.test(p))
      // a word alone in a plural branch, such as {hier}, looks like a placeholder: only those filled by the page count
      return !message.includes('plural') && here.join() !== there.join()
    })
    expect(different).toEqual([])
  })

  it('U13 count in both languages over the same number, with every form that the language needs', () => {
    const faults = [...french].flatMap(([key, message]) => {
      const counted = [...message.matchAll(/\{(\w+), plural,/g)].map((m) => m[1])
      const there = english.get(key) ?? ''
      const countedThere = [...there.matchAll(/\{(\w+), plural,/g)].map((m) => m[1])
      const forms = (m: string, names: readonly string[], counts: number) =>
        names.every((name) => [...m.matchAll(new RegExp(`\\b${name} \\{`, 'g'))].length >= counts)
      const right =
        counted.join() === countedThere.join() &&
        forms(message, ['one', 'many', 'other'], counted.length) &&
        forms(there, ['one', 'other'], countedThere.length)
      return right ? [] : [key]
    })
    expect(faults).toEqual([])
  })

  it.each(errorCodes)('say what happened and what to do for %s', (code) => {
    for (const catalogue of [fr, en]) {
      expect(catalogue.errors[code].what.length).toBeGreaterThan(10)
      expect(catalogue.errors[code].todo.length).toBeGreaterThan(10)
    }
  })

  it('write French with its own signs and spaces', () => {
    const faults = [...french].filter(([, message]) => {
      const seen = words(message)
      return (
        /[a-zà-ÿ]'[a-zà-ÿ]/i.test(seen) || // typewriter apostrophe
        /[^\u00a0] ?(?<!\u00a0):(?!\d|\/\/)/.test(seen) || // colon without a no-break space
        /(?<!\u202f)[;!?]/.test(seen) || // without a narrow no-break space
        /«(?!\u00a0)|(?<!\u00a0)»/.test(seen)
      )
    })
    expect(faults).toEqual([])
  })

  it('write English with typographic apostrophes and no French spaces', () => {
    const faults = [...english].filter(([, message]) => /[a-z]'[a-z]/i.test(words(message)) || /[\u202f]/.test(message))
    expect(faults).toEqual([])
  })
})

const rendererFolder = path.resolve(import.meta.dirname, '..')

function tsxFiles(): readonly string[] {
  return fs
    .readdirSync(rendererFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx') && !name.endsWith('.test.tsx'))
}

/** Texts for people that stand in the code itself: between tags, or in an attribute that is read or shown. */
function hardCoded(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  const between = [...code.matchAll(/(?<!=)>([^<>{}]*\p{L}{2,}[^<>{}]*)<\//gu)].map((m) => m[1] ?? '')
  const attributes = [
    ...code.matchAll(
      /\b(?:label|title|placeholder|alt|description|aria-label|aria-description|explanation)="([^"]*\p{L}[^"]*)"/gu,
    ),
  ].map((m) => m[1] ?? '')
  return [...between, ...attributes].map((found) => found.trim())
}

describe('pages', () => {
  it('U13 hold no text for people outside the catalogues', () => {
    const found = tsxFiles().flatMap((name) =>
      hardCoded(fs.readFileSync(path.join(rendererFolder, name), 'utf8')).map((text) => `${name}: ${text}`),
    )
    expect(found).toEqual([])
  })

  it.each(['<Text fw={700}>Dossiers</Text>', '<p>Ouvrir</p>', '<Button title="Fermer" />', '<img alt="Code" />'])(
    'U13 would be caught writing %s',
    (planted) => {
      expect(hardCoded(planted)).not.toEqual([])
    },
  )
})
