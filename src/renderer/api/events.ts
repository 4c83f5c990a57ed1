import { listenCall } from '#shared/bridge.ts'
import type { EventData, EventName } from '#shared/contract.ts'

type Listener = (name: string, data: unknown) => void
const listeners = new Set<Listener>()

/** Connects to what the centre tells by itself; once per page. */
export function startEvents(): void {
  void window.centre.call(listenCall, {}, (name, data) => {
    for (const listener of listeners) listener(name, data)
  })
}

/** Subscribes to an event; gives back the way to stop it. */
export function onEvent<K extends EventName>(wanted: K, listener: (data: EventData<K>) => void): () => void {
  const mine: Listener = (name, data) => {
    if (name === wanted) listener(data as EventData<K>)
  }
  listeners.add(mine)
  return () => {
    listeners.delete(mine)
  }
}
