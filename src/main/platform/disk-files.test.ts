import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { Refusal } from '#shared/result.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { argon2Secrets } from './argon2-secrets.ts'
import { diskFailure } from './disk-failure.ts'
import { diskFiles } from './disk-files.ts'
import { redactingLog } from './redacting-log.ts'
import { systemClock } from './system-clock.ts'

const text = (s: string) => new TextEncoder().encode(s)
async function* pieces(...parts: string[]) {
  for (const p of parts) yield text(p)
}
const code = (work: () => unknown) => {
  try {
    work()
    return 'done'
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error)
  }
}

describe('files', () => {
  it('replaces a file whole, and removes what an interrupted write left', () => {
    const folder = tempFolder()
    const files = diskFiles(folder)
    files.replace('a/b.json', text('one'))
    files.replace('a/b.json', text('two'))
    expect(new TextDecoder().decode(files.read('a/b.json'))).toBe('two')
    expect(files.list('a')).toEqual(['b.json'])
    writeFileSync(path.join(folder, 'a/c.part'), 'half')
    files.removeLeftovers()
    expect(files.list('a')).toEqual(['b.json'])
    expect(code(() => files.read('none'))).toBe('file-unreadable')
  })

  it('S41 writes a chosen file beside, proves it, and only then gives it its name', async () => {
    const folder = tempFolder()
    const files = diskFiles(path.join(folder, 'data'))
    const target = path.join(folder, 'out.age')
    files.grant('t', target)
    let seen = ''
    const bytes = await files.writeChosen('t', pieces('ab', 'cd'), async (written) => {
      expect(existsSync(target)).toBe(false)
      for await (const p of written) seen += new TextDecoder().decode(p)
    })
    expect([bytes, seen, readFileSync(target, 'utf8')]).toEqual([4, 'abcd', 'abcd'])
    await expect(
      files.writeChosen('t', pieces('zz'), () => {
        throw new Refusal('file-unreadable')
      }),
    ).rejects.toMatchObject({ code: 'file-unreadable' })
    expect(readFileSync(target, 'utf8')).toBe('abcd')
    expect(readdirSync(folder).filter((f) => f.endsWith('.part'))).toEqual([])
    await expect(files.writeChosen('unknown', pieces('x'))).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it('names a full disk as such: the real error of a device without space', async () => {
    let failure: unknown
    try {
      writeFileSync('/dev/full', 'x'.repeat(10_000))
    } catch (error) {
      failure = error
    }
    expect(diskFailure(failure, 'writing').code).toBe('disk-full')
    const files = diskFiles(tempFolder())
    files.grant('gone', path.join(tempFolder(), 'no', 'such', 'file'))
    await expect(files.writeChosen('gone', pieces('x'))).rejects.toMatchObject({ code: 'disk-read-only' })
  })

  it('S35 the log holds codes and ids, one line each, and never throws', () => {
    const folder = tempFolder()
    const log = redactingLog(path.join(folder, 'log.jsonl'), systemClock)
    log.write({ event: 'call-failed', call: 'cases.get', code: 'not-found' })
    log.write({ event: 'locked' })
    const lines = readFileSync(path.join(folder, 'log.jsonl'), 'utf8').trim().split('\n')
    expect(lines.map((l) => Object.keys(JSON.parse(l) as object))).toEqual([
      ['at', 'event', 'call', 'code'],
      ['at', 'event'],
    ])
    redactingLog(path.join(folder, 'no', 'folder', 'log'), systemClock).write({ event: 'locked' })
  })

  it('H31 a password costs at least 64 MiB and three passes, and the same password gives the same key', async () => {
    const secrets = argon2Secrets(systemClock)
    const cost = await secrets.calibrate()
    expect([cost.memoryKiB >= 65_536, cost.passes >= 3, cost.passes <= 24]).toEqual([true, true, true])
    const key = (password: string) => secrets.passwordKey(password, new Uint8Array(16), { memoryKiB: 1024, passes: 1 })
    expect(await key('é'.normalize('NFD'))).toEqual(await key('é'.normalize('NFC')))
    expect(await key('a')).not.toEqual(await key('b'))
  })
})
