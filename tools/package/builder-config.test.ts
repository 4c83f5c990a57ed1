import { describe, expect, it } from 'vitest'
import { builderConfig, builderFaults } from './builder-config.ts'

describe('electron-builder.yml', () => {
  it('is what the builder understands', () => {
    expect(builderFaults(builderConfig())).toEqual([])
  })

  it.each([
    ['a fuse that is no yes or no', 'runAsNode: false', 'runAsNode: perhaps', '/electronFuses/runAsNode must be boolean'],
    ['a fuse that nobody knows', 'runAsNode: false', 'runAsNodes: false', '/electronFuses must NOT have additional properties'],
    ['a key of another place', 'npmRebuild: false', 'npmRebuilt: false', '/ must NOT have additional properties'],
  ])('sees %s', (_what, from, to, fault) => {
    expect(builderConfig()).toContain(from)
    expect(builderFaults(builderConfig().replace(from, to))).toContain(fault)
  })
})
