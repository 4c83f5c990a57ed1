import type { Job } from '../../feature.ts'

/** The same pieces; the job breathes before each and is told what has passed of `total`, after `before` bytes of an earlier step. */
export async function* told(pieces: AsyncIterable<Uint8Array>, job: Job, total: number, before = 0): AsyncGenerator<Uint8Array> {
  let done = before
  for await (const piece of pieces) {
    await job.breathe()
    yield piece
    done += piece.length
    job.progress(done, total)
  }
}
