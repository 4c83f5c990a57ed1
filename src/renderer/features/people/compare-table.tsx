import { Link } from '@tanstack/react-router'
import { ChangedValue, useChangeWords } from '#renderer/features/history/index.ts'
import { MaskedName, RevealPerson } from '#renderer/features/screen/index.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import type { CaseFile } from '#shared/cases/contract.ts'
import { takenTogether, type ComparedAnswer } from '#shared/people/compared-answers.ts'
import type { Choice } from './decide-form.tsx'

/** Every question that one of the two answers, what each says, and in words whether they differ. */
export function CompareTable(props: {
  readonly files: readonly [CaseFile, CaseFile]
  readonly rows: readonly ComparedAnswer[]
  readonly choice: Choice
  readonly onChoice: (choice: Choice) => void
}) {
  const text = useText()
  const language = useLanguage()
  const words = useChangeWords()
  const { files, rows, choice, onChoice } = props
  if (words === undefined) return null
  // what the other case says can be taken into the one that is carried on
  const from = choice.kind === 'same' ? files.findIndex((file) => file.row.id !== choice.leading) : -1
  const taken = choice.kind === 'same' ? choice.take : []
  const toggle = (question: string) => {
    if (choice.kind !== 'same') return
    const together = takenTogether(question)
    const left = choice.take.filter((name) => !together.includes(name))
    onChoice({ ...choice, take: left.length < choice.take.length ? left : [...choice.take, question] })
  }
  return (
    <table className="plain-table compare-table">
      <thead>
        <tr>
          <th scope="col">{text('people.question')}</th>
          {files.map(({ row }) => (
            <th key={row.id} scope="col">
              <MaskedName name={row.name} caseId={row.id} unnamed={text('cases.unnamed')} />{' '}
              <RevealPerson name={row.name} caseId={row.id} number={row.number} />
              <br />
              <Link to="/cases/$caseId" params={{ caseId: row.id }}>
                {row.number}
              </Link>
              {row.receivedFrom !== null && <small> {text('cases.receivedFrom', { site: row.receivedFrom })}</small>}
            </th>
          ))}
          <th scope="col">{text('people.compared')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.flatMap((row, index) => [
          row.section === rows[index - 1]?.section ? null : (
            <tr key={row.section}>
              <th colSpan={4} scope="colgroup" className="compare-section">
                {row.sectionLabel[language]}
              </th>
            </tr>
          ),
          <tr key={row.question} data-same={row.same}>
            <th scope="row">{words.label('case', `a_${row.question}`)}</th>
            {row.values.map((value, side) => (
              <td key={files[side]!.row.id}>
                {value === null ? (
                  <span className="quiet">{text('people.notSaid')}</span>
                ) : (
                  <ChangedValue words={words} kind="case" register={`a_${row.question}`} value={value} />
                )}
                {side === from && row.movable && !row.same && value !== null && (
                  <label className="compare-take">
                    <input
                      type="checkbox"
                      checked={takenTogether(row.question).some((name) => taken.includes(name))}
                      onChange={() => toggle(row.question)}
                      aria-label={text('people.takeThis', { question: words.label('case', `a_${row.question}`) })}
                    />{' '}
                    {text('people.take')}
                  </label>
                )}
              </td>
            ))}
            <td>{row.same ? text('people.same') : <strong>{text('people.different')}</strong>}</td>
          </tr>,
        ])}
      </tbody>
    </table>
  )
}
