import { randomBytes } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTypedShare, shareBytes, shareGroupCount, shareGroups } from '#shared/sync/paper-share.ts'
import { openSealed, sealFor } from './age-file.ts'
import { isSignedBy, signWith } from './device-identity.ts'
import { ceremonyOf, nationalRecovery, nationalSecret, nationalWords, paperShares, rebuildNational } from './national-key.ts'

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const fresh = () => nationalSecret(Uint8Array.from(randomBytes(32)))
const typed = (groups: readonly string[]) => groups.join(' ').toLowerCase()

describe('the national key on paper', () => {
  it('any two of three sheets give the same key, and it signs', async () => {
    const national = fresh()
    const sheets = await paperShares(national)
    expect(sheets).toHaveLength(3)
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [2, 1],
    ] as const) {
      const rebuilt = await rebuildNational([typed(sheets[a]!), typed(sheets[b]!)])
      expect(rebuilt.key).toBe(national.key)
      const message = utf8ToBytes('list')
      expect(isSignedBy(national.key, 'tag', message, signWith(rebuilt.signSecret, 'tag', message))).toBe(true)
    }
  })

  it('one sheet tells nothing of the key: with a sheet of another ceremony it is refused', async () => {
    const [ours, theirs] = [await paperShares(fresh()), await paperShares(fresh())]
    await expect(rebuildNational([typed(ours[0]!), typed(theirs[1]!)])).rejects.toMatchObject({ code: 'share-other-ceremony' })
    await expect(rebuildNational([typed(ours[0]!), typed(ours[0]!)])).rejects.toMatchObject({ code: 'share-twice' })
    await expect(rebuildNational([typed(ours[0]!)])).rejects.toMatchObject({ code: 'share-incomplete' })
  })

  it('a sheet whose groups are right but whose whole is not is refused, whoever put it together', async () => {
    const sheets = await paperShares(fresh())
    const bytes = readTypedShare(typed(sheets[0]!)).bytes!
    bytes[20]! ^= 1
    await expect(rebuildNational([typed(shareGroups(bytes)), typed(sheets[1]!)])).rejects.toMatchObject({
      code: 'share-not-a-share',
    })
  })

  it('the key is overwritten when the session ends', async () => {
    const national = fresh()
    national.wipe()
    expect([...national.secret, ...national.signSecret].every((b) => b === 0)).toBe(true)
  })

  it('the same sheets open what was sealed for the national recovery recipient; the signing key is another', async () => {
    const national = fresh()
    const { recipient } = nationalRecovery(national)
    async function* key() {
      yield new Uint8Array(4096).fill(7)
    }
    const sealed: Uint8Array[] = []
    for await (const piece of await sealFor([recipient], key())) sealed.push(piece.slice())
    const bytes = new Uint8Array(Buffer.concat(sealed))
    const sheets = await paperShares(national)
    const { identity } = nationalRecovery(await rebuildNational([typed(sheets[1]!), typed(sheets[2]!)]))
    async function* file() {
      yield bytes
    }
    const opened = await openSealed([identity], bytes.length, file())
    const plain: Uint8Array[] = []
    for await (const piece of opened.plaintext) plain.push(piece.slice())
    expect(Buffer.concat(plain).equals(Buffer.alloc(4096, 7))).toBe(true)
    expect(Buffer.from(ed25519.getPublicKey(national.signSecret)).toString('hex')).toBe(national.key)
    expect(identity).not.toContain(national.key)
  })

  it('its known answers: a change of derivation would close every database and disown every list', () => {
    const national = nationalSecret(new Uint8Array(32).fill(1))
    expect({ key: national.key, words: nationalWords(national.key), ceremony: ceremonyOf(national.key) }).toMatchInlineSnapshot(`
      {
        "ceremony": "ce938b22",
        "key": "a14542c78570d62aa8a5000acf12a9bfce01db3745399d7cd3782a37bcd75b43",
        "words": [
          "sepe",
          "fufe",
          "dope",
          "moke",
          "zoga",
          "tazo",
        ],
      }
    `)
    expect(nationalRecovery(national).recipient).toMatchInlineSnapshot(
      `"age1r4rzqcjcglpw772xzt39xswrwdmdvttg6utmxen5w8xsjnf4q5hqsnv2u8"`,
    )
  })
})

describe('typing a sheet back', () => {
  const anyShare = fc.uint8Array({ minLength: shareBytes, maxLength: shareBytes })

  it('what is printed is read back, in any case and grouping', () => {
    fc.assert(
      fc.property(anyShare, (bytes) => {
        const groups = shareGroups(bytes)
        expect(groups).toHaveLength(shareGroupCount)
        const read = readTypedShare(groups.join('-').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'))
        expect(read.wrong).toEqual([])
        expect(read.bytes).toEqual(bytes)
      }),
    )
  })

  it('one wrong letter is told in its group', () => {
    fc.assert(
      fc.property(anyShare, fc.nat(shareGroupCount * 5 - 1), fc.constantFrom(...letters), (bytes, at, letter) => {
        const text = shareGroups(bytes).join('')
        fc.pre(text[at] !== letter)
        const read = readTypedShare(text.slice(0, at) + letter + text.slice(at + 1))
        expect(read.wrong).toEqual([Math.floor(at / 5) + 1])
        expect(read.bytes).toBeUndefined()
      }),
    )
  })

  it('two letters, or two groups, in each other’s place are told', () => {
    fc.assert(
      fc.property(anyShare, fc.nat(shareGroupCount - 1), fc.nat(3), fc.nat(shareGroupCount - 1), (bytes, g, place, other) => {
        const groups = shareGroups(bytes)
        const own = groups[g]!
        if (own[place] !== own[place + 1]) {
          const swapped = own.slice(0, place) + own[place + 1]! + own[place]! + own.slice(place + 2)
          expect(readTypedShare(groups.with(g, swapped).join(' ')).wrong).toEqual([g + 1])
        }
        if (g !== other) {
          const moved = groups.with(g, groups[other]!).with(other, own)
          expect(readTypedShare(moved.join(' ')).wrong.length).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('which sheet and which ceremony is told after two groups', async () => {
    const national = fresh()
    const sheets = await paperShares(national)
    for (const [i, groups] of sheets.entries())
      expect(readTypedShare(groups.slice(0, 2).join(' ')).sheet).toEqual({ number: i + 1, ceremony: ceremonyOf(national.key) })
    expect(readTypedShare(sheets[0]![0]!).sheet).toBeUndefined()
  })

  it('anything typed is read without a fault', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void readTypedShare(text)))
  })
})
