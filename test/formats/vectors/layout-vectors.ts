import { gzipSync } from 'node:zlib'
import { newDeviceIdentity } from '#main/centre/crypto/device-identity.ts'
import type { ErrorCode } from '#shared/result.ts'
import { joined } from '#test/support/age-writer.ts'
import { seededRandom } from '#test/support/fake-ports.ts'
import { rawSection, type PlainChange, type RawSection } from '../plain-file.ts'
import { goodChain, plainOf, sealedFor, type Vector, type VectorWorld } from './vector.ts'

type Row = [
  name: string,
  expect: ErrorCode | 'accepted',
  manifest: Record<string, unknown>,
  change?: PlainChange,
  sections?: RawSection[],
]

/** Everything between the seal and the lines: fixed part, signature, sections, padding. All but the signature is signed as it is. */
export async function layoutVectors(world: VectorWorld): Promise<Vector[]> {
  const other = newDeviceIdentity('q'.repeat(16), seededRandom(6))
  const { part, lines: goodLines } = goodChain(world)
  const text = goodLines.join('\n')
  const lines = (...made: Parameters<typeof rawSection>) => [rawSection(...made)]
  const fixed = (change: (view: DataView) => void): PlainChange => ({ fixed: change })
  const letters = (length: number) =>
    seededRandom(3)
      .bytes(length / 2)
      .reduce((t, b) => t + b.toString(16).padStart(2, '0'), '')
  const rows: Row[] = [
    ['layout_good', 'accepted', {}],
    ['magic_inside_wrong', 'sync-suspicious', {}, fixed((v) => v.setUint8(0, 0x51))],
    ['version_unknown', 'sync-newer-app', {}, fixed((v) => v.setUint8(7, 0x32))],
    ['version_not_a_number', 'sync-suspicious', {}, fixed((v) => v.setUint8(7, 0x78))],
    ['minor_newer', 'accepted', {}, fixed((v) => v.setUint16(8, 7, true))],
    ['manifest_length_0', 'sync-suspicious', {}, fixed((v) => v.setUint32(12, 0, true))],
    ['manifest_length_one_less', 'sync-suspicious', {}, fixed((v) => v.setUint32(12, v.getUint32(12, true) - 1, true))],
    ['manifest_length_beyond_the_file', 'sync-suspicious', {}, fixed((v) => v.setUint32(12, 100_000, true))],
    ['manifest_length_262145', 'sync-too-large', {}, fixed((v) => v.setUint32(12, 262_145, true))],
    ['manifest_length_huge', 'sync-too-large', {}, fixed((v) => v.setUint32(12, 0xffff_ffff, true))],
    ['signature_length_0', 'sync-suspicious', {}, fixed((v) => v.setUint32(16, 0, true))],
    ['signature_length_4097', 'sync-too-large', {}, fixed((v) => v.setUint32(16, 4097, true))],
    ['total_one_step_more', 'sync-incomplete', {}, fixed((v) => v.setBigUint64(20, v.getBigUint64(20, true) + 4096n, true))],
    ['total_0', 'sync-suspicious', {}, fixed((v) => v.setBigUint64(20, 0n, true))],
    ['total_over_2_gib', 'sync-too-large', {}, fixed((v) => v.setBigUint64(20, 2n ** 31n + 4096n, true))],
    ['total_beyond_numbers', 'sync-too-large', {}, fixed((v) => v.setBigUint64(20, 2n ** 64n - 1n, true))],
    ['total_not_padded', 'sync-suspicious', {}, { total: (used) => used }],
    ['padding_one_step_more', 'accepted', {}, { total: (used) => Math.ceil(used / 4096) * 4096 + 4096 }],
    ['padding_not_zero', 'sync-suspicious', {}, { padding: (zeros) => (zeros[zeros.length - 1] = 1) }],
    ['padding_not_zero_at_its_start', 'sync-suspicious', {}, { padding: (zeros) => (zeros[0] = 1) }],
    ['sender_forged', 'sync-bad-signature', {}, { signSecret: other.signSecret }],
    [
      'sender_unknown',
      'sync-unknown-sender',
      { from: { device: other.device, site: 'MOR', writer: 'mwmwmwmwmwmwmwmw' } },
      { signature: (sig) => JSON.stringify({ dev: other.device, alg: 'ed25519', sig }) },
    ],
    ['signature_zero', 'sync-bad-signature', {}, { signature: () => signatureBlock({ sig: '0'.repeat(128) }) }],
    ['signature_upper_case', 'sync-suspicious', {}, { signature: (sig) => signatureBlock({ sig: `${sig.slice(0, 127)}A` }) }],
    ['signature_short', 'sync-suspicious', {}, { signature: (sig) => signatureBlock({ sig: sig.slice(2) }) }],
    ['signature_other_algorithm', 'sync-suspicious', {}, { signature: (sig) => signatureBlock({ alg: 'ed448', sig }) }],
    ['signature_other_device', 'sync-suspicious', {}, { signature: (sig) => signatureBlock({ dev: other.device, sig }) }],
    ['signature_extra_key', 'sync-suspicious', {}, { signature: (sig) => signatureBlock({ sig, by: 'me' }) }],
    ['signature_with_space', 'sync-suspicious', {}, { signature: (sig) => `${signatureBlock({ sig })} ` }],
    ['section_none', 'sync-suspicious', {}, {}, []],
    ['section_lost', 'sync-suspicious', {}, { body: () => new Uint8Array() }],
    ['section_cut', 'sync-suspicious', {}, { body: (body) => body.subarray(0, body.length - 20) }],
    ['section_other_type_in_head', 'sync-suspicious', {}, {}, lines(text, {}, { head: (h) => (h[0] = 2) })],
    ['section_other_codec_in_head', 'sync-suspicious', {}, {}, lines(text, {}, { head: (h) => (h[1] = 0) })],
    ['section_flags', 'sync-suspicious', {}, {}, lines(text, {}, { head: (h) => (h[2] = 1) })],
    ['section_other_length_in_head', 'sync-suspicious', {}, {}, lines(text, {}, { head: (h) => (h[4] = 1) })],
    ['section_other_raw_length_in_head', 'sync-suspicious', {}, {}, lines(text, {}, { head: (h) => (h[12] = 1) })],
    ['section_type_3', 'sync-suspicious', {}, {}, lines(text, { type: 3 })],
    ['section_codec_0', 'sync-suspicious', {}, {}, lines(text, { codec: 0 })],
    ['section_of_type_2_beside', 'accepted', {}, {}, [...lines(text), ...lines('read past', { type: 2 })]],
    [
      'section_nine',
      'sync-suspicious',
      {},
      {},
      [...lines(text), ...Array.from({ length: 8 }, () => rawSection('x', { type: 2 }))],
    ],
    ['section_length_beyond_the_file', 'sync-suspicious', {}, {}, lines(text, { enc: 1_000_000 })],
    ['section_length_one_less', 'sync-suspicious', {}, {}, lines(text, { enc: gzipSync(text).length - 1 })],
    ['section_raw_one_less', 'sync-suspicious', {}, {}, lines(text, { raw: Buffer.byteLength(text) - 1 })],
    ['section_raw_one_more', 'sync-suspicious', {}, {}, lines(text, { raw: Buffer.byteLength(text) + 1 })],
    ['section_one_line_less', 'sync-suspicious', {}, {}, lines(text, { lines: 1 })],
    ['section_one_line_more', 'sync-suspicious', {}, {}, lines(text, { lines: 3 })],
    ['section_other_digest', 'sync-suspicious', {}, {}, lines(text, { sha256: '0'.repeat(64) })],
    ['section_not_gzip', 'sync-suspicious', {}, {}, lines(text, {}, { encoded: () => joined(text) })],
    ['section_gzip_cut', 'sync-suspicious', {}, {}, lines(text, {}, { encoded: (g) => g.subarray(0, g.length - 4) })],
    [
      'section_gzip_bad_checksum',
      'sync-suspicious',
      {},
      {},
      lines(text, {}, { encoded: (g) => g.map((b, i) => (i === g.length - 5 ? b ^ 1 : b)) }),
    ],
    ['section_gzip_garbage_behind', 'sync-suspicious', {}, {}, lines(text, {}, { encoded: (g) => joined(g, 'garbage') })],
    ['archive_bomb', 'sync-suspicious', {}, {}, lines(`${'a'.repeat(9_000_000)}\nb`)],
    ['archive_bomb_that_lies', 'sync-suspicious', {}, {}, lines(`${'a'.repeat(9_000_000)}\nb`, { raw: 4000 })],
    ['archive_ratio_200', 'sync-suspicious', {}, {}, lines(`${'a'.repeat(600_000)}\n${letters(1000)}`)],
    ['archive_over_4_gib_said', 'sync-too-large', {}, {}, lines(text, { raw: 2 ** 32 + 1 })],
    ['lines_over_500000_said', 'sync-too-large', {}, {}, lines(text, { lines: 500_001 })],
    ['line_over_1_mib', 'sync-too-large', {}, {}, lines(`${letters(1_048_578)}\nb`)],
    ['lines_not_utf8', 'sync-suspicious', {}, {}, lines(joined(text.slice(0, -3), Buffer.from([0xff]), '"}}'))],
    ['lines_with_crlf', 'sync-suspicious', {}, {}, lines(text.replaceAll('\n', '\r\n'))],
    ['lines_with_bom', 'sync-suspicious', {}, {}, lines(`\ufeff${text}`)],
    ['lines_with_a_last_break', 'sync-suspicious', {}, {}, lines(`${text}\n`)],
    ['lines_with_an_empty_one', 'sync-suspicious', {}, {}, lines(text.replace('\n', '\n\n'))],
    ['lines_none', 'sync-suspicious', {}, {}, lines('')],
    ['lines_in_another_order', 'sync-suspicious', {}, {}, lines(text.split('\n').toReversed().join('\n'))],
    ['lines_and_chain_twice', 'sync-suspicious', { chains: [part, part] }, {}, lines(`${text}\n${text}`)],
    ['lines_in_two_sections', 'accepted', {}, {}, text.split('\n').map((line) => rawSection(line))],
  ]
  return rows.map(([name, expect, manifest, change, sections]) => ({
    name,
    expect,
    bytes: sealedFor(world, plainOf(world, manifest, change, sections)),
  }))
}

function signatureBlock(changes: Record<string, unknown>): string {
  return JSON.stringify({ dev: 'm'.repeat(16), alg: 'ed25519', ...changes })
}
