import { addDays } from '../forms/partial-date.ts'

export const greenDaysMax = 90
export const amberDaysMax = 180

/** How far a service's details can be trusted on a day: verified within 90 days, 180 days, or not (directory.md). */
export function freshness(verifiedOn: string | null, today: string): 'green' | 'amber' | 'red' {
  if (verifiedOn === null || verifiedOn === '') return 'red'
  if (addDays(verifiedOn, greenDaysMax) >= today) return 'green'
  return addDays(verifiedOn, amberDaysMax) >= today ? 'amber' : 'red'
}
