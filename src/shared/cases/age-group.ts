/** First years of the age groups of statistics (forms.md): those of UNHCR and the African Union's limit of youth. */
const firstYears = [0, 5, 12, 15, 18, 25, 36, 60] as const

/** The age group of completed years, e.g. `18-24`, `60+`. */
export function ageGroup(years: number): string {
  const at = firstYears.findLastIndex((first) => first <= years)
  const next = firstYears[at + 1]
  return next === undefined ? '60+' : `${firstYears[at] ?? 0}-${next - 1}`
}
