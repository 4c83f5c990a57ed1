import { useLayoutEffect, useRef } from 'react'
import type { SlipContent } from '#shared/referrals/referral-slip.ts'
import { QrImage } from './qr-image.tsx'
import { slipWords } from './slip-words.ts'

const reasons = ['full', 'ineligible', 'docs', 'cost', 'notOffered', 'other'] as const

const smallestPoints = 5.5
const stepPoints = 0.25

/** Letters as large as the paper allows: made smaller, step by step, until nothing is cut. Again once the fonts are there. */
function useFittingLetters() {
  const paper = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const fit = () => {
      const element = paper.current
      if (!element) return
      element.style.fontSize = ''
      const pixelsPerPoint = 96 / 72
      let points = Number.parseFloat(getComputedStyle(element).fontSize) / pixelsPerPoint
      while (element.scrollHeight > element.clientHeight && points > smallestPoints) {
        points -= stepPoints
        element.style.fontSize = `${points}pt`
      }
    }
    fit()
    void document.fonts.ready.then(fit)
  })
  return paper
}

/** What both halves say when they are cut apart: an exercise, a second print. In lines of their own, so that they cover nothing. */
function SlipMarks({ slip }: { readonly slip: SlipContent }) {
  const w = slipWords(slip.language)
  if (!slip.exercise && !slip.duplicate) return null
  return (
    <p className="slip-marks">
      {slip.exercise && <strong data-mark="exercise">{w.word('exercise')}</strong>}
      {slip.duplicate && <strong data-mark="duplicate">{w.word('duplicate')}</strong>}
    </p>
  )
}

/** A slip as it is printed, upper part for the person, coupon for the desk (referrals.md D.3). Draws only what it is given. */
export function ReferralSlipView({ slip }: { readonly slip: SlipContent }) {
  const w = slipWords(slip.language)
  const paper = useFittingLetters()
  const { provider } = slip
  const name = w.both(provider.name.fr, provider.name.en)
  const qrAlt = w.word('qrAlt').replaceAll('{code}', slip.code)
  const where: readonly (readonly [string, string])[] = [
    [w.word('provider'), name],
    [w.word('place'), provider.place],
    [w.word('hours'), provider.hours],
    [w.word('phone'), provider.phone],
    [w.word('appointment'), provider.appointment],
  ]
  return (
    <article ref={paper} className="slip" lang={slip.language === 'en' ? 'en' : 'fr'}>
      <header className="slip-head">
        <div>
          <h1>{w.columns(slip.variant === 'code' ? 'headingCode' : 'heading').join(' / ')}</h1>
          <p>
            {w.both(slip.issuer.fr, slip.issuer.en)}
            {slip.deskPhone !== '' && (
              <>
                {' · '}
                <span className="slip-together">
                  {w.word('deskPhone')} {slip.deskPhone}
                </span>
              </>
            )}
          </p>
          <p>
            <span className="slip-together">
              {w.word('date')} {slip.date}
            </span>
            {' · '}
            <span className="slip-together">
              {w.word('validUntil')} {slip.validUntil}
            </span>
          </p>
          <SlipMarks slip={slip} />
        </div>
        <figure>
          <QrImage code={slip.code} alt={qrAlt} />
          <figcaption className="slip-code">{slip.code}</figcaption>
        </figure>
      </header>
      <table className="slip-lines">
        <tbody>
          {[...where, ...[...slip.person, ...slip.toBring].map((l) => [w.both(l.label.fr, l.label.en), l.value] as const)]
            .filter(([, value]) => value !== '')
            .map(([label, value]) => (
              <tr key={`${label}${value}`}>
                <th scope="row">{label}</th>
                <td>
                  <bdi>{value}</bdi>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      <div className="slip-rights" data-columns={w.columns('rights').length}>
        {w.columns('rights').map((rights, i) => (
          <p key={rights}>
            <strong>{rights}</strong> {w.columns('complaint')[i]} {w.columns('found')[i]}
          </p>
        ))}
      </div>
      <section className="slip-coupon">
        <div className="slip-coupon-head">
          <h2>{w.word('counterfoil')}</h2>
          <SlipMarks slip={slip} />
          <p className="slip-code">{slip.code}</p>
        </div>
        <div className="slip-coupon-body">
          <QrImage code={slip.code} alt={qrAlt} />
          <div>
            <ul className="slip-boxes">
              {(['came', 'accepted', 'waiting', 'started', 'done'] as const).map((k) => (
                <li key={k}>{w.word(k)}</li>
              ))}
            </ul>
            <p className="slip-why">{w.word('refused')}</p>
            <ul className="slip-boxes">
              {reasons.map((k) => (
                <li key={k}>{w.reason(k)}</li>
              ))}
            </ul>
          </div>
          <p className="slip-stamp">{w.word('stamp')}</p>
        </div>
      </section>
    </article>
  )
}
