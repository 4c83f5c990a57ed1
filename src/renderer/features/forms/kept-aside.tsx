import { Button, Text } from '@mantine/core'
import { usePlaceWords } from '#renderer/features/pickers/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { nodeOfPath } from '#shared/forms/filled-form.ts'
import type { AsideAnswer } from '#shared/forms/form-state.ts'
import type { FilledProfile } from './use-filled-profile.ts'
import { useProfileWords } from './profile-words.ts'

/** Answers that are stored and take no part any more: shown with the reason, never dropped (U16). */
export function KeptAside(props: {
  readonly profile: FilledProfile
  readonly answers: readonly AsideAnswer[]
  readonly disabled: boolean
  readonly onRestore: (path: string) => void
}) {
  const { profile, answers } = props
  const text = useText()
  const words = useProfileWords(profile.state)
  if (answers.length === 0) return null
  const removed = [...new Set(answers.filter((a) => a.why === 'instance-removed').map((a) => instanceOf(a.path)))]
  return (
    <section className="kept-aside" aria-labelledby="kept-aside">
      <Text component="h3" fw={700} id="kept-aside">
        {text('forms.asideTitle')}
      </Text>
      <Text size="sm">{text('forms.asideHint')}</Text>
      <ul>
        {answers.map((a) => (
          <li key={a.path} data-aside={a.path}>
            {text('common.labelled', { label: words.ofPath(a.path), words: '' })}
            <strong>
              <Said profile={profile} aside={a} />
            </strong>{' '}
            <span>{text(`forms.asideWhy.${a.why}`)}</span>
          </li>
        ))}
      </ul>
      {!props.disabled &&
        removed.map((path) => (
          <Button key={path} size="compact-sm" variant="default" mr="sm" onClick={() => props.onRestore(path)}>
            {text('forms.lineRestore', { line: words.ofPath(path) })}
          </Button>
        ))}
    </section>
  )
}

/** The instance that holds a path. */
function instanceOf(path: string): string {
  return path.slice(0, path.lastIndexOf(']') + 1)
}

function Said({ profile, aside }: { readonly profile: FilledProfile; readonly aside: AsideAnswer }) {
  const words = useProfileWords(profile.state)
  const isPlace = nodeOfPath(profile.state.form, aside.path)?.row.widget === 'place'
  const place = usePlaceWords(isPlace && typeof aside.answer === 'string' ? aside.answer : '')
  return place ?? words.ofAnswer(aside.path, aside.answer)
}
