import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'

const tool = path.join(import.meta.dirname, 'without-network.mjs')
const look = `
  const os = require('node:os'), net = require('node:net')
  const outside = Object.keys(os.networkInterfaces()).filter((n) => n !== 'lo')
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    net.connect(server.address().port, '127.0.0.1', function () {
      this.destroy(); server.close()
      const far = net.connect(9, '192.0.2.200').on('error', (e) => end(e.code))
      const timer = setTimeout(() => end('waits'), 500)
      const end = (code) => { clearTimeout(timer); far.destroy(); console.log(JSON.stringify([process.env.PASSERELLE_NETWORK, outside.length, code])) }
    })
  })`
const run = (command: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  spawnSync(process.execPath, [tool, ...command], { encoding: 'utf8', env })

describe('a command without a network', () => {
  it('S02 H32 reaches itself by loopback and nothing else; where that is not permitted, one line says so', () => {
    const { stdout, stderr } = run([process.execPath, '-e', look])
    const [state, outside, code] = JSON.parse(stdout) as [string, number, string]
    expect(stderr.trim().split('\n')).toHaveLength(1)
    if (state === 'cut') expect([stderr, outside, code]).toEqual(['network: cut, loopback alone\n', 0, 'ENETUNREACH'])
    else expect(stderr).toMatch(/^network: NOT cut \(.+\)/)
  })

  it('is run as it is, and its exit code handed on, where there is no unshare', () => {
    const bin = tempFolder()
    symlinkSync(process.execPath, path.join(bin, 'node'))
    const { status, stderr } = run(['node', '-e', 'process.exit(7)'], { PATH: bin })
    expect([status, stderr]).toEqual([7, expect.stringContaining('network: ')])
    expect(run(['node', '-e', ''], { PATH: bin }).status).toBe(0)
  })
})
