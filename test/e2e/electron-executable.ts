import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** Real Electron when its binary is already on disk (a test never downloads it), else the stand-in with the same command line. */
export function electronExecutable(): { readonly path: string; readonly real: boolean } {
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const name = path.join(folder, 'path.txt')
  const binary = fs.existsSync(name) ? path.join(folder, 'dist', fs.readFileSync(name, 'utf8').trim()) : ''
  if (binary !== '' && fs.existsSync(binary)) return { path: binary, real: true }
  return { path: path.join(root, 'tools/stand-in/bin', process.platform === 'win32' ? 'electron.cmd' : 'electron'), real: false }
}
