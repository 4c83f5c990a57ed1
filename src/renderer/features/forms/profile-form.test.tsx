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

const pack = FormPack.parse(JSON.parse(readFileSync('resources/forms/profile.json', 'utf8')))
const keeper = formKeeper({
  keepDraft: () => Promise.resolve(),
  dropDraft: () => Promise.resolve(),
  refusedAnswer: () => undefined,
  after: () => () => undefined,
  now: () => 0,
})

/** The section of a focused question as one reads it, the contents list included. */
function read(stored: Answers, focused: string, { form = pack, whole = true, texts = {} } = {}): string {
  return renderToStaticMarkup(
    <QueryClientProvider client={queryClient}>
      <TextProvider language="fr">
        <MantineProvider>
          <ProfileForm
            form={compileForm(form)}
            stored={stored}
            left={{ imported: false, held: 0, texts, focused, at: '2026-11-24T08:00:00Z' }}
            disabled={!whole}
            whole={whole}
            keeper={keeper}
            warnings={[]}
          />
        </MantineProvider>
      </TextProvider>
    </QueryClientProvider>,
  )
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\u00a0\u202f\s]+/g, ' ')
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
})
