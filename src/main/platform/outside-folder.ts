import fs from 'node:fs'
import path from 'node:path'
import { Refusal } from '#shared/result.ts'
import type { Files, OutsideFolder } from '../centre/ports.ts'
import { diskFailure } from './disk-failure.ts'

/** In the data folder: which folder outside was chosen. */
const keptFile = 'outside-folder.json'

interface Kept {
  readonly path: string
  /** It lay on another disk when it was chosen: what lies there on this one is the empty place of a stick that is out. */
  readonly otherDisk: boolean
}

const diskOf = (folder: string): number | undefined => fs.statSync(folder, { throwIfNoEntry: false })?.dev

function isInside(inner: string, outer: string): boolean {
  const way = path.relative(fs.realpathSync(outer), fs.realpathSync(inner))
  return !way.startsWith('..') && !path.isAbsolute(way)
}

/** The part of the Files port that knows the folder for copies outside; `parts` are those of the data folder `folder`. */
export function outsideFolder(
  folder: string,
  parts: Pick<Files, 'replace' | 'remove'> & {
    readonly pathOf: (token: string) => string
    readonly grant: (token: string, chosenPath: string) => void
  },
): Pick<
  Files,
  'outsideFolder' | 'keepOutsideFolder' | 'forgetOutsideFolder' | 'outsideNames' | 'outsideToken' | 'removeOutside'
> {
  const kept = (): Kept | undefined => {
    try {
      const read: unknown = JSON.parse(fs.readFileSync(path.join(folder, keptFile), 'utf8'))
      const { path: chosen, otherDisk } = read as Partial<Kept>
      return typeof chosen === 'string' && path.isAbsolute(chosen) ? { path: chosen, otherDisk: otherDisk === true } : undefined
    } catch {
      return undefined
    }
  }
  const inKept = (name: string): string => {
    const chosen = kept()
    if (!chosen) throw new Refusal('file-unreadable')
    return path.join(chosen.path, name)
  }
  const seen = ({ path: chosen, otherDisk }: Kept): OutsideFolder => {
    try {
      const sameDisk = diskOf(chosen) === diskOf(folder)
      const isThere = fs.statSync(chosen).isDirectory() && !(otherDisk && sameDisk)
      return { path: chosen, isThere, sameDisk: isThere && sameDisk }
    } catch {
      return { path: chosen, isThere: false, sameDisk: false }
    }
  }
  return {
    outsideFolder() {
      const chosen = kept()
      return chosen && seen(chosen)
    },
    keepOutsideFolder(token) {
      const chosen = parts.pathOf(token)
      let otherDisk: boolean
      try {
        if (isInside(chosen, folder)) throw new Refusal('copy-folder-inside')
        otherDisk = diskOf(chosen) !== diskOf(folder)
      } catch (error) {
        throw diskFailure(error, 'reading')
      }
      parts.replace(keptFile, new TextEncoder().encode(JSON.stringify({ path: chosen, otherDisk } satisfies Kept)))
    },
    forgetOutsideFolder: () => parts.remove(keptFile),
    outsideNames() {
      const chosen = kept()
      if (!chosen || !seen(chosen).isThere) return []
      try {
        return fs.readdirSync(chosen.path)
      } catch {
        return []
      }
    },
    outsideToken(name) {
      const token = `outside/${name}`
      parts.grant(token, inKept(name))
      return token
    },
    removeOutside(name) {
      try {
        fs.rmSync(inKept(name), { force: true })
      } catch (error) {
        throw diskFailure(error, 'writing')
      }
    },
  }
}
