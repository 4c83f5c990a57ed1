import { Button, Paper, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { MaskedName, RevealPerson } from '#renderer/features/screen/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { AddToHousehold } from './add-to-household.tsx'
import './people.css'

/** The people who live with this one and whose cases the user may open. */
export function Household({ caseId }: { readonly caseId: string }) {
  const text = useText()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const linked = useCall('people.linked', { caseId })
  const remove = useCallMutation('people.removeFromHousehold')
  const rows = linked.data?.household ?? []
  return (
    <Paper withBorder px="md" py="xs" mb="md" component="section" aria-labelledby="case-household">
      <Title order={2} size="h4" id="case-household">
        {text('people.household')}
      </Title>
      <FailureNotice error={linked.error ?? remove.error} />
      {linked.data && rows.length === 0 && <Text c="dimmed">{text('people.householdNone')}</Text>}
      {rows.length > 0 && (
        <ul className="household-list">
          {rows.map(({ row, decision }) => (
            <li key={row.id}>
              <Link to="/cases/$caseId" params={{ caseId: row.id }} className="plain-link">
                <MaskedName name={row.name} caseId={row.id} unnamed={text('cases.unnamed')} />
              </Link>{' '}
              <RevealPerson name={row.name} caseId={row.id} number={row.number} />
              <span className="number">{row.number}</span>{' '}
              {decision.relation !== null && <span>{text(`people.relations.${decision.relation}`)}</span>}{' '}
              {row.ageYears !== null && <span>{text('cases.years', { age: row.ageYears })}</span>}{' '}
              {may('people.household') && (
                <button
                  type="button"
                  className="row-button"
                  disabled={remove.isPending}
                  aria-label={text('people.removeOf', { number: row.number })}
                  onClick={() => remove.mutate({ caseId, otherId: row.id })}
                >
                  {text('people.remove')}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {may('people.household') && (
        <Button variant="default" size="xs" mt="xs" onClick={() => setAdding(true)}>
          {text('people.addToHousehold')}
        </Button>
      )}
      {adding && <AddToHousehold caseId={caseId} onDone={() => setAdding(false)} />}
    </Paper>
  )
}
