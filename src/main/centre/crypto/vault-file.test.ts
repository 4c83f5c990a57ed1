import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { coverVault, openContainer, recipientOf, sealContainer, slotsOfVault, uncoverVault, vaultBytes } from './vault-file.ts'

const random = { bytes: (n: number) => new Uint8Array(randomBytes(n)) }
const text = (words: string) => new TextEncoder().encode(words)

function sealed(recipients: readonly Uint8Array[], words: string): Uint8Array {
  const made = sealContainer(recipients, text(words), random)
  if (!made) throw new Error('no room')
  return made
}

describe('the file of the vault', () => {
  const [hers, other, paper] = [random.bytes(32), random.bytes(32), random.bytes(32)]

  it('opens for each recipient and for nobody else, whatever their place', () => {
    const inner = sealed([recipientOf(hers), recipientOf(paper)], 'words')
    expect(openContainer(inner, hers)).toEqual(text('words'))
    expect(openContainer(inner, paper)).toEqual(text('words'))
    expect(openContainer(inner, other)).toBeUndefined()
  })

  it('H12 has one size, empty or full, with one recipient or sixteen', () => {
    const key = random.bytes(32)
    const many = Array.from({ length: slotsOfVault }, () => recipientOf(random.bytes(32)))
    for (const inner of [sealed([], ''), sealed(many, 'x'.repeat(3_000_000)), sealed([recipientOf(hers)], 'words')])
      expect(coverVault(key, inner, random)).toHaveLength(vaultBytes)
  })

  it('refuses what does not fit, and more recipients than slots', () => {
    const many = Array.from({ length: slotsOfVault + 1 }, () => recipientOf(random.bytes(32)))
    expect(sealContainer(many, text('words'), random)).toBeUndefined()
    expect(sealContainer([], random.bytes(vaultBytes), random)).toBeUndefined()
  })

  it('H21 what was sealed before opens nothing of what is sealed now', () => {
    const before = sealed([recipientOf(hers)], 'before')
    const now = sealed([recipientOf(other)], 'now')
    expect(openContainer(before, hers)).toEqual(text('before'))
    expect(openContainer(now, hers)).toBeUndefined()
    // the head of before over the body of now
    const swapped = Uint8Array.from([...before.subarray(0, 1280), ...now.subarray(1280)])
    expect(openContainer(swapped, hers)).toBeUndefined()
  })

  it('notices another desk’s file, a changed byte and another length', () => {
    const key = random.bytes(32)
    const file = coverVault(key, sealed([recipientOf(hers)], 'words'), random)
    expect(uncoverVault(key, file)).toBeDefined()
    expect(uncoverVault(random.bytes(32), file)).toBeUndefined()
    expect(uncoverVault(key, file.subarray(1))).toBeUndefined()
    file[500_000] = file[500_000]! ^ 1
    expect(uncoverVault(key, file)).toBeUndefined()
  })
})
