import { Refusal } from '#shared/result.ts'
import type { DiskFiles } from '#main/platform/disk-files.ts'

/** The plug was pulled: nothing after it reaches the disk. */
export class PowerFailure extends Error {}

/** What goes wrong with the files of one desk. */
export interface FileFaults {
  /** The next file to be written outside, or copied from a stick, finds no space. */
  diskFull: boolean
  /** The stick was pulled out: a chosen file cannot be read. */
  unreadable: boolean
  /** Operations until the power fails; undefined while it holds. */
  powerIn: number | undefined
  /** No power since. */
  dead: boolean
  /** Called once, at the instant of the failure: whoever wants to see the disk as it is then. */
  powerFailed: () => void
}

export function noFaults(): FileFaults {
  return { diskFull: false, unreadable: false, powerIn: undefined, dead: false, powerFailed: () => undefined }
}

/** A Files port that fails when told. Power failures count every operation, reading ones too. */
export function faultyFiles(inner: DiskFiles, faults: FileFaults): DiskFiles {
  const step = (): void => {
    if (faults.dead) throw new PowerFailure()
    if (faults.powerIn === undefined) return
    if (faults.powerIn > 0) {
      faults.powerIn -= 1
      return
    }
    faults.powerIn = undefined
    faults.dead = true
    faults.powerFailed()
    throw new PowerFailure()
  }
  async function* stepping(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      step()
      yield piece
    }
  }
  return {
    ...inner,
    replace(name, bytes) {
      step()
      inner.replace(name, bytes)
    },
    remove(name) {
      step()
      inner.remove(name)
    },
    rename(from, to) {
      step()
      inner.rename(from, to)
    },
    pieces: (name) => stepping(inner.pieces(name)),
    async copyChosen(token, name, progress) {
      step()
      if (faults.unreadable) throw new Refusal('file-unreadable')
      if (faults.diskFull) throw new Refusal('disk-full')
      await inner.copyChosen(token, name, progress)
      step()
    },
    async writeChosen(token, pieces, verify) {
      step()
      if (faults.diskFull) throw new Refusal('disk-full')
      const bytes = await inner.writeChosen(token, stepping(pieces), verify)
      step()
      return bytes
    },
  }
}
