import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import type { CallInput, CallName, CallOutput } from '#shared/contract.ts'
import type { Failure, Result } from '#shared/result.ts'

/** A refusal of the centre or the shell, as the page gets it: a code and harmless details. */
export class CallFailure extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/** The failure inside anything thrown by `call`; anything else is an internal one. */
export function failureOf(thrown: unknown): Failure {
  return thrown instanceof CallFailure ? thrown.failure : { code: 'internal' }
}

/** Asks the centre or the shell. Throws `CallFailure`. */
export async function call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
  const result = (await window.centre.call(name, input)) as Result<CallOutput<K>>
  if (!result.ok) throw new CallFailure(result.error)
  return result.value
}

/** Answers kept in memory only, for as long as the desk is unlocked. There is no network: calls never wait for one. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, staleTime: 0 },
    mutations: { networkMode: 'always', retry: false },
  },
})

interface QueryOptions {
  readonly enabled?: boolean
  /** Keeps the former answer on screen while the next one is fetched (searching, paging). */
  readonly keepPrevious?: boolean
}

/** The answer of a reading call; asked again when its input changes or after any successful `useCallMutation`. */
export function useCall<K extends CallName>(
  name: K,
  input: CallInput<K>,
  options: QueryOptions = {},
): UseQueryResult<CallOutput<K>, Error> {
  return useQuery<CallOutput<K>, Error>({
    queryKey: [name, input],
    queryFn: () => call(name, input),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious === true ? { placeholderData: (former: CallOutput<K> | undefined) => former as never } : {}),
  })
}

interface MutationOptions {
  /** `false` for a call that changes nothing people see, such as an autosave whose page keeps its own state. */
  readonly refresh?: boolean
}

/** A call that changes something; what is on screen is asked again when it succeeded. */
export function useCallMutation<K extends CallName>(
  name: K,
  options: MutationOptions = {},
): UseMutationResult<CallOutput<K>, Error, CallInput<K>> {
  const client = useQueryClient()
  return useMutation<CallOutput<K>, Error, CallInput<K>>({
    mutationFn: (input) => call(name, input),
    onSuccess: () => {
      if (options.refresh !== false) void client.invalidateQueries()
    },
  })
}
