import { useCallback, useState } from 'react'

/** One act at a time, with what went wrong. */
export function useDoing() {
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const run = useCallback(async (work: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }, [])
  return { error, busy, run }
}
