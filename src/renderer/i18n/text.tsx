import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { IntlProvider, useLocale, useTranslations } from 'use-intl'
import type { Language } from '#shared/security/contract.ts'
import { en } from './en/index.ts'
import { fr } from './fr/index.ts'

type Widened<T> = { readonly [K in keyof T]: T[K] extends string ? string : Widened<T[K]> }
type Leaves<T> = { readonly [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string]

/** The shape of a catalogue; English must have every key of French. */
export type Messages = Widened<typeof fr>
/** Every key of the catalogues; a wrong one does not compile. */
type TextKey = Leaves<typeof fr>
/** Gives the words of a key in the language on screen; `values` fills its placeholders and chooses its plural. */
export type Text = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

export const catalogues: Readonly<Record<Language, Messages>> = { fr, en }

declare module 'use-intl' {
  interface AppConfig {
    readonly Locale: Language
  }
}

/** Puts the words of a language around the page; switching keeps everything typed, since nothing is mounted anew (U13). */
export function TextProvider({ language, children }: { readonly language: Language; readonly children: ReactNode }) {
  return (
    <IntlProvider locale={language} messages={catalogues[language]} timeZone="Africa/Douala">
      {children}
    </IntlProvider>
  )
}

/** The words of the language on screen. */
export function useText(): Text {
  const translate = useTranslations()
  return useMemo(() => (key, values) => translate(key, values), [translate])
}

/** The language of the page. */
export function useLanguage(): Language {
  return useLocale()
}
