import { useText } from '#renderer/i18n/text.tsx'

const levels = ['urgent', 'high', 'medium', 'low'] as const
const isLevel = (code: unknown): code is (typeof levels)[number] => (levels as readonly unknown[]).includes(code)

/** The words of a calculated level, the code itself for what is none. */
export function useLevelWords(): (code: unknown) => string {
  const text = useText()
  return (code) => (isLevel(code) ? text(`forms.levels.${code}`) : String(code))
}
