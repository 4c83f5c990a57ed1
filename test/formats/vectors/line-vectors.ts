import type { ErrorCode } from '#shared/result.ts'
import { seededRandom } from '#test/support/fake-ports.ts'
import { mailbox, person, renamed, service } from '../lying-centre.ts'
import { forgedChain, forgedDraft, type ForgedEntry } from '../outside-centre.ts'
import { plainFile } from '../plain-file.ts'
import { identityOf, sealedFor, sectionOf, type Vector, type VectorWorld } from './vector.ts'

const suspicious = 'sync-suspicious'
const change = (p: unknown): ForgedEntry => ({ ...renamed, p })
const written = (payload: string): ForgedEntry => ({ ...renamed, payload })
const respelled = (header: (text: string) => string): ForgedEntry => ({ ...renamed, header })
const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`a_q${i}`, i]))
// does not compress to a 200th
const varied = (length: number) =>
  Buffer.from(seededRandom(9).bytes(length))
    .toString('latin1')
    .replace(/[^a-z]/g, 'e')

/** One line that is not as the format wants, in a chain that holds together, and what is allowed beside it. */
export function lineVectors(world: VectorWorld): Vector[] {
  const rows: [string, ErrorCode | 'accepted', ForgedEntry][] = [
    ['sequence_gap', suspicious, { ...renamed, q: 3 }],
    ['sequence_repeat', suspicious, { ...renamed, q: 1 }],
    ['header_space', suspicious, respelled((h) => h.replace(',', ', '))],
    ['header_other_order', suspicious, respelled((h) => h.replace(/^\{("q":\d+),("t":"[^"]+"),/, '{$2,$1,'))],
    ['header_extra_key', suspicious, respelled((h) => h.replace('}', ',"x":1}'))],
    ['header_leading_zero', suspicious, respelled((h) => h.replace('"q":', '"q":0'))],
    ['header_no_tab', suspicious, { ...renamed, line: (h, p) => `${h} ${p}` }],
    ['header_alone', suspicious, { ...renamed, line: (h) => h }],
    ['header_two_tabs', suspicious, { ...renamed, line: (h, p) => `${h}\t\t${p}` }],
    ['stamp_upper_case', suspicious, { ...renamed, t: '0MIB4K2B0-00' }],
    ['stamp_short', suspicious, { ...renamed, t: 'mib4k2b0-00' }],
    ['change_stamp_1970', 'accepted', { ...renamed, t: '000000000-00' }],
    ['change_future_stamp', 'accepted', { ...renamed, t: 'zzzzzzzzz-zz' }],
    ['row_with_a_slash', suspicious, { ...renamed, r: '../1' }],
    ['row_long', suspicious, { ...renamed, r: 'x'.repeat(65) }],
    ['change_unknown_kind', suspicious, { ...renamed, k: 'household' }],
    ['change_unknown_kind_newer', 'accepted', { ...renamed, k: 'household', sv: 2, o: 'i' }],
    ['change_kind_constructor', suspicious, { ...renamed, k: 'constructor' }],
    ['change_unknown_operation', suspicious, { ...renamed, o: 'd' }],
    ['change_unknown_operation_newer', 'accepted', { ...renamed, o: 'd', sv: 2 }],
    ['change_unknown_field', 'accepted', change({ nickname: 'Didja' })],
    ['change_field_constructor', 'accepted', change({ constructor: 'x', a_constructor: 'x' })],
    ['change_without_fields', suspicious, written('{"s":"11111111111111111111111111111111"}')],
    ['change_of_a_service_in_a_mailbox', suspicious, { ...service, r: 'mwmwmwmw-9' }],
    ['change_unproved', suspicious, { ...renamed, r: 'mwmwmwmw-99' }],
    ['change_under_another_secret', suspicious, { ...renamed, secret: '22'.repeat(16) }],
    ['insert_without_secret', suspicious, { ...person, r: 'mwmwmwmw-2', payload: JSON.stringify({ p: person.p }) }],
    ['declaration', 'accepted', { k: '', r: '', o: 'w', payload: '{"w":{"1":"zzzzzzzzzzzzzzzz"}}' }],
    ['declaration_of_0', suspicious, { k: '', r: '', o: 'w', payload: '{"w":{"0":"zzzzzzzzzzzzzzzz"}}' }],
    ['declaration_of_nobody', suspicious, { k: '', r: '', o: 'w', payload: '{"w":{"1":"z"}}' }],
    ['declaration_with_a_kind', suspicious, { k: 'case', r: '', o: 'w', payload: '{"w":{"1":"zzzzzzzzzzzzzzzz"}}' }],
    ['declaration_with_a_row', suspicious, { k: '', r: 'x', o: 'w', payload: '{"w":{"1":"zzzzzzzzzzzzzzzz"}}' }],
    ['erasure', 'accepted', { ...renamed, o: 'x', payload: '{"x":{"c":"EFF-1","g":"request"}}' }],
    ['erasure_without_certificate', suspicious, { ...renamed, o: 'x', payload: '{}' }],
    ['erasure_without_certificate_newer', suspicious, { ...renamed, o: 'x', sv: 2, payload: '{}' }],
    ['erasure_with_fields', suspicious, { ...renamed, o: 'x' }],
    ['erasure_ground_in_words', suspicious, { ...renamed, o: 'x', payload: '{"x":{"c":"EFF-1","g":"Elle a dit non"}}' }],
    ['withheld', 'accepted', { ...renamed, line: (h, _p, c) => `${h}\t~${c}` }],
    ['withheld_short', suspicious, { ...renamed, line: (h, _p, c) => `${h}\t~${c.slice(2)}` }],
    ['withheld_upper_case', suspicious, { ...renamed, line: (h, _p, c) => `${h}\t~${c.toUpperCase()}` }],
    ['withheld_long', suspicious, { ...renamed, line: (h, _p, c) => `${h}\t~${c}00` }],
    ['withheld_another', suspicious, { ...renamed, line: (h) => `${h}\t~${'0'.repeat(64)}` }],
    ['closing', 'accepted', { ...renamed, line: (h, p, c) => `${h}\t~${c}\t${p}` }],
    ['closing_another_payload', suspicious, { ...renamed, line: (h, _p, c) => `${h}\t~${c}\t{"p":{"status":"closed"}}` }],
    ['closing_another_commitment', suspicious, { ...renamed, line: (h, p) => `${h}\t~${'0'.repeat(64)}\t${p}` }],
    ['json_none', suspicious, written('Halima')],
    ['json_null', suspicious, written('null')],
    ['json_list', suspicious, written('[]')],
    ['json_space', suspicious, written('{"p": {"status":"closed"}}')],
    ['json_duplicate_key', suspicious, written('{"p":{"status":"active","status":"closed"}}')],
    ['json_proto_key', suspicious, written('{"__proto__":{"p":1}}')],
    ['json_proto_field', suspicious, written('{"p":{"__proto__":"x"}}')],
    ['json_constructor', suspicious, written('{"constructor":{"p":1}}')],
    ['json_unknown_key', suspicious, written('{"p":{"status":"closed"},"z":1}')],
    ['json_deep', suspicious, written(`{"p":{"status":${'['.repeat(5000)}${']'.repeat(5000)}}}`)],
    ['json_lone_surrogate', suspicious, written('{"p":{"a_given_names":"\\ud800"}}')],
    ['json_escaped_letter', suspicious, written('{"p":{"a_given_names":"\\u0041"}}')],
    ['json_huge_number', suspicious, written('{"p":{"a_age_years":1e999}}')],
    ['json_number_beyond_integers', suspicious, written('{"p":{"a_age_years":9007199254740992}}')],
    ['json_number_with_a_point', suspicious, written('{"p":{"a_age_years":1.0}}')],
    ['json_boolean', suspicious, change({ a_age_years: true })],
    ['json_object', suspicious, change({ a_age_years: {} })],
    ['field_upper_case', suspicious, change({ Status: 'x' })],
    ['field_with_two_slashes', suspicious, change({ 'a_id_docs/a/b': 1 })],
    ['field_of_another_normal_form', suspicious, change({ 'a_id_docs/e\u0301': 1 })],
    ['code_two', suspicious, change({ 'a_id_docs/cni': 2 })],
    ['code_chosen', 'accepted', change({ 'a_id_docs/cni': 1 })],
    ['fields_1000', 'accepted', change(fields(1000))],
    ['fields_1001', suspicious, change(fields(1001))],
    ['text_262144', 'accepted', change({ a_given_names: varied(262_144) })],
    ['change_too_big', suspicious, change({ a_given_names: varied(262_145) })],
    ['codes_1001', suspicious, change({ a_consent_photo: Array.from({ length: 1001 }, (_, i) => `c${i}`) })],
    ['text_with_nul', suspicious, change({ a_given_names: 'a\u0000' })],
    ['text_with_a_break', suspicious, change({ a_given_names: 'a\nb' })],
    ['text_with_direction_override', suspicious, change({ a_given_names: 'a\u202eb' })],
    ['text_not_nfc', suspicious, change({ a_given_names: 'Ai\u0308ssatou' })],
    ['text_of_every_script', 'accepted', change({ a_given_names: 'Ŋgɔ́nɔ ‘Aïssatou’ عائشة 😀' })],
    ['base_negative', suspicious, written('{"p":{"status":"closed"},"b":[0,0]}')],
    ['base_of_three', suspicious, written('{"p":{"status":"closed"},"b":[0,1,2]}')],
    ['base_undeclared', 'accepted', written('{"p":{"status":"closed"},"b":[7,1]}')],
    ['decided_101', suspicious, written(`{"p":{"status":"closed"},"d":{"status":[${Array<string>(101).fill('[0,1]').join()}]}}`)],
    ['secret_short', suspicious, written('{"p":{"status":"closed"},"s":"11"}')],
    ['status_unknown', suspicious, change({ status: 'frozen' })],
    ['status_unknown_newer', 'accepted', { ...change({ status: 'frozen' }), sv: 2 }],
    ['status_taken_away', suspicious, change({ status: null })],
    ['day_of_no_month', suspicious, change({ registered_on: '2026-13-01' })],
    ['day_31_february', suspicious, change({ registered_on: '2026-02-31' })],
    ['day_29_february_2028', 'accepted', change({ registered_on: '2028-02-29' })],
    ['day_29_february_2026', suspicious, change({ registered_on: '2026-02-29' })],
    ['insert_without_what_it_must_bring', suspicious, { ...person, r: 'mwmwmwmw-2', p: { a_given_names: 'Halima' } }],
    ['insert_without_what_it_must_bring_newer', 'accepted', { ...person, r: 'mwmwmwmw-2', p: {}, sv: 2 }],
    [
      'step_at_no_time',
      suspicious,
      {
        k: 'referral_step',
        r: 'mwmwmwmw-5',
        p: {
          referral_id: 'x',
          from_state: 'ready',
          to_state: 'issued',
          happened_on: '2026-11-20',
          recorded_at: 36 ** 9,
          told_by: 'staff',
        },
      },
    ],
  ]
  return rows.map(([name, expect, entry]) => {
    const chain = forgedChain(world.mora, mailbox, [person, entry])
    const plain = plainFile(forgedDraft(world.mora, world.to, [chain]), [sectionOf([chain])], identityOf(world))
    return { name: `line_${name}`, expect, bytes: sealedFor(world, plain) }
  })
}
