import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { neutralLetters } from '#shared/neutral-name.ts'
import type { FilePurpose } from '#shared/shell-contract.ts'
import { dialog } from './electron.ts'

interface DialogKind {
  readonly save: boolean
  /** A folder is chosen, not a file. */
  readonly folder?: true
  /** Several files may be chosen. */
  readonly many?: true
  readonly extensions: readonly string[]
  /** Neutral: no person, site or purpose in the name (H7). */
  readonly name: () => string
}

/** Eight random base-32 letters. */
export const randomName = (): string => neutralLetters(randomBytes(8))

/** How each purpose is asked for. */
export const dialogKinds: Readonly<Record<FilePurpose, DialogKind>> = {
  'sync-export': { save: true, extensions: ['age'], name: () => `PSRL-${randomName()}.age` },
  'sync-import': { save: false, extensions: ['age'], name: () => '' },
  'card-export': { save: true, extensions: ['psrlcard'], name: () => `PSRL-${randomName()}.psrlcard` },
  'card-import': { save: false, extensions: ['psrlcard'], name: () => '' },
  'copy-export': { save: true, extensions: ['psrlcopy'], name: () => `PSRL-${randomName()}.psrlcopy` },
  'copy-import': { save: false, extensions: ['psrlcopy'], name: () => '' },
  'copy-folder': { folder: true, save: false, extensions: [], name: () => '' },
  'address-export': { save: true, extensions: ['txt'], name: () => `PSRL-${randomName()}.txt` },
  'address-import': { save: false, extensions: ['txt'], name: () => '' },
  'sealed-export': { save: true, extensions: ['age'], name: () => `PSRL-${randomName()}.age` },
  'sealed-import': { save: false, extensions: ['age'], name: () => '' },
  'register-export': { save: true, extensions: ['psrlreg'], name: () => `PSRL-${randomName()}.psrlreg` },
  'register-import': { save: false, extensions: ['psrlreg'], name: () => '' },
  'directory-csv': { save: false, extensions: ['csv', 'txt'], name: () => '' },
  'directory-model': { save: true, extensions: ['csv'], name: () => 'services.csv' },
  'directory-codes': { save: true, extensions: ['csv'], name: () => 'codes.csv' },
  'form-import': { save: false, extensions: ['xlsx'], name: () => '' },
  submissions: { many: true, save: false, extensions: ['xlsx', 'csv', 'xml'], name: () => '' },
  'form-export': { save: true, extensions: ['xlsx'], name: () => 'formulaire.xlsx' },
  'slip-pdf': { save: true, extensions: ['pdf'], name: () => 'document.pdf' },
  'rows-xlsx': { save: true, extensions: ['xlsx'], name: () => 'data.xlsx' },
  'rows-csv': { save: true, extensions: ['csv'], name: () => 'data.csv' },
  'recovery-pdf': { save: true, extensions: ['pdf'], name: () => 'document.pdf' },
}

/** Opens the system's dialogs and keeps the paths to itself: the page gets tokens (S23). */
export function fileDialogs(folder: () => string, grant: (token: string, chosen: string) => void) {
  const chosen = new Map<string, string>()
  return {
    /** The path behind a token of this process. */
    pathOf: (token: string): string | undefined => chosen.get(token),
    async choose(purpose: FilePurpose, title: string): Promise<{ file: string | null; name: string; others: string[] }> {
      const kind = dialogKinds[purpose]
      const filters = [{ name: kind.extensions.map((e) => `*.${e}`).join(' '), extensions: [...kind.extensions] }]
      const picked = kind.save
        ? await dialog.showSaveDialog({ title, defaultPath: path.join(folder(), kind.name()), filters })
        : await dialog.showOpenDialog(
            kind.folder
              ? { title, properties: ['openDirectory', 'createDirectory'] }
              : {
                  title,
                  properties: kind.many ? ['openFile', 'multiSelections'] : ['openFile'],
                  filters: [...filters, { name: '*', extensions: ['*'] }],
                },
          )
      const [file, ...others] = 'filePath' in picked ? [picked.filePath] : picked.filePaths
      if (picked.canceled || !file) return { file: null, name: '', others: [] }
      const tokenFor = (one: string) => {
        const token = randomBytes(16).toString('hex')
        chosen.set(token, one)
        grant(token, one)
        return token
      }
      return { file: tokenFor(file), name: path.basename(file), others: kind.many ? others.map(tokenFor) : [] }
    },
  }
}
export type FileDialogs = ReturnType<typeof fileDialogs>
