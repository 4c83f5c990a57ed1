/** The question that holds an element of the page, or ''. */
export function questionOf(target: EventTarget): string {
  return (target instanceof Element && target.closest('[data-question]')?.getAttribute('data-question')) || ''
}

/** Puts the focus into a question's field, where it can be seen; False if it is not asked. */
export function focusQuestion(question: string): boolean {
  const holder = document.querySelector(`[data-question="${question}"]`)
  const field =
    holder?.querySelector<HTMLElement>('input:checked:not([disabled])') ??
    holder?.querySelector<HTMLElement>('input:not([disabled]), select:not([disabled]), button:not([disabled])')
  if (!field) return false
  field.scrollIntoView({ block: 'center' })
  field.focus({ preventScroll: true })
  return true
}

/** Brings a question into sight that cannot be filled in; the title of its section gets the focus. */
export function showQuestion(question: string): void {
  document.querySelector(`[data-question="${question}"]`)?.scrollIntoView({ block: 'center' })
  document.getElementById('part-title')?.focus({ preventScroll: true })
}

/** Where the first field of a line of a repeat is on the page, as a selector. */
export function fieldInLine(path: string): string {
  return `[data-line="${path}"] [data-question] :is(input, select, textarea)`
}
