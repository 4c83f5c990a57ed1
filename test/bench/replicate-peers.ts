// The same job as replicate-bench.ts for other systems; they are here for nothing else.
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import leveldb from 'pouchdb-adapter-leveldb'
import PouchCore from 'pouchdb-core'
import replication from 'pouchdb-replication'
import * as Y from 'yjs'
import type { BenchRecord, Replicated } from './replicate-bench.ts'

interface Doc {
  readonly _id: string
  readonly _rev?: string
  readonly _conflicts?: readonly string[]
  readonly [field: string]: unknown
}
/** What is used of PouchDB; its typings are not kept up. */
interface Pouch {
  bulkDocs(docs: unknown, options?: unknown): Promise<unknown>
  allDocs(options: unknown): Promise<{ readonly rows: readonly { readonly doc: Doc }[] }>
  bulkGet(options: unknown): Promise<{ readonly results: readonly { readonly docs: readonly { readonly ok: Doc }[] }[] }>
  replicate: { to(other: Pouch, options?: unknown): Promise<unknown> }
  close(): Promise<void>
}
const PouchDB = PouchCore as unknown as { new (name: string): Pouch; plugin(p: unknown): void }
PouchDB.plugin(leveldb)
PouchDB.plugin(replication)

/** PouchDB on LevelDB: each conflict is a whole document, merged by the application. Bytes: the documents that crossed, gzip 6. */
export async function pouchReplicates(folder: string, records: readonly BenchRecord[], edited: number): Promise<Replicated> {
  const a = new PouchDB(path.join(folder, 'pouch-a'))
  const b = new PouchDB(path.join(folder, 'pouch-b'))
  const crossed: unknown[][] = []
  for (const db of [a, b]) {
    const own = db.bulkDocs.bind(db)
    db.bulkDocs = (docs, options) => {
      const given = docs as { readonly docs?: unknown[]; readonly new_edits?: boolean }
      // what replication writes keeps the revisions of the other side
      if ((given.new_edits ?? (options as { readonly new_edits?: boolean } | undefined)?.new_edits) === false)
        crossed.push(given.docs ?? (docs as unknown[]))
      return own(docs, options)
    }
  }
  const bytes = () => {
    const size = crossed.reduce((n, docs) => n + gzipSync(JSON.stringify(docs)).length, 0)
    crossed.length = 0
    return size
  }
  const inBatches = async (db: Pouch, docs: readonly unknown[]) => {
    for (let at = 0; at < docs.length; at += 1000) await db.bulkDocs(docs.slice(at, at + 1000))
  }
  const over = async (from: Pouch, to: Pouch) => from.replicate.to(to, { batch_size: 1000 })
  await inBatches(
    a,
    records.map((r) => ({ _id: r.id, ...r.fields })),
  )
  let start = performance.now()
  await over(a, b)
  const replicate = performance.now() - start
  const replicateBytes = bytes()

  start = performance.now()
  for (const [db, side] of [
    [a, 'A'],
    [b, 'B'],
  ] as const) {
    const { rows } = await db.allDocs({ include_docs: true, limit: edited })
    const own = side === 'A' ? 'skills' : 'wishes'
    await inBatches(
      db,
      rows.map(({ doc }, i) => ({ ...doc, family_name: `Nom${side}${i}`, [own]: `${side} ${i}` })),
    )
  }
  await over(a, b)
  await over(b, a)
  let conflicts = 0
  const { rows } = await a.allDocs({ include_docs: true, conflicts: true })
  const torn = rows.map((r) => r.doc).filter((d) => d._conflicts !== undefined)
  for (let at = 0; at < torn.length; at += 1000) {
    const some = torn.slice(at, at + 1000)
    const { results } = await a.bulkGet({ docs: some.map((d) => ({ id: d._id, rev: d._conflicts![0] })) })
    const made = some.flatMap(({ _conflicts, ...won }, i) => {
      conflicts += 1
      const lost = results[i]!.docs[0]!.ok
      const fromA = String(won['family_name']).startsWith('NomA') ? won : lost
      const fromB = fromA === won ? lost : won
      return [
        { ...won, skills: fromA['skills'], wishes: fromB['wishes'] },
        { _id: lost._id, _rev: lost._rev, _deleted: true },
      ]
    })
    await a.bulkDocs(made)
  }
  await over(a, b)
  const converge = performance.now() - start
  const convergeBytes = bytes()
  const dump = async (db: Pouch) =>
    JSON.stringify((await db.allDocs({ include_docs: true })).rows.map(({ doc: { _rev, ...rest } }) => rest))
  const isEqual = (await dump(a)) === (await dump(b))
  await a.close()
  await b.close()
  return { replicate, replicateBytes, converge, convergeBytes, conflicts, isEqual }
}

/** Yjs, one document of maps, in memory alone: nothing is stored, encrypted or proved. */
export function yjsReplicates(records: readonly BenchRecord[], edited: number): Replicated {
  const a = new Y.Doc()
  const b = new Y.Doc()
  const people = a.getMap<Y.Map<unknown>>('people')
  a.transact(() => {
    for (const r of records) people.set(r.id, new Y.Map(Object.entries(r.fields)))
  })
  let start = performance.now()
  const all = Y.encodeStateAsUpdate(a)
  Y.applyUpdate(b, all)
  const replicate = performance.now() - start
  start = performance.now()
  for (const [doc, side] of [
    [a, 'A'],
    [b, 'B'],
  ] as const) {
    const map = doc.getMap<Y.Map<unknown>>('people')
    doc.transact(() => {
      for (let i = 0; i < edited; i += 1) {
        const person = map.get(records[i]!.id)!
        person.set('family_name', `Nom${side}${i}`)
        person.set(side === 'A' ? 'skills' : 'wishes', `${side} ${i}`)
      }
    })
  }
  const toA = Y.encodeStateAsUpdate(b, Y.encodeStateVector(a))
  const toB = Y.encodeStateAsUpdate(a, Y.encodeStateVector(b))
  Y.applyUpdate(a, toA)
  Y.applyUpdate(b, toB)
  const converge = performance.now() - start
  const dump = (doc: Y.Doc) =>
    JSON.stringify(records.map((r) => Object.entries(doc.getMap<Y.Map<unknown>>('people').get(r.id)!.toJSON()).toSorted()))
  return {
    replicate,
    replicateBytes: gzipSync(all).length,
    converge,
    convergeBytes: gzipSync(toA).length + gzipSync(toB).length,
    // it does not say that two people set one field apart
    conflicts: 0,
    isEqual: dump(a) === dump(b),
  }
}
