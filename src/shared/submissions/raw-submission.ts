import type { CompiledForm } from '../forms/compile-form.ts'
import { pathOf, type FormNode } from '../forms/form-tree.ts'

/** What stands in a file for one question, before anybody has looked whether it is an answer. */
export interface GivenText {
  readonly node: FormNode
  readonly path: string
  /** The first column or element that held it. */
  readonly column: string
  text: string
  /** Choices that columns of their own tick. */
  readonly ticked: string[]
  /** What stood in such a column and says neither yes nor no. */
  readonly unclear: string[]
}

/** Where an interview stands: its row in the first sheet, none for a file of its own. */
export interface SubmissionPlace {
  readonly file: string
  readonly row?: number
}

/** One interview as its file holds it. */
export class RawSubmission {
  readonly place: SubmissionPlace
  /** By path, in the order of the file. */
  readonly given = new Map<string, GivenText>()
  /** Lines of repeats, by path, in their order. */
  readonly lines: string[] = []
  /** What Kobo or ODK wrote of it, by name. */
  readonly noted = new Map<string, string>()
  readonly #form: CompiledForm
  readonly #counts = new Map<string, number>()

  constructor(form: CompiledForm, place: SubmissionPlace) {
    this.#form = form
    this.place = place
  }

  /** The key of line `number` of a repeat: it sorts in the order of the file, and before what is added at a desk afterwards. */
  keyOf(repeat: FormNode, number: number): string {
    return this.#form.unitsOf[repeat.id]?.count ? `n${String(number).padStart(4, '0')}` : String(number).padStart(9, '0')
  }

  /** Begins the next line of a repeat and gives its keys; `around` are those of the repeats around it. */
  nextLine(repeat: FormNode, around: readonly string[]): readonly string[] {
    const list = pathOf(repeat, [...around, ''])
    const number = (this.#counts.get(list) ?? 0) + 1
    this.#counts.set(list, number)
    const keys = [...around, this.keyOf(repeat, number)]
    this.#begin(repeat, keys)
    return keys
  }

  /** Takes what stands at a question; nothing for an empty text. `code` for a column that ticks one choice. */
  give(node: FormNode, keys: readonly string[], column: string, text: string, code?: string): void {
    const said = text.trim()
    if (said === '') return
    const isTicked = code === undefined ? undefined : tick(said)
    if (isTicked === false) return
    for (const [at, repeat] of node.repeats.entries()) this.#begin(repeat, keys.slice(0, at + 1))
    const path = pathOf(node, keys)
    const here = this.given.get(path) ?? { node, path, column, text: '', ticked: [], unclear: [] }
    this.given.set(path, here)
    if (code === undefined) here.text = here.text === '' || here.text === said ? said : `${here.text} ${said}`
    else if (isTicked) here.ticked.push(code)
    else here.unclear.push(`${code}: ${said}`)
  }

  #begin(repeat: FormNode, keys: readonly string[]): void {
    const path = pathOf(repeat, keys)
    if (!this.#form.unitsOf[repeat.id]?.count && !this.lines.includes(path)) this.lines.push(path)
  }
}

/** What a column of one choice says: 1 and 0 in Kobo and ODK, True and False where Python or Excel rewrote them. */
function tick(text: string): boolean | undefined {
  if (/^(?:1(?:\.0)?|true|vrai|yes|oui|x)$/i.test(text)) return true
  return /^(?:0(?:\.0)?|false|faux|no|non)$/i.test(text) ? false : undefined
}
