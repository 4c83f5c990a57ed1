import { bech32 } from '@scure/base'
import type { ErrorCode } from '#shared/result.ts'
import { ageHeader, agePayload, base64, chunkBytes, chunksOf, joined, stanza, wrapped } from '#test/support/age-writer.ts'
import { seededRandom } from '#test/support/fake-ports.ts'
import { plainOf, sealedFor, type Vector, type VectorWorld } from './vector.ts'

const random = seededRandom(31)

/** Everything outside the plaintext: first line, stanzas, MAC, nonce, chunks. */
export function sealVectors(world: VectorWorld): Vector[] {
  const fileKey = random.bytes(16)
  const ours = () => stanza(world.to.age, fileKey, random)
  const strange = () => stanza(bech32.encodeFromBytes('age', random.bytes(32)), fileKey, random)
  const plain = plainOf(world)
  const payload = (chunks = chunksOf(plain), isLast?: (i: number) => boolean) => {
    const { nonce, sealed } = agePayload(fileKey, chunks, random, isLast)
    return [nonce, ...sealed] as const
  }
  const withHeader = (header: Uint8Array) => joined(header, ...payload())
  const withStanzas = (...stanzas: readonly string[]) => withHeader(ageHeader(fileKey, stanzas))
  const parts = (change: (share: Buffer, body: Buffer) => string) => {
    const { share, body } = wrapped(world.to.age, fileKey, random)
    return withStanzas(change(share, body))
  }
  const good = withStanzas(ours())
  const headerBytes = ageHeader(fileKey, [ours()]).length
  const list: [string, ErrorCode | 'accepted', Uint8Array, string?][] = [
    ['good', 'accepted', good],
    ['empty', 'sync-not-a-sync-file', new Uint8Array()],
    ['letter', 'sync-not-a-sync-file', joined('Bonjour, voici la liste.')],
    ['magic_wrong', 'sync-not-a-sync-file', withHeader(ageHeader(fileKey, [ours()], undefined, 'age-encryption.org/v2\n'))],
    ['magic_upper_case', 'sync-not-a-sync-file', withHeader(ageHeader(fileKey, [ours()], undefined, 'Age-encryption.org/v1\n'))],
    ['armored', 'sync-not-a-sync-file', joined('-----BEGIN AGE ENCRYPTED FILE-----\n', base64(good))],
    ['zip', 'sync-not-a-sync-file', joined('PK\u0003\u0004', good)],
    ['header_crlf', 'sync-not-a-sync-file', withHeader(ageHeader(fileKey, [ours()], undefined, 'age-encryption.org/v1\r\n'))],
    ['header_crlf_in_stanza', 'sync-not-for-you', withStanzas(ours().replaceAll('\n', '\r\n'))],
    ['header_extra_space', 'sync-not-for-you', withStanzas(ours().replace(' ', '  '))],
    ['header_empty_line', 'sync-not-for-you', withStanzas(`${ours()}\n`)],
    ['header_first_line_alone', 'sync-incomplete', joined('age-encryption.org/v1\n')],
    ['header_half_first_line', 'sync-incomplete', joined('age-encryption')],
    ['header_truncated', 'sync-incomplete', good.subarray(0, 90)],
    ['header_mac_missing', 'sync-incomplete', withHeader(ageHeader(fileKey, [ours()], () => '\n')), 'no end of the header'],
    ['header_mac_short', 'sync-incomplete', withHeader(ageHeader(fileKey, [ours()], (m) => ` ${m.slice(0, 42)}\n`))],
    ['header_mac_padded', 'sync-incomplete', withHeader(ageHeader(fileKey, [ours()], (m) => ` ${m}=\n`))],
    ['header_mac_not_canonical', 'sync-not-for-you', withHeader(ageHeader(fileKey, [ours()], (m) => ` ${m.slice(0, 42)}/\n`))],
    ['header_mac_bad', 'sync-damaged', withHeader(ageHeader(fileKey, [ours()], () => ` ${base64(random.bytes(32))}\n`))],
    ['header_without_end', 'sync-too-large', joined('age-encryption.org/v1\n', '-> x\n\n'.repeat(200_000)), 'over 1 MiB'],
    ['recipient_none', 'sync-not-for-you', withStanzas()],
    ['recipient_other_centre', 'sync-not-for-you', withStanzas(strange())],
    ['recipient_second_of_two', 'accepted', withStanzas(strange(), ours())],
    ['recipient_double', 'accepted', withStanzas(ours(), ours())],
    ['recipient_beside_unknown_kind', 'accepted', withStanzas('-> new-kind x\nAAAA\n', ours())],
    ['recipient_511_others', 'accepted', withStanzas(ours(), ...Array<string>(511).fill('-> x y\n\n'))],
    ['recipient_512_others', 'sync-too-large', withStanzas(ours(), ...Array<string>(512).fill('-> x y\n\n')), 'over 512'],
    [
      'recipient_low_order_point',
      'sync-not-for-you',
      parts((_s, b) => `-> X25519 ${base64(new Uint8Array(32))}\n${base64(b)}\n`),
    ],
    ['recipient_share_short', 'sync-not-for-you', parts((s, b) => `-> X25519 ${base64(s.subarray(1))}\n${base64(b)}\n`)],
    ['recipient_share_padded', 'sync-not-for-you', parts((s, b) => `-> X25519 ${base64(s)}=\n${base64(b)}\n`)],
    [
      'recipient_share_not_canonical',
      'sync-not-for-you',
      parts((s, b) => `-> X25519 ${base64(s).slice(0, 42)}${base64(s)[42] === '/' ? '+' : '/'}\n${base64(b)}\n`),
    ],
    ['recipient_lower_case', 'sync-not-for-you', parts((s, b) => `-> x25519 ${base64(s)}\n${base64(b)}\n`)],
    ['recipient_extra_argument', 'sync-not-for-you', parts((s, b) => `-> X25519 ${base64(s)} 1\n${base64(b)}\n`)],
    ['recipient_body_short', 'sync-not-for-you', parts((s, b) => `-> X25519 ${base64(s)}\n${base64(b.subarray(1))}\n`)],
    ['recipient_body_bad_tag', 'sync-not-for-you', parts((s, b) => `-> X25519 ${base64(s)}\n${base64(flipped(b, 31))}\n`)],
    [
      'passphrase',
      'sync-needs-passphrase',
      withStanzas(`-> scrypt ${base64(random.bytes(16))} 18\n${base64(random.bytes(32))}\n`),
    ],
    [
      'kdf_cost_too_high',
      'sync-needs-passphrase',
      withStanzas(`-> scrypt ${base64(random.bytes(16))} 63\n${base64(random.bytes(32))}\n`),
    ],
    [
      'kdf_cost_too_low',
      'sync-needs-passphrase',
      withStanzas(`-> scrypt ${base64(random.bytes(16))} 0\n${base64(random.bytes(32))}\n`),
    ],
    [
      'kdf_cost_not_canonical',
      'sync-needs-passphrase',
      withStanzas(`-> scrypt ${base64(random.bytes(16))} 018\n${base64(random.bytes(32))}\n`),
    ],
    [
      'passphrase_beside_us',
      'sync-needs-passphrase',
      withStanzas(`-> scrypt ${base64(random.bytes(16))} 10\n${base64(random.bytes(32))}\n`, ours()),
    ],
    ['nonce_short', 'sync-incomplete', good.subarray(0, headerBytes + 8)],
    ['payload_missing', 'sync-incomplete', good.subarray(0, headerBytes)],
    ['payload_nonce_alone', 'sync-incomplete', good.subarray(0, headerBytes + 16)],
    ['payload_empty', 'sync-suspicious', joined(ageHeader(fileKey, [ours()]), ...payload([new Uint8Array()]))],
    ['payload_27_bytes', 'sync-suspicious', joined(ageHeader(fileKey, [ours()]), ...payload([plain.subarray(0, 27)]))],
    ['cut_by_a_byte', 'sync-incomplete', good.subarray(0, good.length - 1)],
    ['cut_by_half', 'sync-incomplete', good.subarray(0, good.length / 2)],
    ['zero_filled_tail', 'sync-damaged', joined(good.subarray(0, good.length - 500), new Uint8Array(500)), 'an unplugged stick'],
    ['chunk_trailing_byte', 'sync-incomplete', joined(good, '\u0000'), 'no length of a whole file'],
    ['chunk_bad_tag_first', 'sync-damaged', flipped(good, good.length - 1)],
    ['nonce_flipped', 'sync-damaged', flipped(good, headerBytes)],
    ...longVectors(world, fileKey, ours),
  ]
  return list.map(([name, expect, bytes, comment]) => ({ name, expect, bytes, ...(comment === undefined ? {} : { comment }) }))
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[at]! ^= 1
  return copy
}

/** Files of one and two chunks, filled up with padding. */
function longVectors(
  world: VectorWorld,
  fileKey: Uint8Array,
  ours: () => string,
): [string, ErrorCode | 'accepted', Uint8Array][] {
  const plain = plainOf(world, {}, { total: () => 2 * chunkBytes })
  const header = () => ageHeader(fileKey, [ours()])
  const sealedChunks = (chunks: readonly Uint8Array[], isLast?: (i: number) => boolean) =>
    agePayload(fileKey, chunks, random, isLast)
  const [first, second] = chunksOf(plain) as [Uint8Array, Uint8Array]
  const two = sealedChunks([first, second])
  const file = (chunks: readonly Uint8Array[], nonce = two.nonce) => joined(header(), nonce, ...chunks)
  const whole = plainOf(world, {}, { total: () => chunkBytes })
  const one = sealedChunks([whole, new Uint8Array()])
  const sized = (total: number) => sealedFor(world, plainOf(world, {}, { total: () => total }))
  const ends = (isLast: (i: number) => boolean) => {
    const p = sealedChunks([first, second], isLast)
    return file(p.sealed, p.nonce)
  }
  return [
    ['two_chunks', 'accepted', file(two.sealed)],
    ['payload_65535', 'sync-suspicious', sized(chunkBytes - 1)],
    ['payload_65536', 'accepted', sized(chunkBytes)],
    ['payload_65537', 'sync-suspicious', sized(chunkBytes + 1)],
    ['chunk_empty_final', 'sync-suspicious', file(one.sealed, one.nonce)],
    ['chunk_missing_final', 'sync-damaged', ends(() => false)],
    ['chunk_two_finals', 'sync-damaged', ends(() => true)],
    ['chunk_first_is_final', 'sync-damaged', ends((i) => i === 0)],
    ['chunk_bad_tag_second', 'sync-damaged', flipped(file(two.sealed), file(two.sealed).length - 1)],
    ['chunk_swapped', 'sync-damaged', file([two.sealed[1]!, two.sealed[0]!])],
    ['chunk_repeated', 'sync-damaged', file([two.sealed[0]!, two.sealed[0]!])],
    ['chunk_cut_at_its_edge', 'sync-damaged', file([two.sealed[0]!])],
  ]
}
