import { Radio } from '@mantine/core'
import { memo } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import { asideBySection, isSectionShown, progressOf, sectionsOfForm, tiers, type Tier } from '#shared/forms/form-outline.ts'
import type { FormState } from '#shared/forms/form-state.ts'
import type { FormNode } from '#shared/forms/form-tree.ts'
import { useProfileWords } from './profile-words.ts'

/** The sections that the page shows one at a time: those that ask something, and those that keep something aside. */
export function listedSections(state: FormState, tier: Tier): readonly FormNode[] {
  const aside = asideBySection(state)
  return sectionsOfForm(state).filter((s) => isSectionShown(state, s, tier) || aside.has(s.name))
}

interface ContentsProps {
  readonly state: FormState
  /** Changes when the record does. */
  readonly turn: number
  readonly tier: Tier
  /** The name of the section on screen. */
  readonly current: string
  /** A reader to whom confidential answers are not shown is not told what is missing. */
  readonly counted: boolean
  readonly onTier: (tier: Tier) => void
  readonly onGo: (section: string) => void
}

/** How much is asked, and the contents list: each section with how far it is filled, in words. */
export const ProfileContents = memo(function ProfileContents(props: ContentsProps) {
  const { state, tier, current, counted } = props
  const text = useText()
  const words = useProfileWords(state)
  const aside = asideBySection(state)
  return (
    <>
      <Radio.Group
        label={text('forms.tier')}
        value={String(tier)}
        onChange={(chosen) => props.onTier(tiers.find((t) => String(t) === chosen) ?? 1)}
        mb="sm"
        className="tier-choice"
      >
        {tiers.map((t) => (
          <Radio key={t} mt={6} value={String(t)} label={text(`forms.tiers.t${t}`)} />
        ))}
      </Radio.Group>
      <nav className="section-list" aria-label={text('cases.sections')}>
        <ol>
          {listedSections(state, tier).map((section) => {
            const { answered, asked, missing } = progressOf(state, section, tier)
            const kept = aside.get(section.name)?.length ?? 0
            const said = [
              ...(counted && asked > 0 ? [text('forms.progress', { answered, asked })] : []),
              ...(counted && asked > 0
                ? [missing.length === 0 ? text('forms.complete') : text('forms.missing', { count: missing.length })]
                : []),
              ...(asked === 0 && section.kind === 'repeat' ? [text('forms.noLine')] : []),
              ...(kept > 0 ? [text('forms.asideCount', { count: kept })] : []),
            ]
            return (
              <li key={section.name}>
                <button
                  type="button"
                  data-go={section.name}
                  aria-current={section.name === current ? 'step' : undefined}
                  onClick={() => props.onGo(section.name)}
                >
                  <span>{words.ofRow(section.row)}</span>
                  <small>{said.join(' · ')}</small>
                </button>
              </li>
            )
          })}
        </ol>
      </nav>
    </>
  )
})
