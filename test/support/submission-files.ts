import { writeXlsx } from 'hucre/xlsx'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { compileForm, type CompiledForm } from '#shared/forms/compile-form.ts'
import { isFilledIn } from '#shared/forms/filled-form.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { pathOf, type FormNode } from '#shared/forms/form-tree.ts'
import { answerText } from '#shared/forms/path-answers.ts'
import type { Table } from '#shared/submissions/read-tables.ts'
import { shippedForm } from './form-files.ts'

/** The profile that ships, ready to be read against. */
export const profile = compileForm(shippedForm('profile'))
export const filledQuestions: readonly FormNode[] = profile.tree.nodes.filter((n) => n.kind === 'question' && isFilledIn(n.row))

/** One interview: its answers by path, where lines have the keys 1, 2, …; and what Kobo noted of it. */
export interface Interview {
  readonly answers: Answers
  readonly noted?: Readonly<Record<string, string>>
}

export interface ExportChoices {
  /** `group/field` or bare names. */
  readonly groups: boolean
  /** How questions of several choices are written. */
  readonly several: 'codes' | 'columns' | 'both'
  /** Words instead of codes in questions of one choice. */
  readonly words?: 'fr' | 'en'
}

/** Interviews as Kobo exports them: one sheet, and one for each repeat. */
export function koboTables(interviews: readonly Interview[], choices: ExportChoices, form: CompiledForm = profile): Table[] {
  const questions = form.tree.nodes.filter((n) => n.kind === 'question' && isFilledIn(n.row))
  const noted = [...new Set(interviews.flatMap((i) => Object.keys(i.noted ?? {})))]
  const top = questions.filter((n) => n.repeats.length === 0)
  const main: Table = {
    name: 'profile',
    rows: [
      [...top.flatMap((n) => headings(n, choices, form)), ...noted, '_index'],
      ...interviews.map(({ answers, noted: told }, at) => [
        ...top.flatMap((n) => cells(n, answers, [], choices, form)),
        ...noted.map((name) => told?.[name] ?? ''),
        String(at + 1),
      ]),
    ],
  }
  const repeats = form.tree.nodes.filter((n) => n.kind === 'repeat')
  return [
    main,
    ...repeats.map((repeat): Table => {
      const own = questions.filter((n) => n.repeats.at(-1) === repeat)
      const rows = interviews.flatMap(({ answers }, at) =>
        Object.keys(answers)
          .filter((p) => p.startsWith(`${repeat.name}[`) && p.endsWith(']'))
          .map((p) => [
            ...own.flatMap((n) => cells(n, answers, [p.slice(repeat.name.length + 1, -1)], choices, form)),
            'profile',
            String(at + 1),
          ]),
      )
      const head = [...own.flatMap((n) => headings(n, choices, form)), '_parent_table_name', '_parent_index', '_index']
      return { name: repeat.name, rows: [head, ...rows.map((row, at) => [...row, String(at + 1)])] }
    }),
  ]
}

function heading(node: FormNode, groups: boolean): string {
  const names = [node.name]
  for (let at = node.parent; at && at.kind !== 'form'; at = at.parent) names.unshift(at.name)
  return groups ? names.join('/') : node.name
}

const codesOf = (node: FormNode, form: CompiledForm) => (form.pack.choices[node.row.list ?? ''] ?? []).map((c) => c.name)

function headings(node: FormNode, { groups, several }: ExportChoices, form: CompiledForm): string[] {
  const name = heading(node, groups)
  if (node.row.type !== 'select_multiple') return [name]
  const columns = codesOf(node, form).map((code) => `${name}/${code}`)
  return several === 'codes' ? [name] : several === 'columns' ? columns : [name, ...columns]
}

function cells(
  node: FormNode,
  answers: Answers,
  keys: readonly string[],
  { several, words }: ExportChoices,
  form: CompiledForm,
): string[] {
  const answer = answers[pathOf(node, keys)] ?? null
  if (node.row.type === 'select_multiple') {
    const chosen = Array.isArray(answer) ? answer : []
    const ticks = codesOf(node, form).map((code) => (answer === null ? '' : chosen.includes(code) ? '1' : '0'))
    const text = chosen.join(' ')
    return several === 'codes' ? [text] : several === 'columns' ? ticks : [text, ...ticks]
  }
  const choice = words && (form.pack.choices[node.row.list ?? ''] ?? []).find((c) => c.name === answer)
  return [choice ? (choice.label[words] ?? choice.name) : answerText(answer)]
}

const quoted = (text: string): string => (/[";,\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The first sheet as a CSV file. Returns its path. */
export function csvFile(folder: string, table: Table, separator: ',' | ';', name = 'export.csv'): string {
  const file = path.join(folder, name)
  writeFileSync(file, `\ufeff${table.rows.map((row) => row.map(quoted).join(separator)).join('\n')}\n`)
  return file
}

/** All sheets as an XLSX file. Returns its path. */
export async function xlsxFile(folder: string, tables: readonly Table[], name = 'export.xlsx'): Promise<string> {
  const file = path.join(folder, name)
  const sheets = tables.map((t) => ({ name: t.name, rows: t.rows.map((row) => row.map((cell) => (cell === '' ? null : cell))) }))
  writeFileSync(file, await writeXlsx({ sheets }))
  return file
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** One interview as ODK Collect writes it. */
export function instanceXml({ answers, noted }: Interview, form: CompiledForm = profile): string {
  const write = (node: FormNode, keys: readonly string[]): string =>
    node.children
      .map((child) => {
        if (child.kind === 'repeat') {
          return Object.keys(answers)
            .filter((p) => p.startsWith(`${child.name}[`) && p.endsWith(']'))
            .map((p) => `<${child.name}>${write(child, [...keys, p.slice(child.name.length + 1, -1)])}</${child.name}>`)
            .join('')
        }
        if (child.kind === 'group') return `<${child.name}>${write(child, keys)}</${child.name}>`
        const text = answerText(answers[pathOf(child, keys)])
        return text === '' ? `<${child.name}/>` : `<${child.name}>${escaped(text)}</${child.name}>`
      })
      .join('')
  const [root] = form.tree.nodes
  const meta = `<orx:meta><orx:instanceID>${noted?.['instanceID'] ?? ''}</orx:instanceID></orx:meta>`
  return (
    `<?xml version='1.0' encoding='UTF-8' ?><data id="aBcDeF" version="1" xmlns:orx="http://openrosa.org/xforms">` +
    `<start>2026-11-20T09:00:00.000+01:00</start><end>2026-11-20T09:40:00.000+01:00</end>` +
    `${root ? write(root, []) : ''}${meta}</data>`
  )
}
