import { QueryClient, useMutation, useQuery } from '@tanstack/react-query'
import type { CallInput, CallName, CallOutput } from '#shared/contract.ts'
import type { Failure, Result } from '#shared/result.ts'

/** A refused call: what the page shows instead of a result. */
export class CallFailure extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/** What was refused and why; anything unexpected counts as `internal`. */
export function failureOf(error: unknown): Failure {
  return error instanceof CallFailure ? error.failure : { code: 'internal' }
}

/** What was read from the centre; emptied on lock (S45). Offline by nature, so never "paused". */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false, staleTime: 0, gcTime: 60_000 },
    mutations: { networkMode: 'always', retry: false },
  },
})

/** Calls the centre. Throws CallFailure. */
export async function call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
  const result = (await window.centre.call(name, input)) as Result<CallOutput<K>>
  if (!result.ok) throw new CallFailure(result.error)
  return result.value
}

/** A read, kept until something is written or the desk is locked. */
export function useCall<K extends CallName>(name: K, input: CallInput<K>, enabled = true) {
  return useQuery<CallOutput<K>, CallFailure>({ queryKey: [name, input], queryFn: () => call(name, input), enabled })
}

/** A write; every kept read is asked again afterwards. */
export function useCallMutation<K extends CallName>(name: K, onDone?: (output: CallOutput<K>) => void) {
  return useMutation<CallOutput<K>, CallFailure, CallInput<K>>({
    mutationFn: (input) => call(name, input),
    onSuccess: async (output) => {
      onDone?.(output)
      await queryClient.invalidateQueries()
    },
  })
}
