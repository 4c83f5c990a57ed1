import '#renderer/ui/list-table.css'
import { Link } from '@tanstack/react-router'
import { MaskedName, RevealPerson } from '#renderer/features/screen/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import type { ReferralRow } from '#shared/referrals/contract.ts'

/** Referrals as a native table; an overdue one says so in words. */
export function ReferralTable({ rows, withPerson }: { readonly rows: readonly ReferralRow[]; readonly withPerson: boolean }) {
  const text = useText()
  const language = useLanguage()
  return (
    <table className="list-table">
      <thead>
        <tr>
          <th scope="col">{text('referrals.service')}</th>
          {withPerson && <th scope="col">{text('referrals.person')}</th>}
          <th scope="col">{text('referrals.code')}</th>
          <th scope="col">{text('referrals.state')}</th>
          <th scope="col">{text('referrals.due')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((r) => (
          <tr key={r.id}>
            <td>
              <Link to="/referrals/$referralId" params={{ referralId: r.id }}>
                {r.serviceName[language]}
              </Link>
              {r.receivedFrom !== null && <small> {text('cases.receivedFrom', { site: r.receivedFrom })}</small>}
            </td>
            {withPerson && (
              <td>
                <MaskedName name={r.personName} caseId={r.caseId} unnamed="" />
                <RevealPerson name={r.personName} caseId={r.caseId} number={r.caseNumber} />
              </td>
            )}
            <td className="number">{r.code}</td>
            <td>{text(`referrals.states.${r.status}`)}</td>
            <td>
              {r.dueOn === null ? '' : formatDay(r.dueOn)}
              {r.overdue && <small className="mark"> {text('referrals.late')}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
