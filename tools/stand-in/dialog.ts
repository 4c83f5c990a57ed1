// Electron's `dialog`: scripted by tests, native choosers for people.
import fs from 'node:fs'
import path from 'node:path'
import { standIn, unsupported } from './stand-in-state.ts'
import type { WebContents } from './web-contents.ts'

type Answer = Record<string, unknown>
const dialogAnswers: Answer[] = []
const dialogCalls: { method: string; options: any }[] = []
async function ask(method: string, args: any[], cancelled: Answer): Promise<any> {
  const options = args.length > 1 ? args[1] : args[0]
  dialogCalls.push({ method, options })
  const scripted = dialogAnswers.shift()
  if (scripted) return { ...cancelled, ...scripted }
  if (!standIn.config.headless) {
    const wc = [...standIn.contents.values()].find((w) => w._mainContext !== undefined)
    if (method === 'showOpenDialog' && wc && !options?.properties?.includes('openDirectory'))
      return await openInPage(wc, options ?? {})
    const { askUser } = await import('./native-dialogs.ts')
    const a = await askUser(method, options ?? {})
    if (a) return a
    if (method === 'showSaveDialog' && options?.defaultPath) return { canceled: false, filePath: unusedName(options.defaultPath) }
  }
  return cancelled
}
/** The browser's own (native) file chooser; CDP tells the chosen paths. */
async function openInPage(wc: WebContents, o: any) {
  const accept = (o.filters ?? [])
    .flatMap((f: any) => f.extensions.filter((x: string) => x !== '*').map((x: string) => `.${x}`))
    .join(',')
  const expression = `new Promise((r) => { const i = document.createElement('input'); i.type = 'file'; i.accept = ${JSON.stringify(accept)}; i.multiple = ${!!o.properties?.includes('multiSelections')}; i.onchange = () => r([...i.files]); i.oncancel = () => r([]); i.click() })`
  const r = await wc._session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    userGesture: true,
    contextId: wc._mainContext,
  })
  const props = await wc._session.send('Runtime.getProperties', { objectId: r.result.objectId, ownProperties: true })
  const filePaths: string[] = []
  for (const p of props.result)
    if (/^\d+$/.test(p.name)) filePaths.push((await wc._session.send('DOM.getFileInfo', { objectId: p.value.objectId })).path)
  return { canceled: filePaths.length === 0, filePaths }
}
function unusedName(p: string) {
  const { dir, name, ext } = path.parse(p)
  for (let i = 1; ; i++) {
    const f = path.join(dir, i === 1 ? `${name}${ext}` : `${name} (${i})${ext}`)
    if (!fs.existsSync(f)) return f
  }
}
export const dialog = {
  showOpenDialog: (...a: any[]) => ask('showOpenDialog', a, { canceled: true, filePaths: [] }),
  showSaveDialog: (...a: any[]) => ask('showSaveDialog', a, { canceled: true, filePath: '' }),
  showMessageBox: (...a: any[]) =>
    ask('showMessageBox', a, { response: (a.length > 1 ? a[1] : a[0])?.cancelId ?? 0, checkboxChecked: false }),
  showErrorBox: (title: string, content: string) => {
    dialogCalls.push({ method: 'showErrorBox', options: { title, content } })
    console.error(`${title}: ${content}`)
  },
  showOpenDialogSync: () => unsupported('dialog.showOpenDialogSync'),
  showSaveDialogSync: () => unsupported('dialog.showSaveDialogSync'),
  showMessageBoxSync: () => unsupported('dialog.showMessageBoxSync'),
}
