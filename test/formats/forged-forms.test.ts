import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { formRow, packedForm, signForm } from '#main/centre/crypto/form-statement.ts'
import { nationalSecret } from '#main/centre/crypto/national-key.ts'
import type { SignedForm } from '#shared/sync/form-version.ts'
import { canonicalForm } from '#shared/forms/write-sheets.ts'
import { erasedLine } from '#shared/sync/entry.ts'
import type { FormPack } from '#shared/forms/form-pack.ts'
import { nextForm, shippedForm } from '#test/support/form-files.ts'
import type { TestCentre } from '#test/support/open-test-centre.ts'
import type { ForgedEntry } from './outside-centre.ts'
import { rosterScene } from './roster-scene.ts'

const plan = { ...shippedForm('plan'), version: '2' }
const says = { serial: 5, since: 5 }
const entryOf = (signed: SignedForm): ForgedEntry => ({ k: 'form_version', r: formRow(signed), p: { ...signed } })
const planAt = async (at: TestCentre) => (await at.get('forms.versions', {})).forms.find((f) => f.form === 'plan')!.versions

describe('a trusted centre that lies about forms', () => {
  it('I9 a forged version is passed over and never used, and the file that brings it is read', async () => {
    const { buea, mora, national, told } = await rosterScene()
    const good = signForm(plan, says, national.signSecret)
    const other = { ...plan, title: { fr: 'Autre', en: 'Other' } }
    const forged: Readonly<Record<string, SignedForm>> = {
      'signed by the lying centre': signForm(plan, says, mora.identity.signSecret),
      'signed by a national key of its own': signForm(plan, says, nationalSecret(new Uint8Array(32).fill(3)).signSecret),
      'no signature': { ...good, sig: '' },
      'another number under the signature': { ...good, body: good.body.replace('"serial":5', '"serial":9') },
      'no statement': { ...good, body: 'plan' },
    }
    const before = await planAt(buea)
    for (const [name, signed] of Object.entries(forged)) {
      expect(`${name}: ${await told([entryOf(signed)])}`).toBe(`${name}: accepted`)
      expect(await planAt(buea)).toEqual(before)
      expect(await buea.refusal('forms.version', { id: formRow(signed) })).toBe('not-found')
    }
    // the signature holds, and the form is not what was signed
    const packs = {
      'another form': packedForm(canonicalForm(other)),
      'no pack': 'x',
      'a bomb': gzipSync(Buffer.alloc(20_000_000, 32)).toString('base64'),
    }
    for (const [name, pack] of Object.entries(packs)) {
      expect(`${name}: ${await told([entryOf({ ...good, pack })])}`).toBe(`${name}: accepted`)
      expect(await buea.refusal('forms.version', { id: formRow({ ...good, pack }) })).toBe('not-found')
      expect((await planAt(buea)).find((v) => v.isNewest)?.version).toBe('1')
    }
    expect(await told([entryOf(good)])).toBe('accepted')
    // the true one takes the place of those that could not be read
    expect((await planAt(buea)).map((v) => [v.version, v.isReadable, v.isNewest])).toEqual([
      ['2', true, true],
      ['1', true, false],
    ])
  })

  it('H1 H14 a signed version without what the desk itself reads of a form is never used', async () => {
    const { buea, national, told } = await rosterScene()
    const profile = shippedForm('profile')
    const without = (name: string) => nextForm(profile, '3', (s) => s.filter((r) => r.name !== name))
    const optional = nextForm(profile, '4', (s) => s.map(({ required: _was, ...row }) => row))
    const signed = (pack: FormPack, serial: number) =>
      told([entryOf(signForm(pack, { serial, since: serial }, national.signSecret))])
    for (const [i, pack] of [without('consent_status'), without('private_talk_offered'), optional].entries()) {
      expect(await signed(pack, 10 + i)).toBe('accepted')
      expect((await buea.get('forms.profile', {})).version).toBe(profile.version)
    }
    expect(await signed(nextForm(profile, '5'), 20)).toBe('accepted')
    expect((await buea.get('forms.profile', {})).version).toBe('5')
  })

  it('E20 nobody changes, erases, withholds or renames a version: the file is refused', async () => {
    const { buea, national, told } = await rosterScene()
    const signed = signForm(plan, says, national.signSecret)
    const good = entryOf(signed)
    expect(await told([good])).toBe('accepted')
    const before = await planAt(buea)
    const next = signForm({ ...plan, version: '3' }, { serial: 6, since: 6 }, national.signSecret)
    const broken: Readonly<Record<string, ForgedEntry>> = {
      change: { k: 'form_version', r: good.r, o: 'u', p: { pack: 'x' } },
      'change by a newer version': { k: 'form_version', r: good.r, o: 'u', p: { pack: 'x' }, sv: 2 },
      erase: { k: 'form_version', r: good.r, o: 'x', payload: '{"x":{"c":"EFF-1","g":"request"}}' },
      withhold: { ...good, r: formRow(next), line: (header, _p, commitment) => erasedLine(header, commitment) },
      'another under its id': { ...entryOf(next), r: good.r },
      'no pack': { k: 'form_version', r: formRow(next), p: { body: next.body, sig: next.sig } },
      'one register more': { ...entryOf(next), p: { ...next, more: 'x' } },
    }
    for (const [name, entry] of Object.entries(broken)) {
      expect(`${name}: ${await told([entry])}`).toBe(`${name}: sync-suspicious`)
      expect(await planAt(buea)).toEqual(before)
    }
  })
})
