import { Radio } from '@mantine/core'
import { memo, useEffect, useRef } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import { progressOf, type Tier } from '#shared/forms/form-outline.ts'
import type { AsideAnswer, FormState } from '#shared/forms/form-state.ts'
import type { FormNode } from '#shared/forms/form-tree.ts'
import { useProfileWords } from './profile-words.ts'

interface ContentsProps {
  readonly state: FormState
  /** Made anew when the record changes. */
  readonly sections: readonly FormNode[]
  readonly aside: ReadonlyMap<string, readonly AsideAnswer[]>
  /** How many answers wait for a choice, by section. */
  readonly waiting: ReadonlyMap<string, number>
  readonly tier: Tier
  /** Those that the form has. */
  readonly tiers: readonly Tier[]
  /** The name of the section on screen. */
  readonly current: string
  /** A reader to whom confidential answers are not shown is not told what is missing. */
  readonly counted: boolean
  readonly onTier: (tier: Tier) => void
  readonly onGo: (section: string) => void
}

/** How much is asked, and the contents list: each section with how far it is filled, in words. */
export const ProfileContents = memo(function ProfileContents(props: ContentsProps) {
  const { state, sections, aside, tier, current, counted } = props
  const text = useText()
  const words = useProfileWords(state)
  const list = useRef<HTMLOListElement>(null)
  // a list that is longer than the screen follows
  useEffect(() => {
    const at = list.current?.querySelector<HTMLElement>('[aria-current]')
    const side = at?.offsetParent
    if (at && side && side.scrollHeight > side.clientHeight) side.scrollTop = at.offsetTop - side.clientHeight / 2
  }, [current])
  return (
    <>
      <TierChoice tier={tier} isProfile={state.form.pack.id === 'profile'} offered={props.tiers} onTier={props.onTier} />
      <nav className="section-list" aria-label={text('cases.sections')}>
        <ol ref={list}>
          {sections.map((section) => {
            const { answered, asked, missing } = progressOf(state, section, tier)
            const kept = aside.get(section.name)?.length ?? 0
            const toChoose = props.waiting.get(section.name) ?? 0
            const said = [
              ...(toChoose > 0 ? [text('forms.waitingCount', { count: toChoose })] : []),
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

const TierChoice = memo(function TierChoice(
  props: Pick<ContentsProps, 'tier' | 'onTier'> & { readonly isProfile: boolean; readonly offered: readonly Tier[] },
) {
  const { tier, offered, onTier } = props
  const text = useText()
  if (offered.length < 2) return null
  return (
    <Radio.Group
      label={text('forms.tier')}
      value={String(tier)}
      onChange={(chosen) => onTier(offered.find((t) => String(t) === chosen) ?? 1)}
      mb="sm"
    >
      {offered.map((t) => (
        <Radio key={t} mt={6} value={String(t)} label={text(props.isProfile ? `forms.tiers.t${t}` : `forms.otherTiers.t${t}`)} />
      ))}
    </Radio.Group>
  )
})
