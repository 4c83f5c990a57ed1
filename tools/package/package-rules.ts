// What a package must be, as a function of the folder that electron-builder leaves, so that planted faults can be shown to it.
import fs from 'node:fs'
import path from 'node:path'
import { extractFile, listPackage, statFile } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

export const asarBytesMax = 8_000_000

/** Every fuse that the installed library knows, with what we want; a new one in Electron fails the type check (S24). */
const wantedFuses: Required<Record<Exclude<keyof typeof FuseV1Options, number>, boolean>> = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
}

/** What may lie in the package (S28). */
const allowed = [
  /^\/package\.json$/,
  /^\/(?:LICENSE|NOTICE)$/,
  /^\/out\/main\/[a-z0-9-]+\.js$/,
  /^\/out\/preload\/bridge\.cjs$/,
  /^\/out\/renderer\/(?:index|print)\.html$/,
  /^\/out\/renderer\/assets\/[\w.-]+\.(?:js|css|woff2?)$/,
  /^\/migrations\/\d{14}_\w+\/migration\.sql$/,
  /^\/resources\/(?:reference|training|forms|envelope)\/[a-z-]+\.(?:csv|json)$/,
  /^\/resources\/ATTRIBUTION\.md$/,
  /^\/node_modules\/better-sqlite3\/(?:package\.json|LICENSE|lib\/[\w/-]+\.js|prebuilds\/linux-x64\.node)$/,
]
/** What must lie in it, whatever else changes. */
export const needed = [
  '/package.json',
  '/out/main/index.js',
  '/out/main/worker.js',
  '/out/preload/bridge.cjs',
  '/out/renderer/index.html',
  '/out/renderer/print.html',
  '/resources/forms/profile.json',
  '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
]

/** The archive below a folder that electron-builder left. */
export const asarIn = (packed: string): string => path.join(packed, 'resources/app.asar')

/** The files in an archive, each beginning with `/`. */
export function filesIn(asar: string): string[] {
  return listPackage(asar, { isPack: false })
    .map((f) => f.replaceAll('\\', '/'))
    .filter((f) => !('files' in statFile(asar, f.slice(1))))
}

/**
 * What is wrong with a packed program: strange, missing or altered files, its size, its fuses. Empty when nothing is.
 *
 * `source` is the folder it was packed from. Every file must be the one there, byte for byte, but package.json, which the builder
 * shortens: what the tests prove of the build then holds for the package.
 */
export async function packageFaults(packed: string, source: string): Promise<string[]> {
  const asar = asarIn(packed)
  const files = filesIn(asar)
  const { size } = fs.statSync(asar)
  return [
    ...files.filter((f) => !allowed.some((pattern) => pattern.test(f))).map((f) => `${f}: nobody reviewed this path`),
    ...needed.filter((f) => !files.includes(f)).map((f) => `${f}: missing`),
    ...files.filter((f) => !f.endsWith('/package.json') && !sameBytes(asar, source, f)).map((f) => `${f}: not what was built`),
    ...(size > asarBytesMax ? [`app.asar: ${size} bytes`] : []),
    ...(await fuseFaults(packed)),
  ]
}

function sameBytes(asar: string, source: string, file: string): boolean {
  const original = path.join(source, file)
  return fs.existsSync(original) && fs.readFileSync(original).equals(extractFile(asar, file.slice(1)))
}

async function fuseFaults(packed: string): Promise<string[]> {
  const program = fs.readdirSync(packed).find((f) => /^passerelle$/i.test(f))
  if (program === undefined) return ['no program']
  const wire = (await getCurrentFuseWire(path.join(packed, program))) as unknown as Record<number, FuseState>
  return Object.entries(wantedFuses)
    .filter(
      ([name, on]) => wire[FuseV1Options[name as keyof typeof FuseV1Options]] !== (on ? FuseState.ENABLE : FuseState.DISABLE),
    )
    .map(([name, on]) => `fuse ${name} is not ${on ? 'on' : 'off'}`)
}
