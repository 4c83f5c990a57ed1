// Electron's `app`: paths, switches, the quit chain, the single-instance lock.
import { execFileSync } from 'node:child_process'
import crypto from 'node:crypto'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { standIn, StandInEvent, unsupported } from './stand-in-state.ts'

export class App extends EventEmitter {
  #ready = false
  #whenReady = Promise.withResolvers<void>()
  #paths = new Map<string, string>()
  #name: string | undefined
  #quitting = false
  #exiting = false
  #lock: net.Server | undefined
  isQuiting = () => this.#quitting
  commandLine = {
    appendSwitch: (k: string, v = '') => {
      standIn.config.switches.set(k, v)
    },
    appendArgument: () => {},
    hasSwitch: (k: string) => standIn.config.switches.has(k),
    getSwitchValue: (k: string) => standIn.config.switches.get(k) ?? '',
    removeSwitch: (k: string) => {
      standIn.config.switches.delete(k)
    },
  }
  get isPackaged() {
    return standIn.config.packaged
  }
  get name() {
    return this.getName()
  }
  isReady() {
    return this.#ready
  }
  whenReady() {
    return this.#whenReady.promise
  }
  getName() {
    return this.#name ?? standIn.config.pkg.productName ?? standIn.config.pkg.name ?? 'Electron'
  }
  setName(n: string) {
    this.#name = n
  }
  getVersion() {
    return standIn.config.pkg.version ?? '0.0.0'
  }
  getAppPath() {
    return standIn.config.appPath
  }
  getLocale() {
    return (standIn.config.switches.get('lang') ?? Intl.DateTimeFormat().resolvedOptions().locale).split('.')[0]!
  }
  getSystemLocale() {
    return Intl.DateTimeFormat().resolvedOptions().locale
  }
  getPreferredSystemLanguages() {
    return [this.getSystemLocale()]
  }
  enableSandbox() {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready')
  }
  disableHardwareAcceleration() {}
  setAppUserModelId() {}
  setAboutPanelOptions() {}
  getPath(name: string): string {
    const set = this.#paths.get(name)
    if (set) return set
    const home = os.homedir()
    const appData =
      process.platform === 'win32'
        ? (process.env.APPDATA ?? path.join(home, 'AppData', 'Roaming'))
        : process.platform === 'darwin'
          ? path.join(home, 'Library', 'Application Support')
          : (process.env.XDG_CONFIG_HOME ?? path.join(home, '.config'))
    const xdg = (k: string, d: string) => {
      try {
        const f = fs.readFileSync(path.join(process.env.XDG_CONFIG_HOME ?? path.join(home, '.config'), 'user-dirs.dirs'), 'utf8')
        const m = new RegExp(`^${k}="(.*)"`, 'm').exec(f)
        if (m) return m[1]!.replace('$HOME', home)
      } catch {}
      return path.join(home, d)
    }
    switch (name) {
      case 'home':
        return home
      case 'appData':
        return appData
      case 'userData':
      case 'sessionData':
        return standIn.config.switches.get('user-data-dir') || path.join(appData, this.getName())
      case 'temp':
        return os.tmpdir()
      case 'logs':
        return path.join(this.getPath('userData'), 'logs')
      case 'crashDumps':
        return path.join(this.getPath('userData'), 'Crashpad')
      case 'exe':
        return process.execPath
      case 'module':
        return process.execPath
      case 'desktop':
        return xdg('XDG_DESKTOP_DIR', 'Desktop')
      case 'documents':
        return xdg('XDG_DOCUMENTS_DIR', 'Documents')
      case 'downloads':
        return xdg('XDG_DOWNLOAD_DIR', 'Downloads')
      case 'music':
        return xdg('XDG_MUSIC_DIR', 'Music')
      case 'pictures':
        return xdg('XDG_PICTURES_DIR', 'Pictures')
      case 'videos':
        return xdg('XDG_VIDEOS_DIR', 'Videos')
      default:
        throw new Error(`Failed to get '${name}' path`)
    }
  }
  setPath(name: string, p: string) {
    if (!path.isAbsolute(p)) throw new Error('Path must be absolute')
    this.#paths.set(name, p)
  }
  #lockAddress() {
    const id = crypto.createHash('sha256').update(this.getPath('userData')).digest('hex').slice(0, 16)
    return process.platform === 'win32'
      ? `\\\\.\\pipe\\passerelle-stand-in-${id}`
      : path.join(os.tmpdir(), `.stand-in-${id}.sock`)
  }
  requestSingleInstanceLock(data?: unknown): boolean {
    // synchronous in Electron: a short child process asks the socket; the answer decides
    const address = this.#lockAddress()
    const payload = JSON.stringify({ argv: process.argv, cwd: process.cwd(), data })
    if (process.platform === 'win32' || fs.existsSync(address)) {
      const script = `const s=require('net').connect(process.argv[1]);s.on('connect',()=>s.end(process.argv[2]));s.on('close',()=>process.exit(0));s.on('error',()=>process.exit(1))`
      try {
        execFileSync(process.execPath, ['-e', script, address, payload], { stdio: 'ignore', timeout: 5000 })
        return false
      } catch {}
      if (process.platform !== 'win32')
        try {
          fs.unlinkSync(address)
        } catch {}
    }
    this.#lock = net.createServer((s) => {
      let text = ''
      s.on('data', (d) => {
        text += d
      })
      s.on('end', () => {
        s.end()
        try {
          const m = JSON.parse(text)
          this.emit('second-instance', new StandInEvent(), m.argv, m.cwd, m.data)
        } catch {}
      })
      s.on('error', () => {})
    })
    this.#lock.on('error', () => {})
    this.#lock.listen(address)
    this.#lock.unref()
    return true
  }
  hasSingleInstanceLock() {
    return !!this.#lock
  }
  releaseSingleInstanceLock() {
    this.#lock?.close()
    this.#lock = undefined
  }
  quit() {
    void this.#quit()
  }
  async #quit() {
    if (this.#quitting) return
    this.#quitting = true
    const e = new StandInEvent()
    this.emit('before-quit', e)
    if (e.defaultPrevented) {
      this.#quitting = false
      return
    }
    for (const w of [...standIn.windows.values()]) {
      if (!(await w._requestClose())) {
        this.#quitting = false
        return
      }
    }
    this.#finishQuit()
  }
  #finishQuit() {
    const e = new StandInEvent()
    this.emit('will-quit', e)
    if (e.defaultPrevented) {
      this.#quitting = false
      return
    }
    this.exit(0)
  }
  exit(code = 0) {
    if (this.#exiting) return
    this.#exiting = true
    this.emit('quit', new StandInEvent(), code)
    this.releaseSingleInstanceLock()
    if (process.platform !== 'win32')
      try {
        fs.unlinkSync(this.#lockAddress())
      } catch {}
    standIn.killBrowser()
    process.exit(code)
  }
  relaunch() {
    unsupported('app.relaunch')
  }
  _windowGone() {
    if ([...standIn.windows.values()].length > 0 || this.#exiting) return
    if (this.#quitting) return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else void this.quit()
  }
  async _becomeReady() {
    this.#ready = true
    this.#whenReady.resolve()
    this.emit('ready', new StandInEvent(), {})
  }
}
export const app = new App()
