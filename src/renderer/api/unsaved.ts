import { after } from './clock.ts'

const waitMsMax = 1000
const waiting = new Set<() => Promise<void>>()

/** Names a form whose last keystrokes may still be on their way; gives back the way to forget it. */
export function registerUnsaved(flush: () => Promise<void>): () => void {
  waiting.add(flush)
  return () => {
    waiting.delete(flush)
  }
}

/** Sends what every open form still holds, before the desk is locked or changed; never waits more than a second. */
export async function flushUnsaved(): Promise<void> {
  await Promise.race([
    Promise.allSettled([...waiting].map((flush) => flush())),
    new Promise<void>((resolve) => void after(waitMsMax, resolve)),
  ])
}
