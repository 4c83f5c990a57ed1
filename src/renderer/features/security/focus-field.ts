/** Puts the focus into the field of that id. */
export function focusField(id: string): void {
  document.getElementById(id)?.focus()
}
