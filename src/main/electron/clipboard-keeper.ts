import type { LockTimer } from './lock-policy.ts'

export const clipboardSecondsMax = 60

export interface ClipboardSurface {
  writeText(text: string): Promise<void>
  readText(): Promise<string>
  clear(): void
}

/** What the application copied is cleared after a minute if it is still there, and on lock (S38). */
export function clipboardKeeper(clipboard: ClipboardSurface, timer: LockTimer) {
  let ours: string | undefined
  let cancel: () => void = () => undefined
  const clearIfOurs = async () => {
    cancel()
    if (ours !== undefined && (await clipboard.readText()) === ours) clipboard.clear()
    ours = undefined
  }
  return {
    async copy(text: string): Promise<void> {
      await clipboard.writeText(text)
      ours = text
      cancel()
      cancel = timer.after(clipboardSecondsMax * 1000, () => void clearIfOurs())
    },
    clear: clearIfOurs,
  }
}
export type ClipboardKeeper = ReturnType<typeof clipboardKeeper>
