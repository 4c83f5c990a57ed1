import { readFileSync } from 'node:fs'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { queryClient } from '#renderer/api/call.ts'
import { TextProvider } from '#renderer/i18n/text.tsx'
import { compileForm } from '#shared/forms/compile-form.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { FormPack } from '#shared/forms/form-pack.ts'
import { formKeeper } from './form-keeper.ts'
import { ProfileForm } from './profile-form.tsx'
import type { Waiting } from './use-waiting.ts'

const pack = FormPack.parse(JSON.parse(readFileSync('resources/forms/profile.json', 'utf8')))
const keeper = formKeeper({
  keepDraft: () => Promise.resolve(),
  dropDraft: () => Promise.resolve(),
  refusedAnswer: () => undefined,
  after: () => () => undefined,
  now: () => 0,
})

/** The section of a focused question as one reads it, the contents list included. */
function read(
  stored: Answers,
  focused: string,
  { form = pack, whole = true, texts = {}, waiting = undefined as Waiting | undefined, language = 'fr' as 'fr' | 'en' } = {},
): string {
  return renderToStaticMarkup(
    <QueryClientProvider client={queryClient}>
      <TextProvider language={language}>
        <MantineProvider>
          <ProfileForm
            form={compileForm(form)}
            stored={stored}
            left={{ imported: false, held: 0, texts, focused, at: '2026-11-24T08:00:00Z' }}
            disabled={!whole}
            whole={whole}
            keeper={keeper}
            warnings={[]}
            {...(waiting ? { waiting } : {})}
          />
        </MantineProvider>
      </TextProvider>
    </QueryClientProvider>,
  )
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\u00a0\u202f\s]+/g, ' ')
}

/** What two PCs said of a birth, a telephone and a sex at the same time. */
function waits(mayDecide: boolean, changes: Partial<Waiting['rows'][number]> = {}): Waiting {
  const row = (shown: Record<string, string | null>, other: Record<string, string | null>): Waiting['rows'][number] => ({
    fields: Object.keys(shown),
    candidates: [
      { change: null, values: shown, by: 'Aminatou B.', site: 'Mora', at: '2026-11-24T08:00:00Z', clockWrong: false },
      { change: { writer: 2, seq: 7 }, values: other, by: '', site: 'Kousséri', at: '2026-11-23T09:30:00Z', clockWrong: true },
    ],
    whole: true,
    ...changes,
  })
  const rows = [
    row({ a_sex: 'F' }, { a_sex: 'M' }),
    row(
      { a_age_years: '30', a_birth_date: '1996', a_birth_precision: 'year' },
      { a_age_years: '32', a_birth_date: '1994-03-08', a_birth_precision: 'exact' },
    ),
    // of no question of this form, and of one that is not asked
    row({ a_gone: 'x' }, { a_gone: 'y' }),
    row({ a_uasc_status: 'separated' }, { a_uasc_status: 'unaccompanied' }),
  ]
  return { rows, mayDecide, busy: false, error: null, onDecide: () => undefined }
}

describe('the profile on screen', () => {
  it('U16 a retired choice, a question that is gone and one that no longer arises stay visible, each with its reason', () => {
    const later: FormPack = {
      ...pack,
      survey: pack.survey.filter((r) => r.name !== 'motivation_note'),
      choices: { ...pack.choices, TRACK13: (pack.choices['TRACK13'] ?? []).filter((c) => c.name !== 'tvet') },
    }
    const stored: Answers = {
      birth_date: '1994',
      track_1: 'tvet',
      motivation_note: 'coudre',
      uasc_status: 'separated',
      close_date: '2026-11-24',
    }
    const shown = read({ ...stored, 'needs[k1]': 'here' }, 'needs[k1].need_domain', { form: later })
    expect(shown).toMatch(/motivation_note.* coudre.*question d’une ancienne version/)
    expect(shown).toMatch(/13\. Enfant \(moins de 18 ans\) 1 mise de côté/)
    // what the desk writes beside the profile is no question that is gone
    expect(shown).not.toContain('close_date')
    const track = read(stored, 'track_1', { form: later })
    expect(track).toMatch(/Réponses mises de côté.*1er choix.* tvet.*réponse qui n’est plus proposée/)
  })

  it('says in words how far each section is filled, and what a removed line held', () => {
    const shown = read(
      { birth_date: '1994', 'skills[k1]': 'removed', 'skills[k1].skills_skill': 'couture', 'skills[k2]': 'here' },
      'skills[k2].skills_skill',
    )
    expect(shown).toMatch(/8\. Métiers, expérience et moyens 0 sur \d+ · 1 à remplir · 1 mise de côté/)
    expect(shown).toMatch(/Savoir-faire 1 .*Enlever : Savoir-faire 1/)
    expect(shown).toMatch(/couture.*ligne enlevée.*Remettre/)
  })

  it('lines and wrong words of an imported interview stand where they belong, as they were typed', () => {
    const texts = { 'skills[000000001]': 'here', 'skills[000000001].skills_skill': 'couture', household_size: 'quatre' }
    expect(read({ birth_date: '1994' }, 'skills[000000001].skills_skill', { texts })).toMatch(
      /Savoir-faire 1 .*Enlever : Savoir-faire 1/,
    )
    expect(read({ birth_date: '1994' }, 'household_size', { texts })).toMatch(/Taille du ménage.*Écrivez un nombre entier/)
  })

  it('H47 a score stands on screen with each of its factors and their points, and a level with its rules', () => {
    const shown = read({ birth_date: '1994', vulnerability_flags: ['no_docs', 'single_parent'] }, 'vulnerability_override')
    expect(shown).toMatch(/Points de vulnérabilité : 2 .*Parent seul : 1 point .*Risque d’apatridie : 0 point /)
    expect(shown).toMatch(/Score rCSI \(0-56\) ≥ 19 : 0 point/)
    expect(shown).toMatch(/Niveau de vulnérabilité : faible .*élevé : Points de vulnérabilité ≥ 6 .*faible : dans les autres cas/)
    expect(shown).toContain('Il ne dit rien de la sécurité.')
    const needs = read({ rcsi_borrow: 3 }, 'rcsi_borrow')
    expect(needs).toMatch(/× 2 : 6 points/)
    expect(needs).toContain('pas encore de réponse')
  })

  it('E.1 a reader without the confidential answers sees what there is, no empty question and no count', () => {
    const shown = read({ sex: 'F', age_years: 32 }, 'sex', { whole: false })
    expect(shown).toMatch(/Sexe/)
    expect(shown).toContain('32')
    expect(shown).not.toMatch(/Nationalité|Téléphone|à remplir/)
  })

  it('I8 what was written elsewhere at the same time stands at its question, with by whom, where and when, and the choice for who may make it', () => {
    const stored: Answers = { sex: 'F', birth_date: '1996', birth_precision: 'year', age_years: 30 }
    const shown = read(stored, 'sex', { waiting: waits(true) })
    expect(shown).toMatch(/3 réponses attendent un choix Aller à la première/)
    expect(shown).toMatch(/3\. Identité 3 à choisir · /)
    expect(shown).toMatch(
      /Écrit en même temps sur un autre ordinateur : Masculin Une personne de Kousséri — [^—]*2026[^—]* Horloge fausse : date incertaine Prendre l’autre réponse Garder ce qui est affiché/,
    )
    // the birth and its precision are one choice; what is worked out from them is nobody's
    expect(shown).toMatch(/: 08\/03\/1994 Une personne de Kousséri.*?Se choisit avec : Précision : [^:·]+ Prendre/)
    expect(shown).not.toContain('Le superviseur')
    const english = read(stored, 'sex', { waiting: waits(true), language: 'en' })
    expect(english).toMatch(
      /3 answers wait for a choice.*Written at the same time on another computer: Male Somebody of Kousséri/,
    )
  })

  it('E.1 who may not choose, or not see all that is chosen together, gets the note and no button', () => {
    const stored: Answers = { sex: 'F', birth_date: '1996' }
    const told = /Masculin .*Le superviseur ou le coordonnateur choisira\./
    for (const waiting of [waits(false), waits(true, { whole: false })]) {
      const shown = read(stored, 'sex', { waiting })
      expect(shown).toMatch(told)
      expect(shown).not.toMatch(/Prendre l’autre|Garder ce qui/)
    }
    expect(read(stored, 'sex', { waiting: waits(true, { whole: false }) })).toContain('que vous ne voyez pas')
    // what the reader does not get of the card has no note
    const partly = read({ sex: 'F' }, 'sex', { waiting: waits(false), whole: false })
    expect(partly).toMatch(/1 réponse attend un choix/)
    expect(partly).not.toContain('1994')
  })
})
