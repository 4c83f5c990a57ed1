import { daysSince, today } from '#renderer/api/clock.ts'
import type { CallOutput } from '#shared/contract.ts'
import { copyDaysLate, outsideDaysLate, outsideDaysSoon } from '#shared/backups/contract.ts'

type Tone = 'green' | 'amber' | 'red'

/** How the newest copy on this computer stands: red without one, or after seven days. */
export function hereTone(made: { readonly at: string } | null): Tone {
  return made === null || daysSince(made.at) > copyDaysLate ? 'red' : 'green'
}

/** How the newest copy outside this computer stands: amber after 14 days, red after 30 or without one. */
export function outsideTone(made: { readonly at: string } | null): Tone {
  if (made === null) return 'red'
  const days = daysSince(made.at)
  return days > outsideDaysLate ? 'red' : days > outsideDaysSoon ? 'amber' : 'green'
}

/** Whether somebody has to take a copy out of this computer now; nobody is asked to on a desk's first day. */
export function copyIsLate({ outside, copies }: CallOutput<'backups.state'>): boolean {
  return outsideTone(outside) === 'red' && (outside !== null || copies.some((c) => c.day < today()))
}

/** The number of a copy on this computer, which tells those of one day apart. */
export function copyNumber({ id }: { readonly id: string }): number {
  return Number(id.slice(0, 6))
}
