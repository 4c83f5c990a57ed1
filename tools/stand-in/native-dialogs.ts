// Native dialogs for interactive runs without Electron: zenity/kdialog (Linux), PowerShell (Windows), osascript (macOS).
import { execFile } from 'node:child_process'

const run = (cmd: string, args: string[]): Promise<{ ok: boolean; out: string }> =>
  new Promise((r) => execFile(cmd, args, { windowsHide: true }, (e, out) => r({ ok: !e, out: String(out).trim() })))
export async function askUser(method: string, o: any): Promise<any> {
  if (process.platform === 'linux') {
    if (method === 'showMessageBox') {
      const r = await run('zenity', ['--question', '--text', [o.message, o.detail].filter(Boolean).join('\n\n')])
      return { response: r.ok ? (o.defaultId ?? 0) : (o.cancelId ?? 1), checkboxChecked: false }
    }
    const args = ['--file-selection']
    if (o.title) args.push('--title', o.title)
    if (o.defaultPath) args.push('--filename', o.defaultPath)
    if (method === 'showSaveDialog') args.push('--save', '--confirm-overwrite')
    if (o.properties?.includes('openDirectory')) args.push('--directory')
    if (o.properties?.includes('multiSelections')) args.push('--multiple')
    const r = await run('zenity', args)
    return method === 'showSaveDialog'
      ? { canceled: !r.out, filePath: r.out }
      : { canceled: !r.out, filePaths: r.out ? r.out.split('|') : [] }
  }
  if (process.platform === 'darwin') {
    const q = (s: string) => JSON.stringify(s)
    if (method === 'showOpenDialog') {
      const r = await run('osascript', ['-e', `POSIX path of (choose file with prompt ${q(o.title ?? '')})`])
      return { canceled: !r.ok, filePaths: r.ok ? [r.out] : [] }
    }
    if (method === 'showSaveDialog') {
      const r = await run('osascript', [
        '-e',
        `POSIX path of (choose file name default name ${q(
          String(o.defaultPath ?? 'file')
            .split('/')
            .pop()!,
        )})`,
      ])
      return { canceled: !r.ok, filePath: r.out }
    }
  }
  if (process.platform === 'win32' && method !== 'showMessageBox') {
    const kind = method === 'showSaveDialog' ? 'SaveFileDialog' : 'OpenFileDialog'
    const r = await run('powershell', [
      '-NoProfile',
      '-STA',
      '-Command',
      `Add-Type -AssemblyName System.Windows.Forms;$d=New-Object System.Windows.Forms.${kind};$d.FileName='${String(o.defaultPath ?? '').replace(/'/g, "''")}';if($d.ShowDialog() -eq 'OK'){$d.FileName}`,
    ])
    return method === 'showSaveDialog'
      ? { canceled: !r.out, filePath: r.out }
      : { canceled: !r.out, filePaths: r.out ? [r.out] : [] }
  }
  return undefined
}
