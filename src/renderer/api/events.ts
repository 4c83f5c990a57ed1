import { listenCall } from '#shared/bridge.ts'
import type { EventData, EventName } from '#shared/contract.ts'

type Listener<K extends EventName> = (data: EventData<K>) => void

const listeners: { readonly [K in EventName]: Set<Listener<K>> } = { progress: new Set(), status: new Set() }

/** Starts listening; called once, when the page starts. */
export function startEvents(): void {
  void window.centre.call(listenCall, {}, (event, data) => {
    if (event === 'progress') for (const listener of listeners.progress) listener(data as EventData<'progress'>)
    if (event === 'status') for (const listener of listeners.status) listener(data as EventData<'status'>)
  })
}

/** Calls `listener` for each event of this name; gives back the way to stop. */
export function onEvent<K extends EventName>(name: K, listener: Listener<K>): () => void {
  const set: Set<Listener<K>> = listeners[name]
  set.add(listener)
  return () => {
    set.delete(listener)
  }
}
