/** A sum as it is typed into the calculator that hides the work. */
export interface Sum {
  /** The number being typed; '' before its first digit. */
  readonly typed: string
  readonly before: number
  readonly operation: '' | '+' | '−' | '×' | '÷'
}

export const startOfSum: Sum = { typed: '', before: 0, operation: '' }
export const sumKeys = ['7', '8', '9', '÷', '4', '5', '6', '×', '1', '2', '3', '−', 'C', '0', '=', '+'] as const
export type SumKey = (typeof sumKeys)[number]

const digitsMax = 12

function result({ typed, before, operation }: Sum): number {
  const now = typed === '' ? before : Number(typed)
  switch (operation) {
    case '':
      return now
    case '+':
      return before + now
    case '−':
      return before - now
    case '×':
      return before * now
    case '÷':
      return now === 0 ? 0 : before / now
  }
}

/** The sum after a key. */
export function pressed(sum: Sum, key: SumKey): Sum {
  if (key === 'C') return startOfSum
  if (key === '=') return { typed: '', before: result(sum), operation: '' }
  if (key === '+' || key === '−' || key === '×' || key === '÷')
    return { typed: '', before: sum.typed === '' ? sum.before : result(sum), operation: key }
  return sum.typed.length >= digitsMax ? sum : { ...sum, typed: sum.typed + key }
}

/** What the calculator shows. */
export function shownNumber(sum: Sum): string {
  return String(Number((sum.typed === '' ? sum.before : Number(sum.typed)).toPrecision(digitsMax)))
}
