/** What a free text can hold that should not stand there: it is warned of, never refused (do-no-harm 48). */
export const textFindings = ['phone', 'id', 'word', 'person'] as const
export type TextFinding = (typeof textFindings)[number]
