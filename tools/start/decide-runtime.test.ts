import { describe, expect, it } from 'vitest'
import { decideRuntime, type RuntimeFacts } from './decide-runtime.ts'

const facts: RuntimeFacts = {
  electronInstalled: false,
  electronPackage: true,
  download: { failed: 'no connection' },
  browser: '/usr/bin/chromium',
  display: true,
  wanted: 'auto',
}

describe('which runtime npm start uses', () => {
  it('takes Electron when it is there, and tries once to get it', () => {
    expect(decideRuntime({ ...facts, electronInstalled: true })).toEqual({ run: 'electron' })
    expect(decideRuntime({ ...facts, download: 'not-tried' })).toEqual({ run: 'download' })
  })

  it('falls back to the stand-in and says so in one line', () => {
    const decision = decideRuntime(facts)
    expect(decision).toMatchObject({ run: 'stand-in', browser: '/usr/bin/chromium' })
    expect('say' in decision && decision.say.split('\n')).toHaveLength(1)
    expect(decideRuntime({ ...facts, electronInstalled: true, wanted: 'browser' })).toMatchObject({ run: 'stand-in' })
  })

  it('says what to install where there is neither, and stops without a display', () => {
    expect(decideRuntime({ ...facts, browser: undefined })).toMatchObject({
      run: 'stop',
      say: expect.stringContaining('apt install chromium') as string,
    })
    expect(decideRuntime({ ...facts, display: false })).toMatchObject({
      run: 'stop',
      say: expect.stringContaining('display') as string,
    })
    expect(decideRuntime({ ...facts, electronInstalled: true, display: false })).toMatchObject({ run: 'stop' })
    expect(decideRuntime({ ...facts, wanted: 'electron' })).toMatchObject({
      run: 'stop',
      say: expect.stringContaining('no connection') as string,
    })
  })
})
