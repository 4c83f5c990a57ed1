import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { branchId } from '#main/centre/storage/branches.ts'
import { closingLine, erasedLine } from '#shared/sync/entry.ts'
import { databaseDump } from '#test/support/database-dump.ts'
import { addCase, addDirectory, addIssuedReferral } from '#test/support/open-test-centre.ts'
import { codesOf, erasure, firstFileId, mailbox, person, renamed, scene, service } from './lying-centre.ts'
import { forgedChain, forgedFile, outsideCentre, type ForgedEntry } from './outside-centre.ts'

const referralFields = {
  case_id: person.r,
  need: 'S10',
  priority: 'normal',
  status: 'issued',
  created_on: '2026-11-20',
}

describe('files of a trusted centre that lies', () => {
  it('I9 the envelope: each lie has its code, and nothing is changed', async () => {
    const s = await scene()
    const { mora, to } = s
    const other = await outsideCentre('MOR', 'q', 6)
    const chain = forgedChain(mora, mailbox, [person, renamed])
    const made = (changes: Record<string, unknown>) => forgedFile(mora, to, [chain], changes)
    const codes = await codesOf(s, {
      'signed by another key': await forgedFile(mora, to, [chain], {}, { signSecret: other.identity.signSecret }),
      'signed for others and sealed again for us': await made({ to: [{ device: 'z'.repeat(16) }] }),
      'a stranger': await forgedFile(other, to, [forgedChain(other, mailbox, [person])]),
      'the site is not the card’s': await made({
        from: { device: mora.identity.device, site: 'MRA', writer: mora.record.writer },
      }),
      'signer is not the sender': await made({ from: { device: 'z'.repeat(16), site: 'MOR', writer: mora.record.writer } }),
      'the same file id': await made({ file_id: firstFileId }),
      'older and nothing new': await forgedFile(mora, to, [forgedChain(mora, mailbox, [person])], { counter: 1 }),
      'needs a newer reader': await made({ min_reader: 2 }),
      'unknown profile': await made({ profile: 'everything' }),
      'counter 0': await made({ counter: 0 }),
      'a site as long as a page': await made({
        from: { device: mora.identity.device, site: 'M'.repeat(5000), writer: mora.record.writer },
      }),
      'a manifest over its limit': await made({ app: 'x'.repeat(300_000) }),
      'more chains than lines': await made({ chains: [chain.part, chain.part] }),
      'a base that is not held': await made({ base: { nat: { [mora.record.writer]: 99 } } }),
      'a head by another key': await made({ chains: [{ ...chain.part, head: { at: 1, sig: '0'.repeat(128) } }] }),
      'a count of lines that is not so': await forgedFile(mora, to, [chain], {}, { lineCount: 3 }),
      'a bomb': await forgedFile(mora, to, [{ ...chain, lines: ['a'.repeat(9_000_000)] }]),
    })
    const suspicious = 'sync-suspicious'
    expect(codes).toEqual({
      'signed by another key': 'sync-bad-signature',
      'signed for others and sealed again for us': 'sync-not-for-you',
      'a stranger': 'sync-unknown-sender',
      'the site is not the card’s': suspicious,
      'signer is not the sender': suspicious,
      'the same file id': 'sync-already-imported',
      'older and nothing new': 'sync-older-than-yours',
      'needs a newer reader': 'sync-newer-app',
      'unknown profile': suspicious,
      'counter 0': suspicious,
      'a site as long as a page': suspicious,
      'a manifest over its limit': 'sync-too-large',
      'more chains than lines': suspicious,
      'a base that is not held': 'sync-missing-earlier',
      'a head by another key': suspicious,
      'a count of lines that is not so': suspicious,
      'a bomb': suspicious,
    })
  })

  it('I9 the chain: gaps, repetitions, forks and other people’s streams are refused, and nothing is changed', async () => {
    const s = await scene()
    const { mora, to } = s
    const file = (chain: ReturnType<typeof forgedChain>) => forgedFile(mora, to, [chain])
    const whole = forgedChain(mora, mailbox, [person, renamed])
    const altered = (change: Partial<typeof whole.part>) => file({ ...whole, part: { ...whole.part, ...change } })
    const otherRecord = { ...mora, record: { ...mora.record, app: 'another' } }
    const codes = await codesOf(s, {
      'begins after what is held': await file(forgedChain(mora, mailbox, [person, renamed, renamed, renamed], 4)),
      'another record of the writer': await file(forgedChain(otherRecord, mailbox, [person, renamed])),
      'a number left out': await file(forgedChain(mora, mailbox, [person, { ...renamed, q: 3 }])),
      'a number twice': await file(forgedChain(mora, mailbox, [person, { ...renamed, q: 1 }])),
      'another end': await altered({ to: { seq: 2, hash: '0'.repeat(64) } }),
      'an end too far': await altered({ to: { seq: 3, hash: whole.part.to.hash } }),
      'a record of another writer': await file({ ...whole, record: JSON.stringify({ ...mora.record, writer: 'z'.repeat(16) }) }),
      'a writer of another device': await file(
        forgedChain({ ...mora, record: { ...mora.record, device: 'z'.repeat(16) } }, mailbox, [person]),
      ),
      'our own cases': await file(forgedChain(mora, 'reg:BUE', [person])),
      'its own cases': await file(forgedChain(mora, 'reg:MOR', [person])),
      'our mailbox to it': await file(forgedChain(mora, 'mbx:BUE:MOR', [person])),
      'a mailbox for others': await file(forgedChain(mora, 'mbx:MOR:YDE', [person])),
      'no stream': await file(forgedChain(mora, 'all', [person])),
    })
    const suspicious = 'sync-suspicious'
    expect(codes).toEqual({
      'begins after what is held': 'sync-missing-earlier',
      'another record of the writer': 'sync-fork',
      'a number left out': suspicious,
      'a number twice': suspicious,
      'another end': suspicious,
      'an end too far': suspicious,
      'a record of another writer': suspicious,
      'a writer of another device': 'sync-fork',
      'our own cases': suspicious,
      'its own cases': suspicious,
      'our mailbox to it': suspicious,
      'a mailbox for others': suspicious,
      'no stream': suspicious,
    })
  })

  it('I9 the lines: what does not fit the format is refused, and nothing is changed', async () => {
    const s = await scene()
    const { mora, to } = s
    const lines: Record<string, ForgedEntry> = {
      'an erasure': { ...renamed, o: 'x' },
      'an unknown operation': { ...renamed, o: 'd' },
      'an unknown kind': { ...renamed, k: 'household' },
      'a service among people': { ...service, r: 'mwmwmwmw-9' },
      'a stamp in capitals': { ...renamed, t: '0MIB4K2B0-00' },
      'a row id with a slash': { ...renamed, r: '../1' },
      'a field that is no field': { ...renamed, payload: '{"p":{"Status":"x"}}' },
      'a constructor': { ...renamed, payload: '{"constructor":{"p":1}}' },
      'a number beyond numbers': { ...renamed, payload: '{"p":{"status":1e999}}' },
      'a deep value': { ...renamed, payload: `{"p":{"status":${'['.repeat(5000)}${']'.repeat(5000)}}}` },
      'a text over its limit': { ...renamed, p: { a_given_names: 'a'.repeat(300_000) } },
      'no JSON': { ...renamed, payload: 'Halima' },
      'no payload': { ...renamed, line: (header) => header },
      'a change of an unknown row, unproved': { ...renamed, r: 'mwmwmwmw-99' },
      'a change under another secret': { ...renamed, secret: '22'.repeat(16) },
      'a commitment that does not fit': { ...renamed, line: (h, p) => closingLine(h, '0'.repeat(64), p) },
      'a short commitment': { ...renamed, line: (h) => erasedLine(h, '0'.repeat(62)) },
      'another payload under the same commitment': {
        ...renamed,
        line: (h, _p, c) => closingLine(h, c, '{"p":{"status":"closed"}}'),
      },
    }
    const files: Record<string, Uint8Array> = {}
    for (const [name, entry] of Object.entries(lines)) {
      files[name] = await forgedFile(mora, to, [forgedChain(mora, mailbox, [person, entry])])
    }
    files['a person in the directory'] = await forgedFile(mora, to, [
      forgedChain(mora, 'nat', [service, { ...person, r: 'mwmwmwmw-8' }]),
    ])
    files['a referral in the directory'] = await forgedFile(mora, to, [
      forgedChain(mora, 'nat', [service, { k: 'referral', r: 'mwmwmwmw-8', p: { status: 'issued' } }]),
    ])
    const codes = await codesOf(s, files)
    expect([...new Set(Object.values(codes))]).toEqual(['sync-suspicious'])
  })

  it('I9 values that no page could show are refused, and nothing is changed', async () => {
    const s = await scene()
    const { mora, to } = s
    const changed: Record<string, unknown> = {
      'an unknown status': { status: 'frozen' },
      'a status that is a number': { status: 1 },
      'a day that is no day': { registered_on: '2026-13-01' },
      'a number instead of a text': { number: 7 },
      'a required value taken away': { status: null },
    }
    const referral: Record<string, unknown> = {
      'a referral without its person': { ...referralFields, case_id: undefined },
      'an unknown state': { ...referralFields, status: 'lost-in-space' },
      'items that are no items': { ...referralFields, consent_items: ['everything'] },
      'a consent that is neither yes nor no': { ...referralFields, consent_given: 'perhaps' },
    }
    const files: Record<string, Uint8Array> = {
      'an insert without what it must bring': await forgedFile(mora, to, [
        forgedChain(mora, mailbox, [person, { ...person, r: 'mwmwmwmw-2', p: { a_given_names: 'Halima' } }]),
      ]),
    }
    for (const [name, p] of Object.entries(changed)) {
      files[name] = await forgedFile(mora, to, [forgedChain(mora, mailbox, [person, { ...renamed, p }])])
    }
    for (const [name, p] of Object.entries(referral)) {
      files[name] = await forgedFile(mora, to, [forgedChain(mora, mailbox, [person, { k: 'referral', r: 'mwmwmwmw-4', p }])])
    }
    const codes = await codesOf(s, files)
    expect([...new Set(Object.values(codes))]).toEqual(['sync-suspicious'])
  })

  it('I9 nobody writes into rows of another stream: refused at the import, and nothing is changed', async () => {
    const s = await scene()
    const { buea, mora, to } = s
    await addDirectory(buea)
    const own = await addCase(buea)
    const referral = await addIssuedReferral(buea, own)
    const aimed = (entry: ForgedEntry) => forgedFile(mora, to, [forgedChain(mora, mailbox, [person, entry])])
    const codes = await codesOf(s, {
      'at our person, as an insert': await aimed({ ...person, r: own, t: '0mib4k2b0-00' }),
      'at our referral, as an insert': await aimed({ k: 'referral', r: referral, p: { ...referralFields, status: 'withdrawn' } }),
      'a referral of our person': await aimed({ k: 'referral', r: 'mwmwmwmw-3', p: { ...referralFields, case_id: own } }),
      'at our person, as a change': await aimed({ k: 'case', r: own, o: 'u', p: { status: 'closed' } }),
      'an erasure of our person': await aimed(erasure('case', own)),
      'an erasure of our referral': await aimed(erasure('referral', referral)),
    })
    expect(codes).toEqual({
      'at our person, as an insert': 'import: sync-suspicious',
      'at our referral, as an insert': 'import: sync-suspicious',
      'a referral of our person': 'import: sync-suspicious',
      // the secret of our row never left: the change cannot even be proved
      'at our person, as a change': 'sync-suspicious',
      'an erasure of our person': 'import: sync-suspicious',
      'an erasure of our referral': 'import: sync-suspicious',
    })
  })

  it('I9 what is taken in is what was previewed, whatever happens to the stick meanwhile', async () => {
    for (const end of ['another file', 'a cut file', 'nothing'] as const) {
      const s = await scene()
      const { buea, mora, to } = s
      const file = await forgedFile(mora, to, [forgedChain(mora, mailbox, [person, renamed])])
      const other = await forgedFile(mora, to, [forgedChain(mora, mailbox, [person, { ...renamed, p: { status: 'closed' } }])])
      const name = path.join(buea.folder, 'stick.age')
      writeFileSync(name, file)
      const { previewId } = await buea.get('sync.preview', { file: buea.token(name), job: 'p' })
      writeFileSync(name, end === 'another file' ? other : end === 'nothing' ? new Uint8Array() : file.subarray(0, 900))
      await buea.get('sync.import', { previewId, job: 'i' })
      const { rows } = await buea.get('cases.list', { text: '', after: null, limit: 10 })
      expect(rows.map((r) => [r.name.trim(), r.status])).toEqual([['Hadidja', 'active']])
    }
  })

  it('I2 I9 a second history of a chain is merged beside the first, whatever it says; what differs waits', async () => {
    const s = await scene()
    const { buea, mora, to } = s
    const name = path.join(buea.folder, 'second.age')
    const past = forgedChain(mora, mailbox, [{ ...person, p: { ...(person.p as object), a_given_names: 'Autre' } }, renamed])
    writeFileSync(name, await forgedFile(mora, to, [past]))
    const preview = await buea.get('sync.preview', { file: buea.token(name), job: 'p' })
    expect([preview.twoHistories, preview.newChanges]).toEqual([1, 2])
    const receipt = await buea.get('sync.import', { previewId: preview.previewId, job: 'i' })
    expect(receipt).toMatchObject({ twoHistories: true, toReview: 1 })
    expect(JSON.stringify(await buea.get('review.list', {}))).toContain('Autre')
    // once more: both histories are held now
    const again = path.join(buea.folder, 'again.age')
    writeFileSync(again, await forgedFile(mora, to, [past]))
    const seen = await buea.get('sync.preview', { file: buea.token(again), job: 'p' }).catch((error: unknown) => error)
    expect(seen).toMatchObject({ twoHistories: 0, newChanges: 0 })
  })

  it('I9 a part without a head counts only before a branch that proves it; nothing else can make a chain shorter or longer', async () => {
    const s = await scene()
    const { mora, to } = s
    const whole = forgedChain(mora, mailbox, [person, renamed, { ...renamed, t: '0mib4k2c0-00' }])
    const noHead = { at: 0, sig: '0'.repeat(128) }
    const hashes = [1, 2].map((n) => forgedChain(mora, mailbox, [person, renamed].slice(0, n)).part.to.hash)
    const trunk = {
      ...whole,
      part: { ...whole.part, to: { seq: 2, hash: hashes[1]! }, head: noHead },
      lines: whole.lines.slice(0, 2),
    }
    const id = branchId(whole.part.to.hash)
    const tail = { ...whole, part: { ...whole.part, writer: id, from: 3, prev: hashes[1]! }, lines: whole.lines.slice(2) }
    const empty = { ...tail, part: { ...tail.part, to: { seq: 2, hash: hashes[1]! }, head: noHead }, lines: [] }
    const forged = { ...trunk, lines: [whole.lines[0]!, whole.lines[1]!.replace('Hadidja', 'Autre')] }
    const unproved = { ...tail, part: { ...tail.part, head: noHead } }
    const misnamed = { ...tail, part: { ...tail.part, writer: 'z'.repeat(16) } }
    const codes = await codesOf(s, {
      alone: await forgedFile(mora, to, [trunk]),
      'before nothing': await forgedFile(mora, to, [trunk, empty]),
      'before a branch without a head': await forgedFile(mora, to, [trunk, unproved]),
      'with another line': await forgedFile(mora, to, [forged, tail]),
      'before a branch of another name': await forgedFile(mora, to, [trunk, misnamed]),
    })
    expect(new Set(Object.values(codes))).toEqual(new Set(['sync-suspicious']))
    expect(await s.tried(await forgedFile(mora, to, [trunk, tail]))).toBe('import: accepted')
  })

  it('keeps a field of a newer version aside, and a withheld payload as its commitment', async () => {
    const s = await scene()
    const { buea, mora, to, tried } = s
    const newer: ForgedEntry = { ...renamed, p: { nickname: 'Didja', a_given_names: 'Hadidja' } }
    const withheld: ForgedEntry = { ...renamed, t: '0mib4k2c0-00', line: (h, _p, c) => erasedLine(h, c) }
    expect(await tried(await forgedFile(mora, to, [forgedChain(mora, mailbox, [person, newer, withheld])]))).toBe(
      'import: accepted',
    )
    expect(await databaseDump(buea)).toContain('nickname')
    const { rows } = await buea.get('cases.list', { text: '', after: null, limit: 10 })
    expect(rows.map((r) => [r.name.trim(), r.receivedFrom])).toEqual([['Hadidja', 'Mora']])
  })
})
