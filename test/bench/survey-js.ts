import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FormPack, SurveyRow } from '#shared/forms/form-pack.ts'
import { formTree, type FormNode } from '#shared/forms/form-tree.ts'

const textOf = (file: string) => readFileSync(path.join(import.meta.dirname, '../../node_modules', file), 'utf8')

/** XPath in SurveyJS's words; undefined where it has no simple equal, so that SurveyJS has less to do than we. */
function expression(source: string | undefined): string | undefined {
  if (source === undefined) return undefined
  const said = source
    .replaceAll(/selected\(\s*\$\{([^}]+)\}\s*,\s*('[^']*')\s*\)/g, '{$1} contains $2')
    .replaceAll(/\$\{([^}]+)\}\s*!=\s*''/g, '{$1} notempty')
    .replaceAll(/\$\{([^}]+)\}\s*=\s*''/g, '{$1} empty')
    .replaceAll(/not\(/g, '!(')
    .replaceAll(/\$\{([^}]+)\}/g, '{$1}')
  return /[a-z-]+\((?!\{)|\.\./.test(said.replaceAll(/!\(/g, '')) ? undefined : said
}

const inputs: Readonly<Record<string, string>> = { integer: 'number', decimal: 'number', date: 'date', time: 'time' }

function question(pack: FormPack, node: FormNode, language: string): Record<string, unknown> | undefined {
  const { row } = node
  const title = (of: SurveyRow) => of.label?.[language] ?? of.name
  const base = { name: row.name, title: title(row), visibleIf: expression(row.relevant), isRequired: row.required === 'yes' }
  const choices = () => (pack.choices[row.list ?? ''] ?? []).map((c) => ({ value: c.name, text: c.label[language] ?? c.name }))
  const inner = () => node.children.flatMap((child) => question(pack, child, language) ?? [])
  if (node.kind === 'group') return { ...base, type: 'panel', elements: inner() }
  if (node.kind === 'repeat') return { ...base, type: 'paneldynamic', templateElements: inner(), panelCount: 0 }
  if (row.type === 'select_one') return { ...base, type: choices().length > 8 ? 'dropdown' : 'radiogroup', choices: choices() }
  if (row.type === 'select_multiple') return { ...base, type: 'checkbox', choices: choices() }
  if (row.type === 'note') return { ...base, type: 'html', html: title(row) }
  if (['calculate', 'hidden', 'file', 'image'].includes(row.type)) return undefined
  return { ...base, type: 'text', inputType: inputs[row.type] ?? 'text' }
}

/** A form as a SurveyJS survey: one page for each of our sections. What is worked out and what only we have is left out. */
export function surveyJson(pack: FormPack, language: string) {
  const sections = formTree(pack).nodes[0]?.children ?? []
  return {
    textUpdateMode: 'onTyping',
    showNavigationButtons: false,
    pages: sections.map((section) => ({
      name: section.name,
      title: section.row.label?.[language] ?? section.name,
      elements:
        section.kind === 'group'
          ? section.children.flatMap((child) => question(pack, child, language) ?? [])
          : [question(pack, section, language)],
    })),
  }
}

/** A page that holds a list with one record, as ours does: a button opens it, and one for each part goes there. */
export function surveyPage(pack: FormPack, language: string, answers: Readonly<Record<string, unknown>>): string {
  const json = surveyJson(pack, language)
  const script = (name: string) => `<script>${textOf(name)}</script>`
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><style>${textOf('survey-core/survey-core.min.css')}</style>
${script('survey-core/survey.core.min.js')}${script('survey-js-ui/survey-js-ui.min.js')}
<nav>${json.pages.map((p) => `<button data-go="${p.name}">${p.title}</button>`).join('')}</nav>
<button id="open">open</button><button id="close">close</button><main></main>
<script>
const json = ${JSON.stringify(json)}, answers = ${JSON.stringify(answers)}
let survey
document.getElementById('open').onclick = () => {
  survey = new Survey.Model(json)
  survey.data = answers
  const at = document.createElement('div')
  document.querySelector('main').replaceChildren(at)
  survey.render(at)
}
document.getElementById('close').onclick = () => {
  survey.dispose()
  document.querySelector('main').replaceChildren()
}
for (const b of document.querySelectorAll('[data-go]')) b.onclick = () => { survey.currentPage = survey.getPageByName(b.dataset.go) }
</script></html>`
}
