// Start-up, memory and bundle size in whatever runtime the tests use; prints one JSON line per start.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { launchDesk, repositoryRoot } from '../../test/e2e/app.ts'

/** Proportional memory of a process in MB (Linux). */
function memoryMegabytes(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** A process and all below it. */
function processTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of fs.readdirSync('/proc').filter((n) => /^\d+$/.test(n))) {
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      children.set(parent, [...(children.get(parent) ?? []), Number(name)])
    } catch {
      // gone meanwhile
    }
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)]
  return below(root)
}

for (let i = 0; i < Number(process.argv[2] ?? 3); i += 1) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'passerelle-measure-'))
  const start = performance.now()
  const desk = await launchDesk(path.join(folder, 'profile'))
  const shown = performance.now() - start
  const pid = desk.app.process().pid ?? 0
  const all = processTree(pid).map(memoryMegabytes)
  console.log(
    JSON.stringify({
      firstPageMilliseconds: Math.round(shown),
      mainMegabytes: Math.round(memoryMegabytes(pid)),
      allMegabytes: Math.round(all.reduce((a, b) => a + b, 0)),
      processes: all.length,
    }),
  )
  await desk.close()
  fs.rmSync(folder, { recursive: true, force: true })
}

const assets = path.join(repositoryRoot, 'out/renderer/assets')
const html = fs.readFileSync(path.join(repositoryRoot, 'out/renderer/index.html'), 'utf8')
const first = fs.readdirSync(assets).filter((name) => html.includes(name))
const gzip = first.reduce((sum, name) => sum + zlib.gzipSync(fs.readFileSync(path.join(assets, name))).length, 0)
const bytes = (folder: string) =>
  fs
    .readdirSync(path.join(repositoryRoot, folder), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .reduce((sum, e) => sum + fs.statSync(path.join(e.parentPath, e.name)).size, 0)
console.log(
  JSON.stringify({
    firstBundleGzipKilobytes: Math.round(gzip / 1024),
    outKilobytes: Math.round(bytes('out') / 1024),
    mainKilobytes: Math.round(bytes('out/main') / 1024),
  }),
)
