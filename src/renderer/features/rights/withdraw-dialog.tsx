import { Checkbox, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useCallMutation } from '#renderer/api/call.ts'
import { today } from '#renderer/api/clock.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { DateField } from '#renderer/ui/date-field.tsx'
import { withdrawalScopes, type WithdrawalScope } from '#shared/cases/withdrawal.ts'
import { RightsDialog } from './rights-dialog.tsx'

/** The person takes back their agreement: for what, and since when. No reason is asked, nothing is ticked beforehand (H4, H5). */
export function WithdrawDialog(props: { readonly caseId: string; readonly onDone: () => void; readonly onCancel: () => void }) {
  const text = useText()
  const [scopes, setScopes] = useState<readonly WithdrawalScope[]>([])
  const [on, setOn] = useState(today())
  const withdraw = useCallMutation('rights.withdraw', props.onDone)
  const ready = scopes.length > 0 && on !== ''
  return (
    <RightsDialog
      title={text('rights.withdraw')}
      explanation={text('rights.withdrawText')}
      send={text('rights.withdrawGo')}
      ready={ready}
      sending={withdraw}
      onSend={() => withdraw.mutate({ caseId: props.caseId, on, scopes: [...scopes] })}
      onCancel={props.onCancel}
    >
      <Checkbox.Group
        label={text('rights.scope')}
        value={[...scopes]}
        onChange={(chosen) => setScopes(withdrawalScopes.filter((s) => chosen.includes(s)))}
      >
        <Stack gap={6} mt={4}>
          {withdrawalScopes.map((scope, index) => (
            <Checkbox
              key={scope}
              value={scope}
              label={text(`rights.scopes.${scope}`)}
              data-autofocus={index === 0 || undefined}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <DateField label={text('rights.withdrawOn')} value={on} onChange={setOn} required />
      {(scopes.includes('all') || scopes.includes('sharing')) && <Text fw={700}>{text('rights.withdrawEnds')}</Text>}
    </RightsDialog>
  )
}
