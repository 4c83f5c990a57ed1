import { z } from 'zod'
import { FileToken, JobId, Nothing, procedure, shortText } from './procedure.ts'

/** Why a file is chosen; decides the dialog's filter and the neutral default name. */
export const FilePurpose = z.enum([
  'sync-export',
  'sync-import',
  'card-export',
  'card-import',
  'copy-export',
  'copy-import',
  'copy-folder',
  'address-export',
  'address-import',
  'sealed-export',
  'sealed-import',
  'register-export',
  'register-import',
  'directory-csv',
  'directory-model',
  'directory-codes',
  'form-import',
  'submissions',
  'form-export',
  'slip-pdf',
  'recovery-pdf',
  'rows-xlsx',
  'rows-csv',
])
export type FilePurpose = z.infer<typeof FilePurpose>

export const copiedCharactersMax = 200

/** Calls answered by the shell itself. */
export const shellContract = {
  /**
   * Opens the system dialog; the page gets a token and a file name, never a path (S23). `file` is null when cancelled; `others` are those
   * chosen beside it, where a purpose lets several be chosen.
   */
  'files.choose': procedure({
    input: z.strictObject({ purpose: FilePurpose, title: shortText(80) }),
    output: z.strictObject({ file: FileToken.nullable(), name: z.string(), others: z.array(FileToken) }),
    permission: null,
    whileLocked: true,
    shell: true,
  }),
  /** Copies a text; it is cleared after 60 s and on lock. No page that may show a person offers more than its number (H34). */
  'clipboard.copy': procedure({
    input: z.strictObject({ text: z.string().max(copiedCharactersMax) }),
    output: z.strictObject({}),
    permission: null,
    shell: true,
  }),
  /** Someone is at the keyboard: postpones the idle lock. */
  'app.activity': procedure({ input: Nothing, output: z.strictObject({}), permission: null, whileLocked: true, shell: true }),
  /** The shell asks before it looks at what a page wants of it. Throws what the call itself would: locked, forbidden, not-found. */
  'app.mayCall': procedure({ input: z.strictObject({ call: z.string().max(60) }), output: z.strictObject({}), permission: null }),
  /** Stops a long job; it ends with `cancelled` and the data as before. */
  'app.cancel': procedure({
    input: z.strictObject({ job: JobId }),
    output: z.strictObject({}),
    permission: null,
    whileLocked: true,
  }),
} as const
