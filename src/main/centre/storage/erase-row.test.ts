import { describe, expect, it } from 'vitest'
import { headerText } from '#shared/sync/entry.ts'
import { regionStream } from '#shared/sync/stream.ts'
import { tempStore } from '#test/support/temp-store.ts'
import { applyEntries, type ReceivedEntry } from './apply-entries.ts'
import { keepWriter } from './chains.ts'
import { chainStart, entryHash, payloadCommitment } from './journal.ts'

describe('erasing a row', () => {
  it('I3 takes the content out of every history of a chain, by the secret of each, and the chains still verify', () => {
    const { db, store } = tempStore()
    const stream = regionStream('MOR')
    const other = 'b'.repeat(16)
    const record = '{}'
    const line = (q: number, previous: string, op: 'i' | 'u', name: string, secret: string, telling = true): ReceivedEntry => {
      const header = { q, t: `lz3k9x2a${q}-00`, a: 'u1', k: 'case', r: 'row-1', o: op, sv: 1 }
      const first = { number: 'MOR-26-000001-00', status: 'active', registered_on: '2026-11-24', form_version: '1' }
      const payload = { p: { ...(op === 'i' ? first : {}), a_family_name: name }, ...(telling ? { s: secret } : {}) }
      const payloadText = JSON.stringify(payload)
      const commitment = payloadCommitment(secret, stream, other, q, payloadText)
      return {
        header,
        payload,
        payloadText,
        commitment,
        hash: entryHash(previous, stream, other, headerText(header), commitment),
      }
    }
    const [one, two] = ['1'.repeat(32), '2'.repeat(32)]
    const shared: ReceivedEntry = {
      ...line(1, chainStart(stream, record), 'i', 'Zqxnom', one),
      header: { ...line(1, '', 'i', '', one).header, r: 'row-0' },
    }
    const start = {
      ...shared,
      hash: entryHash(chainStart(stream, record), stream, other, headerText(shared.header), shared.commitment),
    }
    const first = line(2, start.hash, 'i', 'Zqxnom un', one)
    const second = line(2, start.hash, 'i', 'Zqxnom deux', two)
    const third = line(3, second.hash, 'u', 'Zqxnom trois', two, false)
    store.write((unit) => {
      const apply = applyEntries(unit)
      const chain = apply.chain(stream, other, 'd'.repeat(16), record)
      apply.take({ chain, entries: [start, first] }, () => undefined)
      const branch = apply.place({ chain, after: 1, isBranch: true }, second.hash)
      apply.take({ chain: branch, entries: [second, third] }, () => undefined)
      apply.finish()
      unit.audit({ action: 'test' })
    })
    store.write((unit) => {
      unit.erase('case', 'row-1', stream, { certificate: 'MOR-26-AAAAAA', ground: 'right-to-erasure' })
      unit.audit({ action: 'test' })
    })
    const kept = db
      .prepare("SELECT hash, payload, commitment FROM journal WHERE row = 'row-1' AND op <> 'x' ORDER BY seq, hash")
      .all()
    expect(kept).toEqual(
      [first, second]
        .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
        .concat(third)
        .map((e) => ({ hash: e.hash, payload: null, commitment: e.commitment })),
    )
  })

  it('I3 takes the content of lines kept aside, and leaves their commitment', () => {
    const { db, store } = tempStore()
    const stream = regionStream('MOR')
    const id = store.write((unit) => {
      unit.audit({ action: 'test' })
      return unit.insert('case', { stream, fields: { number: 'MOR-26-000001-00', a_family_name: 'Zqxnom' } })
    })
    const other = 'b'.repeat(16)
    const number = keepWriter(db, other, 'd'.repeat(16), '{}', 0)
    const [held, told] = ['1'.repeat(32), '2'.repeat(32)]
    db.prepare('INSERT INTO row_secret (row, kind, writer, secret) VALUES (?, ?, ?, ?)').run(id, 'case', number, held)
    const keep = db.prepare(
      "INSERT INTO quarantine (stream, writer, seq, hash, line, reason, at) VALUES (?, ?, ?, ?, ?, 'revoked', 0)",
    )
    const header = (q: number, r: string) => headerText({ q, t: 'lz3k9x2a1-00', a: 'u1', k: 'case', r, o: 'u', sv: 1 })
    const payload = '{"p":{"a_family_name":"Zqxnom"}}'
    const secretive = `{"p":{"a_family_name":"Zqxnom"},"s":"${told}"}`
    keep.run(stream, other, 7, 'h7', `${header(7, id)}\t${payload}`)
    keep.run(stream, other, 8, 'h8', `${header(8, id)}\t${secretive}`)
    keep.run(stream, other, 9, 'h9', `${header(9, id)}\t~${'c'.repeat(64)}\t${payload}`)
    keep.run(stream, other, 10, 'h10', `${header(10, 'another')}\t${payload}`)
    store.write((unit) => {
      unit.erase('case', id, stream, { certificate: 'MOR-26-AAAAAA', ground: 'right-to-erasure' })
      unit.audit({ action: 'test' })
    })
    const lines = db.prepare('SELECT line FROM quarantine ORDER BY seq').pluck().all()
    const commitment = (secret: string, seq: number, text: string) => payloadCommitment(secret, stream, other, seq, text)
    expect(lines).toEqual([
      `${header(7, id)}\t~${commitment(held, 7, payload)}`,
      `${header(8, id)}\t~${commitment(told, 8, secretive)}`,
      `${header(9, id)}\t~${'c'.repeat(64)}`,
      `${header(10, 'another')}\t${payload}`,
    ])
  })

  it('I5 two certificates of one row end in the same, whichever came first', () => {
    for (const order of [
      ['A-1', 'B-1'],
      ['B-1', 'A-1'],
    ]) {
      const { db, store } = tempStore()
      for (const certificate of order)
        store.write((unit) => {
          unit.erase('case', 'gone', 'reg:MOR', { certificate, ground: 'retention-ended' })
          unit.audit({ action: 'test' })
        })
      expect(db.prepare('SELECT certificate FROM erased').pluck().all()).toEqual(['A-1'])
    }
  })
})
