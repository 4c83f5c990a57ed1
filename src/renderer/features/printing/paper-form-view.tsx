import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { catalogues } from '#renderer/i18n/text.tsx'
import { qrPicture } from '#renderer/ui/qr-picture.ts'
import { paperPageCode, type PaperForm, type PaperRow } from '#shared/forms/paper-form.ts'
import { paginate } from './paginate.ts'
import './paper-form.css'

type Words = (typeof catalogues)['fr']['printing']['form']
type Row<K extends PaperRow['kind']> = Extract<PaperRow, { kind: K }>

/** A form on paper: its rows measured as they are drawn, then laid on pages so that none is cut; each page says which it is. */
export function PaperFormView({ paper }: { readonly paper: PaperForm }) {
  const words: Words = catalogues[paper.language].printing.form
  const ruler = useRef<HTMLDivElement>(null)
  const [pages, setPages] = useState<readonly (readonly number[])[]>()
  const pieces = piecesOf(paper, words)
  useLayoutEffect(() => {
    const body = ruler.current
    if (!body) return
    const heights = [...body.querySelectorAll(':scope > .form-piece')].map((piece) => piece.getBoundingClientRect().height)
    setPages(
      paginate(
        heights.map((height, at) => ({ height, leads: pieces[at]?.leads === true })),
        body.clientHeight,
      ),
    )
  }, [])
  return (pages ?? [pieces.map((_, at) => at)]).map((shown, at, all) => (
    <section key={shown[0]} className="form-page">
      <div className="form-body" ref={pages ? undefined : ruler}>
        {shown.map((n) => (
          <div key={n} className="form-piece">
            {pieces[n]?.content}
          </div>
        ))}
      </div>
      <PageFoot paper={paper} page={at + 1} pages={all.length} />
    </section>
  ))
}

function PageFoot({ paper, page, pages }: { readonly paper: PaperForm; readonly page: number; readonly pages: number }) {
  const words: Words = catalogues[paper.language].printing.form
  const said = words.page.replace('{page}', String(page)).replace('{pages}', String(pages))
  const code = paperPageCode(paper, page, pages)
  return (
    <footer className="form-foot">
      <p>
        <strong>{paper.title}</strong>
        {' · '}
        {paper.form === 'profile' && `${words.tiers[`t${paper.tier}`]} · `}
        {words.version.replace('{version}', paper.version)}
        {paper.caseNumber !== null && (
          <>
            {' · '}
            {words.caseNumber.replace('{number}', paper.caseNumber)}
          </>
        )}
        {paper.exercise && <strong className="form-exercise">{catalogues[paper.language].printing.exercise}</strong>}
      </p>
      <p>{said}</p>
      <img src={qrPicture(code)} alt={words.qrAlt.replace('{page}', said)} />
    </footer>
  )
}

interface Piece {
  readonly content: ReactNode
  readonly leads: boolean
}

function piecesOf(paper: PaperForm, words: Words): readonly Piece[] {
  return [
    { content: <FormHead paper={paper} words={words} />, leads: false },
    ...paper.sections.flatMap((section): Piece[] => {
      const heading = (
        <h2>
          {section.number}. {section.title}
        </h2>
      )
      return [
        ...(section.title === '' ? [] : [{ content: heading, leads: true }]),
        ...section.rows.map((row) => ({ content: <FormRow row={row} words={words} />, leads: false })),
      ]
    }),
    ...paper.lists.map((list) => ({
      content: (
        <>
          <h2>{words.list.replace('{letter}', list.letter).replace('{numbers}', list.of.join(', '))}</h2>
          <ol className="form-list">
            {list.choices.map((choice) => (
              <li key={choice}>{choice}</li>
            ))}
            {list.more && <li className="form-unnumbered">{words.otherAtScreen}</li>}
          </ol>
        </>
      ),
      leads: false,
    })),
  ]
}

function FormHead({ paper, words }: { readonly paper: PaperForm; readonly words: Words }) {
  return (
    <header className="form-head">
      <h1>{paper.title}</h1>
      <p>{paper.caseNumber === null ? words.blankText : words.filledText}</p>
      <p>{words.howText}</p>
      <p>{words.gapText}</p>
    </header>
  )
}

function FormRow({ row, words }: { readonly row: PaperRow; readonly words: Words }) {
  switch (row.kind) {
    case 'gap':
      return (
        <p className="form-gap">
          <b>{row.first === row.last ? row.first : words.through.replace('{first}', row.first).replace('{last}', row.last)}</b>{' '}
          {words.atScreen}
        </p>
      )
    case 'table':
      return <FormTable row={row} words={words} />
    case 'question':
      return <FormQuestion row={row} words={words} />
  }
}

function Asked({ row, words }: { readonly row: Row<'question' | 'table'>; readonly words: Words }) {
  return (
    <div className="form-asked">
      <b>{row.number}</b>
      <div>
        {row.label}
        {row.kind === 'question' && row.required && ' *'}
        {row.when !== '' && <small className="form-when">{words.when.replace('{when}', row.when)}</small>}
        {row.kind === 'question' && row.hint !== '' && <small>{row.hint}</small>}
      </div>
    </div>
  )
}

function FormQuestion({ row, words }: { readonly row: Row<'question'>; readonly words: Words }) {
  return (
    <div className="form-question" data-room={row.room}>
      <Asked row={row} words={words} />
      <div className="form-answer">
        {row.room === 'boxes' && (
          <ul className="form-boxes">
            {row.boxes.map((box) => (
              <Tick key={box.label} {...box} />
            ))}
            {row.more && <Tick label={words.otherAtScreen} ticked={false} />}
          </ul>
        )}
        {row.room === 'list' && row.value === '' && (
          <p className="form-line">
            <small>{(row.many ? words.fromListMany : words.fromList).replace('{letter}', row.list)}</small>
          </p>
        )}
        {row.room !== 'boxes' && row.room !== 'list' && row.value === '' && (
          <p className="form-line">
            {row.more && <small>{words.otherAtScreen}</small>}
            {row.room === 'date' && <small>{words.dateRoom}</small>}
          </p>
        )}
        {row.value !== '' && (
          <p className="form-value">
            <bdi>{row.value}</bdi>
          </p>
        )}
      </div>
      {row.mayLeaveOpen && (
        <ul className="form-boxes form-quiet">
          <Tick label={words.unknown} ticked={row.open === 'unknown'} />
          <Tick label={words.refused} ticked={row.open === 'refused'} />
        </ul>
      )}
    </div>
  )
}

function Tick({ label, ticked }: { readonly label: string; readonly ticked: boolean }) {
  return (
    <li>
      <svg viewBox="0 0 10 10" role="img" aria-label={ticked ? '×' : '–'}>
        <path d="M.5.5h9v9h-9z" />
        {ticked && <path d="M2 2l6 6M8 2l-6 6" />}
      </svg>
      {label}
    </li>
  )
}

function FormTable({ row, words }: { readonly row: Row<'table'>; readonly words: Words }) {
  const legends = row.columns.filter((column) => column.legend.length > 0)
  return (
    <div className="form-repeat">
      <Asked row={row} words={words} />
      <table>
        <colgroup>
          {row.columns.map((column) => (
            <col key={column.name} data-room={column.room} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {row.columns.map((column) => (
              <th key={column.name} scope="col">
                {column.label}
                {column.list !== '' && <small>{words.fromList.replace('{letter}', column.list)}</small>}
                {column.legend.length > 0 && <small>{words.fromLegend}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {row.lines.map((line, n) => (
            // lines have nothing of their own
            <tr key={n}>
              {row.columns.map((column, at) => (
                <td key={column.name}>
                  {line[at] === '' && column.boxes.length > 0 ? (
                    <ul className="form-boxes">
                      {column.boxes.map((label) => (
                        <Tick key={label} label={label} ticked={false} />
                      ))}
                    </ul>
                  ) : (
                    <bdi>{line[at]}</bdi>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {legends.map((column) => (
        <p key={column.name}>
          {column.label}
          {words.colon}
          {column.legend.map((label, n) => `${n + 1} ${label}`).join(' · ')}
        </p>
      ))}
      {row.more && <p>{words.restAtScreen}</p>}
    </div>
  )
}
