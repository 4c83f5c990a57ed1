// the page's only way to the computer's clock and timers

/** Milliseconds since 1970. */
export function nowMs(): number {
  return Date.now()
}

/** Now, as an instant. */
export function nowInstant(): string {
  return new Date(nowMs()).toISOString()
}

const two = (n: number) => String(n).padStart(2, '0')

/** The calendar day of an instant on this computer, YYYY-MM-DD. */
export function localDay(instant: string | number): string {
  const d = new Date(instant)
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`
}

/** Hours and minutes of an instant on this computer, HH:MM. */
export function localTime(instant: string | number): string {
  const d = new Date(instant)
  return `${two(d.getHours())}:${two(d.getMinutes())}`
}

/** Today on this computer, YYYY-MM-DD. */
export function today(): string {
  return localDay(nowMs())
}

/** Calendar days from a past instant to today; 0 for the future. */
export function daysSince(instant: string): number {
  return Math.max(0, Math.round((Date.parse(today()) - Date.parse(localDay(instant))) / 86_400_000))
}

/** Runs `action` once after a while; gives back the way to stop it. */
export function after(delayMs: number, action: () => void): () => void {
  const timer = setTimeout(action, delayMs)
  return () => clearTimeout(timer)
}

/** Runs `action` every second; gives back the way to stop it. */
export function everySecond(action: () => void): () => void {
  const timer = setInterval(action, 1000)
  return () => clearInterval(timer)
}
