import { hash } from 'node:crypto'

/** Entries that belong to no row (writer-index declarations) commit under this secret. */
export const noRowSecret = '0'.repeat(32)

/** Start of a chain: SHA-256 of `psrl1/w`, stream and writer record, a line each, as hex (docs/formats/sync-file.md, "Journal"). */
export function chainStart(stream: string, writerRecord: string): string {
  return hash('sha256', `psrl1/w\n${stream}\n${writerRecord}`)
}

/** Commitment to a payload, as hex; `secret` is the row's, 32 hex digits. */
export function payloadCommitment(secret: string, stream: string, writer: string, seq: number, payload: string): string {
  return hash('sha256', `psrl1/p\n${secret}\n${stream}\n${writer}\n${seq}\n${payload}`)
}

/** Hash of an entry, as hex: over the hash before, stream, writer, header text and commitment. */
export function entryHash(previous: string, stream: string, writer: string, header: string, commitment: string): string {
  return hash('sha256', `psrl1/e\n${previous}\n${stream}\n${writer}\n${header}\n${commitment}`)
}

/** What a device signs of a chain at every export: its tip, and when. */
export function headText(stream: string, writer: string, seq: number, hashHex: string, at: number): string {
  return `psrl1/head\n${stream}\n${writer}\n${seq}\n${hashHex}\n${at}\n`
}
