/** The one channel for calls and the one for events. */
export const callChannel = 'call'
export const eventChannel = 'event'

/** Name under which the page hands over its one event listener. */
export const listenCall = 'events.listen'

/**
 * What the preload puts on `window.centre`: exactly one function (S10).
 *
 * `call(name, input)` answers a `Result`. `call(listenCall, {}, listener)` sets the page's event listener, replacing the former one;
 * the listener gets an event's name and plain data, never an Electron event object.
 */
export interface Bridge {
  call(name: string, input: unknown, listener?: (event: string, data: unknown) => void): Promise<unknown>
}
