/** Pages on which nobody who was received stands. Every other one, those to come included, lets nothing be copied (H34). */
const withoutPeople: readonly string[] = ['/directory', '/computers', '/backups', '/form-packs', '/exports']

/** True if what is marked on this page may reach the clipboard. */
export function mayCopyFrom(pathname: string): boolean {
  return withoutPeople.includes(pathname)
}

/** What is marked, in a field or on the page. */
export function markedText(target: EventTarget | null): string {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
    return target.value.slice(target.selectionStart ?? 0, target.selectionEnd ?? 0)
  return document.getSelection()?.toString() ?? ''
}
