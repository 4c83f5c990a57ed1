import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import { Corrections } from '#renderer/ui/corrections.tsx'
import type { Draft, TextWarning } from '#shared/cases/contract.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { isAnswered } from '#shared/forms/check-answers.ts'
import { nodeOfPath } from '#shared/forms/filled-form.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import {
  asideBySection,
  listedSections,
  progressOf,
  sectionNameOf,
  sectionsOfForm,
  tierOf,
  tiersOf,
  type Tier,
} from '#shared/forms/form-outline.ts'
import type { AsideAnswer, FormState } from '#shared/forms/form-state.ts'
import type { FormNode } from '#shared/forms/form-tree.ts'
import { waitingByPath } from '#shared/review/waiting-answers.ts'
import { fieldInLine, focusQuestion, questionOf, showQuestion } from './focus-question.ts'
import type { FormKeeper } from './form-keeper.ts'
import './forms.css'
import { KeptAside } from './kept-aside.tsx'
import { useProblemWords } from './problem-words.ts'
import { ProfileContents } from './profile-contents.tsx'
import { Questions, Repeat, type QuestionsProps } from './profile-questions.tsx'
import { questionOf as questionOfRow, useProfileWords } from './profile-words.ts'
import { TextWarnings } from './text-warnings.tsx'
import { useFilledProfile, type FilledProfile } from './use-filled-profile.ts'
import { useKept } from './use-form-keeper.ts'
import type { Waiting } from './use-waiting.ts'
import type { WaitingHere } from './waiting-note.tsx'
import { WaitingSummary } from './waiting-summary.tsx'

export interface ProfileFormProps {
  readonly form: CompiledForm
  readonly stored: Answers
  readonly left: Draft | null
  readonly disabled: boolean
  /** False for a reader to whom confidential answers are not shown. */
  readonly whole: boolean
  readonly keeper: FormKeeper
  readonly warnings: readonly TextWarning[]
  /** What waits for a choice among the answers; a plan, a session, a visit has none. */
  readonly waiting?: Waiting
  /** The question where a choice was just made; '' for none. */
  readonly decidedAt?: string
}

/** As much as is to be filled in first: the card, and once that is complete the profile. */
function firstTier(state: FormState): Tier {
  return sectionsOfForm(state).every((s) => progressOf(state, s, 1).missing.length === 0) ? 2 : 1
}

/** The first section where something is missing, else the first. */
function sectionToFill(state: FormState, tier: Tier): string {
  const listed = listedSections(state, tier, asideBySection(state))
  return (listed.find((s) => progressOf(state, s, tier).missing.length > 0) ?? listed[0])?.name ?? ''
}

/** The whole record, one section on screen at a time; what is typed is kept at once and worked out as it is typed. */
export const ProfileForm = memo(function ProfileForm(props: ProfileFormProps) {
  const { form, left, disabled, keeper, warnings, waiting, whole, stored, decidedAt = '' } = props
  const problems = useKept(keeper, 'problems')
  const profile = useFilledProfile(form, props.stored, left, keeper)
  const { state, turn, unread } = profile
  const words = useProfileWords(state)
  const problemWords = useProblemWords()
  const text = useText()
  // what is around the section on screen follows a little later: the field that one types into comes first (U4)
  const late = useDeferredValue(turn)
  const focused = decidedAt || (left?.focused ?? '')
  const [tier, setTier] = useState<Tier>(() => {
    const at = nodeOfPath(form, focused)
    return Math.max(firstTier(state), at ? tierOf(at) : 1) as Tier
  })
  const [current, setCurrent] = useState(() => sectionNameOf(state, focused) || sectionToFill(state, tier))
  const [gone, setGone] = useState<readonly string[]>(() => Object.keys(left?.texts ?? {}))
  const wanted = useRef<(() => void) | undefined>(undefined)
  const [asked, setAsked] = useState(0)
  const then = useCallback((action: () => void) => {
    wanted.current = action
    setAsked((n) => n + 1)
  }, [])
  // what has to get the focus is on screen by now
  useEffect(() => {
    wanted.current?.()
    wanted.current = undefined
  }, [asked])
  useEffect(() => {
    if (focused !== '' && !focusQuestion(focused)) showQuestion(focused)
  }, [focused])

  const goToSection = useCallback(
    (name: string) => {
      setCurrent(name)
      then(focusSection)
    },
    [then],
  )
  const goToQuestion = useCallback(
    (path: string) => {
      const node = nodeOfPath(form, path)
      if (node) setTier((t) => Math.max(t, tierOf(node)) as Tier)
      setCurrent((c) => sectionNameOf(state, path) || c)
      then(() => focusQuestion(path) || showQuestion(path))
    },
    [form, state, then],
  )
  const here = useMemo((): WaitingHere | undefined => {
    if (!waiting || waiting.rows.length === 0) return undefined
    return { ...waiting, byPath: waitingByPath(state, waiting.rows, (path) => whole || isAnswered(stored[path])) }
  }, [late, state, stored, waiting, whole])
  const toChoose = useMemo(() => {
    const sectionNames = [...(here?.byPath.keys() ?? [])].map((path) => sectionNameOf(state, path))
    return new Map(sectionNames.map((name) => [name, sectionNames.filter((n) => n === name).length]))
  }, [here, state])
  const offered = useMemo(() => tiersOf(state), [state])
  const undo = useCallback(() => {
    const path = profile.undo()
    if (path !== undefined) goToQuestion(path)
  }, [goToQuestion, profile])
  const aside = useMemo(() => asideBySection(state), [state, late])
  const sections = useMemo(() => listedSections(state, tier, aside), [aside, state, tier])
  const at = Math.max(
    0,
    sections.findIndex((s) => s.name === current),
  )
  const section = sections[at]
  const [before, after] = [sections[at - 1], sections[at + 1]]
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const to = event.key === 'PageDown' ? after : event.key === 'PageUp' ? before : undefined
      if (!event.altKey || event.ctrlKey || !to || document.querySelector('[role="dialog"]')) return
      event.preventDefault()
      goToSection(to.name)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [after, before, goToSection])
  const focusFound = useCallback((selector: string) => then(() => document.querySelector<HTMLElement>(selector)?.focus()), [then])
  const steps = useMemo(
    () => (
      <Group justify="space-between" mt="md" className="section-steps">
        <Step to={before} keys="Alt+PageUp" words={text('forms.before')} onGo={goToSection} />
        <Text size="sm">{text('forms.partOf', { number: at + 1, count: sections.length })}</Text>
        <Step to={after} keys="Alt+PageDown" words={text('forms.after')} onGo={goToSection} />
      </Group>
    ),
    [after, at, before, goToSection, sections, text],
  )

  // what one is still typing is not yet wrong
  const wrong = [...new Set([...Object.keys(unread).filter((path) => gone.includes(path)), ...Object.keys(problems)])]
  const corrections = wrong.flatMap((path) => {
    const row = nodeOfPath(form, path)?.row
    const question = row && questionOfRow(row)
    const problem = unread[path]?.problem ?? problems[path]
    if (!problem) return []
    const message = question ? problemWords(question, problem) : text(`forms.problems.${problem}`)
    return [{ field: path, label: words.ofPath(path), message }]
  })
  return (
    <div className="case-layout">
      <div className="case-side">
        {/* beside the form and always in sight: nothing that one fills in moves */}
        {waiting && (
          <WaitingSummary
            paths={[...(here?.byPath.keys() ?? [])]}
            error={waiting.error}
            isDecided={decidedAt !== ''}
            onGo={goToQuestion}
          />
        )}
        <TextWarnings warnings={warnings} labelOf={words.ofPath} onGo={goToQuestion} />
        <Corrections
          title={text('forms.toCorrect', { count: corrections.length })}
          corrections={corrections}
          onGo={goToQuestion}
        />
        <ProfileContents
          state={state}
          sections={sections}
          aside={aside}
          waiting={toChoose}
          tier={tier}
          tiers={offered}
          current={section?.name ?? ''}
          counted={props.whole}
          onTier={setTier}
          onGo={goToSection}
        />
        {!disabled && profile.undoes !== undefined && (
          <Button variant="subtle" size="compact-sm" className="undo-answer" aria-keyshortcuts="Control+Z" onClick={undo}>
            {text('forms.undoAnswer', { question: words.ofPath(profile.undoes) })}
          </Button>
        )}
      </div>
      <div
        onKeyDownCapture={(e) => {
          if (e.key === 'Tab') profile.settle()
          // in a text the key takes back letters
          const inText = e.target instanceof HTMLInputElement && /^(?:text|tel)$/.test(e.target.type)
          if (e.key !== 'z' || !(e.ctrlKey || e.metaKey) || e.shiftKey || inText || profile.undoes === undefined) return
          e.preventDefault()
          undo()
        }}
        onFocus={(e) => {
          const path = questionOf(e.target)
          if (path !== '') keeper.focus(path)
        }}
        onBlur={(e) => {
          const path = questionOf(e.target)
          if (path !== '') setGone((g) => (g.includes(path) ? g : [...g, path]))
        }}
      >
        {section && (
          <Section
            key={section.name}
            section={section}
            profile={profile}
            tier={tier}
            disabled={disabled}
            only={props.whole ? undefined : props.stored}
            problems={problems}
            aside={aside}
            waiting={here}
            onFocus={focusFound}
          >
            {sections.length > 1 && steps}
          </Section>
        )}
      </div>
    </div>
  )
})

function Step(props: {
  readonly to: FormNode | undefined
  readonly keys: string
  readonly words: string
  readonly onGo: (section: string) => void
}) {
  const { to, keys, words } = props
  const text = useText()
  return (
    <Button variant="default" disabled={!to} aria-keyshortcuts={keys} onClick={() => to && props.onGo(to.name)}>
      {words}
      <kbd className="step-keys">{text(keys === 'Alt+PageUp' ? 'forms.keysBefore' : 'forms.keysAfter')}</kbd>
    </Button>
  )
}

interface SectionProps extends QuestionsProps {
  readonly section: FormNode
  readonly aside: ReadonlyMap<string, readonly AsideAnswer[]>
  /** The ways to the sections before and after. */
  readonly children: ReactNode
}

const Section = memo(function Section({ section, aside, children, ...props }: SectionProps) {
  const { profile } = props
  const text = useText()
  const words = useProfileWords(profile.state)
  const isAsked = profile.state.isRelevant(section, [])
  // what belongs to no section any more is shown with the last one
  const isLast = sectionsOfForm(profile.state).findLast((s) => isAskedOf(profile, s)) === section
  const kept = [...(aside.get(section.name) ?? []), ...(isLast ? (aside.get('') ?? []) : [])]
  return (
    <Paper component="section" withBorder p="md" mb="md" className="form-part" aria-labelledby="part-title">
      <Title order={2} size="h4" mb="sm" id="part-title" tabIndex={-1}>
        {words.ofRow(section.row)}
      </Title>
      {!isAsked && <Text>{text('forms.notAsked')}</Text>}
      {isAsked && section.kind === 'repeat' && <Repeat repeat={section} around={[]} titled={false} {...props} />}
      {isAsked && section.kind === 'group' && <Questions parent={section} keys={[]} {...props} />}
      <KeptAside
        profile={profile}
        answers={props.only ? [] : kept}
        disabled={props.disabled}
        onRestore={(path) => {
          profile.restore(path)
          props.onFocus(fieldInLine(path))
        }}
      />
      {children}
    </Paper>
  )
})

const isAskedOf = ({ state }: FilledProfile, section: FormNode): boolean => state.isRelevant(section, [])

/** The first field of the section on screen gets the focus, its title where there is none. */
function focusSection(): void {
  const part = document.querySelector('.form-part')
  part?.scrollIntoView({ block: 'start' })
  const field =
    part?.querySelector<HTMLElement>('[data-question] :is(input, select, button):not([disabled])') ??
    part?.querySelector<HTMLElement>('h2')
  field?.focus({ preventScroll: true })
}
