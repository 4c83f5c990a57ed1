import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCleanText } from '../procedure.ts'
import { CardBody, CardFile } from './device-card-file.ts'
import {
  baseOf,
  codeOf,
  codeRegister,
  headerText,
  payloadText,
  readHeader,
  readPayload,
  WriterRecord,
  type EntryHeader,
  type EntryPayload,
} from './entry.ts'
import { Manifest, SignatureBlock } from './manifest.ts'
import { stampOf } from './stamp.ts'
import { parseStream } from './stream.ts'

const letters = (alphabet: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength })
const lower = 'abcdefghijklmnopqrstuvwxyz'
const device = letters(`${lower}234567`, 16, 16)
const hex = (bytes: number) => letters('0123456789abcdef', bytes * 2, bytes * 2)
const stamp = fc.tuple(fc.nat(36 ** 5 - 1), fc.nat(1295)).map(([ms, n]) => stampOf(ms * 36 ** 4, n))
const id = letters(`${lower}${lower.toUpperCase()}0123456789-`, 0, 64)
const clean = fc.string({ unit: 'grapheme', maxLength: 30 }).filter(isCleanText)
const count = fc.nat()

const header: fc.Arbitrary<EntryHeader> = fc.record({
  q: fc.integer({ min: 1, max: 10 ** 15 - 1 }),
  t: stamp,
  a: id,
  k: letters(`${lower}_`, 0, 40),
  r: id,
  o: letters(lower, 1, 1),
  sv: fc.integer({ min: 1, max: 999_999 }),
})

const dot = fc.tuple(fc.nat(), fc.integer({ min: 1 }))
const field = fc.tuple(letters(lower, 1, 1), letters(`${lower}0123456789_`, 0, 20)).map(([a, b]) => a + b)
const register = fc.oneof(
  field,
  fc
    .tuple(
      field,
      clean.filter((c) => c !== ''),
    )
    .map(([f, c]) => codeRegister(f, c)),
)
const value = fc.oneof(
  clean,
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, min: -1e15, max: 1e15 }).map((n) => n + 0),
  fc.constant(null),
  fc.array(clean, { maxLength: 5 }),
)
const payload = fc.record(
  {
    p: fc.dictionary(register, value, { noNullPrototype: true }),
    b: fc.oneof(dot, fc.dictionary(register, dot, { noNullPrototype: true })),
    d: fc.dictionary(register, fc.array(dot, { maxLength: 3 }), { noNullPrototype: true }),
    s: hex(16),
    w: fc.dictionary(fc.integer({ min: 1, max: 999_999 }).map(String), device, { noNullPrototype: true }),
    x: fc.record({ c: letters('ABC0123-', 1, 40), g: letters(`${lower}-`, 1, 40) }, { noNullPrototype: true }),
  },
  { requiredKeys: [], noNullPrototype: true },
) as fc.Arbitrary<EntryPayload>

const vector = fc.dictionary(letters(`${lower}:`, 1, 20), fc.dictionary(device, count, { noNullPrototype: true }), {
  noNullPrototype: true,
})
const time = fc.integer({ min: 0, max: 36 ** 9 - 1 })
const manifest = fc.record(
  {
    v: fc.integer({ min: 1 }),
    min_reader: fc.integer({ min: 1 }),
    file_id: hex(16),
    counter: fc.integer({ min: 1 }),
    from: fc.record({ device, site: letters('ABC', 0, 20), writer: device }, { noNullPrototype: true }),
    heard: fc.dictionary(device, fc.integer({ min: 1, max: 1_000_000_000 }), { noNullPrototype: true }),
    to: fc.array(fc.record({ device }, { noNullPrototype: true }), { minLength: 1, maxLength: 64 }),
    profile: fc.constantFrom('incremental', 'snapshot'),
    part: fc.record({ n: fc.integer({ min: 1 }), more: fc.boolean() }, { noNullPrototype: true }),
    created: time,
    app: letters(lower, 0, 40),
    schema: fc.integer({ min: 1 }),
    writers: fc.dictionary(device, fc.string({ maxLength: 50 }), { noNullPrototype: true }),
    chains: fc.array(
      fc.record(
        {
          stream: letters(lower, 0, 60),
          writer: device,
          from: fc.integer({ min: 1 }),
          prev: hex(32),
          to: fc.record({ seq: count, hash: hex(32) }, { noNullPrototype: true }),
          head: fc.record({ at: count, sig: hex(64) }, { noNullPrototype: true }),
        },
        { noNullPrototype: true },
      ),
      { maxLength: 3 },
    ),
    base: vector,
    have: vector,
    tips: fc.dictionary(letters(`${lower}:`, 1, 20), fc.dictionary(device, fc.tuple(count, hex(8)), { noNullPrototype: true }), {
      noNullPrototype: true,
    }),
    audit: fc
      .tuple(
        fc.uniqueArray(fc.integer({ min: 1 }), { minLength: 1, maxLength: 9 }),
        fc.array(hex(32), { minLength: 9, maxLength: 9 }),
      )
      .map(([numbers, hashes]) => numbers.toSorted((a, b) => b - a).map((seq, i) => [seq, hashes[i]!] as const)),
    want: fc.constant([]),
    counts: fc.dictionary(letters(lower, 1, 40), fc.tuple(count, count, count), { noNullPrototype: true }),
    span: fc.option(fc.tuple(time, time)),
    note: clean,
    sections: fc.array(
      fc.record(
        { type: fc.constantFrom(1, 2), codec: fc.constant(1), enc: count, raw: count, lines: count, sha256: hex(32) },
        { noNullPrototype: true },
      ),
      { maxLength: 8 },
    ),
  },
  { noNullPrototype: true },
)

/** Any JSON, and things near to what is wanted. */
const anyJson = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom('p', 'b', 'd', 's', 'w', 'x', '__proto__', 'constructor', 'z'), fc.jsonValue()),
  fc.record({ p: fc.dictionary(fc.string(), fc.jsonValue()), b: fc.jsonValue() }),
)

describe('texts of the sync file', () => {
  it('a header is read back from its text, and only from its one spelling', () => {
    fc.assert(
      fc.property(header, (h) => {
        const text = headerText(h)
        expect(readHeader(text)).toEqual(h)
        expect(readHeader(`${text} `)).toBeUndefined()
        expect(readHeader(JSON.stringify(h, null, 1))).toBeUndefined()
      }),
    )
  })

  it('a payload is read back from its text', () => {
    fc.assert(
      fc.property(payload, (p) => {
        const text = payloadText(p)
        const parsed: unknown = JSON.parse(text)
        expect(JSON.stringify(parsed)).toBe(text)
        expect(readPayload(parsed)).toEqual(parsed)
      }),
      { numRuns: 500 },
    )
  })

  it('a manifest is read back from its text', () => {
    fc.assert(
      fc.property(manifest, (m) => {
        const text = JSON.stringify(m)
        const parsed: unknown = JSON.parse(text)
        expect(JSON.stringify(parsed)).toBe(text)
        expect(Manifest.parse(parsed)).toEqual(parsed)
        // a writer may leave out what it was told by nobody
        const { tips: _, heard: __, ...rest } = parsed as Record<string, unknown>
        expect(Manifest.parse(rest)).toEqual({ ...rest, tips: {}, heard: {} })
      }),
    )
  })

  it('a code is read back from its register, whatever it holds', () => {
    fc.assert(
      fc.property(clean, (code) => {
        expect(codeOf(codeRegister('a_id_docs', code))).toBe(code)
      }),
      { examples: [['%2F'], ['a/b'], ['"\\'], ['%'], ['100%']], numRuns: 500 },
    )
  })

  it('I9 no reader throws on any text or value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        expect([undefined, 'object']).toContain(readHeader(text) === undefined ? undefined : 'object')
        expect(['undefined', 'object']).toContain(typeof parseStream(text))
        expect(typeof codeOf(text)).toBe('string')
      }),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(anyJson, (json) => {
        const read = readPayload(json)
        if (read) expect(baseOf(read, 'status')).not.toBeNull()
        for (const schema of [Manifest, SignatureBlock, WriterRecord, CardFile, CardBody])
          expect(typeof schema.safeParse(json).success).toBe('boolean')
      }),
      { numRuns: 500 },
    )
  })
})
