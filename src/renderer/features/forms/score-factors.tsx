import { useText } from '#renderer/i18n/text.tsx'
import type { FormState } from '#shared/forms/form-state.ts'
import type { FormNode } from '#shared/forms/form-tree.ts'
import { explanationOf, type Mention } from '#shared/forms/score-factors.ts'
import { useLevelWords } from './level-words.ts'
import { useProfileWords, type ProfileWords } from './profile-words.ts'

/** A factor as one reads it: "Under 18", "Documents held: None", "rCSI score ≥ 19". */
function useMentionWords(words: ProfileWords): (mentions: readonly Mention[]) => string {
  const text = useText()
  const one = ({ node, sign, value = '' }: Mention): string => {
    const label = words.ofRow(node.row)
    if (sign === undefined || (sign === '=' && value === 'yes')) return label
    if (sign !== '=') return `${label} ${signs[sign] ?? sign} ${value}`
    const choice = words.ofAnswer(node.name, value)
    // what was ticked says it by itself, "none" of a list does not
    return node.row.type === 'select_multiple' && value !== 'none' ? choice : text('common.labelled', { label, words: choice })
  }
  return (mentions) => mentions.map(one).join(' / ')
}
const signs: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤', '!=': '≠' }

/** What a score is made of, below it: each factor with its points, or the rules of a level and which of them applies (H47). */
export function ScoreFactors(props: { readonly state: FormState; readonly node: FormNode; readonly keys: readonly string[] }) {
  const text = useText()
  const levelWords = useLevelWords()
  const ofMentions = useMentionWords(useProfileWords(props.state))
  const explanation = explanationOf(props.state, props.node, props.keys)
  if (!explanation) return null
  if (explanation.kind === 'points') {
    return (
      <ul className="score-factors" aria-label={text('forms.factors')}>
        {explanation.factors.map(({ mentions, points }, i) => (
          <li key={i} data-counts={points !== undefined && points > 0}>
            {text('common.labelled', {
              label: ofMentions(mentions),
              words: points === undefined ? text('forms.factorOpen') : text('forms.points', { count: points }),
            })}
          </li>
        ))}
      </ul>
    )
  }
  return (
    <>
      <ul className="score-factors" aria-label={text('forms.rules')}>
        {explanation.rules.map(({ mentions, level, applies }) => (
          <li key={level} data-counts={applies} aria-current={applies ? 'true' : undefined}>
            {text('common.labelled', {
              label: levelWords(level),
              words: mentions.length === 0 ? text('forms.otherwise') : ofMentions(mentions),
            })}
          </li>
        ))}
      </ul>
      <p className="score-use">{text('forms.scoreUse')}</p>
    </>
  )
}
