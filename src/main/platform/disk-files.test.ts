import fs, { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
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

  it('S41 takes away at the next start what a killed writing left beside a chosen file, also on a stick that comes back later', async () => {
    const folder = tempFolder()
    const stick = path.join(folder, 'stick')
    mkdirSync(stick)
    const files = diskFiles(path.join(folder, 'data'))
    files.grant('t', path.join(stick, 'PSRL-aaaaaaaa.age'))
    writeFileSync(path.join(stick, 'other.part'), 'not ours')
    let end: () => void = () => undefined
    const ended = new Promise<void>((resolve) => (end = resolve))
    async function* killed() {
      yield text('half')
      await ended
      throw new Refusal('cancelled')
    }
    // does not come to its end while the next start cleans up, as for a killed process
    const writing = expect(files.writeChosen('t', killed())).rejects.toMatchObject({ code: 'cancelled' })
    await vi.waitFor(() => expect(readdirSync(stick)).toContain('PSRL-aaaaaaaa.age.part'))
    renameSync(stick, `${stick}.pulled`)
    diskFiles(path.join(folder, 'data')).removeLeftovers()
    renameSync(`${stick}.pulled`, stick)
    expect(readdirSync(stick)).toContain('PSRL-aaaaaaaa.age.part')
    diskFiles(path.join(folder, 'data')).removeLeftovers()
    expect(readdirSync(stick)).toEqual(['other.part'])
    expect(readdirSync(path.join(folder, 'data'))).toEqual([])
    end()
    await writing
  })

  it('keeps no note of a chosen file once it is written or given up', async () => {
    const folder = tempFolder()
    const files = diskFiles(path.join(folder, 'data'))
    files.grant('t', path.join(folder, 'x.age'))
    await files.writeChosen('t', pieces('x'))
    await expect(
      files.writeChosen('t', pieces('y'), () => {
        throw new Refusal('cancelled')
      }),
    ).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(path.join(folder, 'data'))).toEqual([])
  })

  it('removes every kind of leftover of its own folder, and starts on a folder that it cannot list', () => {
    const folder = tempFolder()
    const files = diskFiles(folder)
    files.replace('backups/a.db', text('kept'))
    for (const name of ['a.part', 'backups/b.db.part', 'backups/b.db.part-journal'])
      writeFileSync(path.join(folder, name), 'half')
    files.removeLeftovers()
    expect([files.list('.'), files.list('backups')]).toEqual([['backups'], ['a.db']])
    writeFileSync(path.join(folder, 'file'), '')
    diskFiles(path.join(folder, 'file')).removeLeftovers()
    expect(code(() => diskFiles(path.join(folder, 'file')).replace('x', text('x')))).toBe('store-read-only')
  })

  it('renames although a virus scanner holds the file for a moment, and says so when it never lets go', () => {
    const files = diskFiles(tempFolder())
    const held = (times: number) => {
      const rename = fs.renameSync
      let left = times
      return vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
        left -= 1
        if (left >= 0) throw Object.assign(new Error('held'), { code: 'EPERM' })
        rename(from, to)
      })
    }
    let spy = held(3)
    files.replace('a', text('one'))
    spy.mockRestore()
    expect(new TextDecoder().decode(files.read('a'))).toBe('one')
    spy = held(1000)
    expect(code(() => files.replace('a', text('two')))).toBe('store-read-only')
    spy.mockRestore()
    expect(new TextDecoder().decode(files.read('a'))).toBe('one')
    expect(files.list('.')).toEqual(['a'])
  })

  it('a file system that cannot sync folders keeps the file all the same; a disk that fails is told', () => {
    const files = diskFiles(tempFolder())
    const fsync = fs.fsyncSync
    const failing = (fault: string) =>
      vi.spyOn(fs, 'fsyncSync').mockImplementation((handle) => {
        if (fs.fstatSync(handle).isDirectory()) throw Object.assign(new Error(fault), { code: fault })
        fsync(handle)
      })
    let spy = failing('EINVAL')
    expect(code(() => files.replace('a', text('one')))).toBe('done')
    spy.mockRestore()
    spy = failing('EIO')
    expect(code(() => files.replace('a', text('two')))).toBe('disk-failing')
    spy.mockRestore()
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
