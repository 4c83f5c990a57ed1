import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { ErasureGround, type Certificate } from '#shared/erasure/contract.ts'

/**
 * Asks twice before everything about a person is erased: what it means and why, then the number of the case typed by hand.
 *
 * Nothing is chosen beforehand; `ground`: why is settled, so what stays is all that is asked.
 */
export function EraseDialog(props: {
  readonly caseId: string
  readonly ground?: ErasureGround
  readonly onErased: (certificate: Certificate) => void
  readonly onCancel: () => void
}) {
  const text = useText()
  const preview = useCall('erasure.preview', { caseId: props.caseId })
  const [ground, setGround] = useState(props.ground)
  // nothing is chosen beforehand
  const [stays, setStays] = useState<'figures' | 'nothing'>()
  const [asked, setAsked] = useState(false)
  const [typed, setTyped] = useState('')
  const erase = useCallMutation('erasure.erase', props.onErased)
  const what = preview.data
  const number = what?.caseNumber ?? ''
  const asksWhatStays = ground === 'retention-ended' && what?.maybeFigures === true
  const same = typed.trim().toUpperCase() === number
  return (
    <Modal
      opened
      onClose={props.onCancel}
      title={text(props.ground === 'retention-ended' ? 'erasure.titleEnded' : 'erasure.title', { number })}
      centered
      size="lg"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <FailureNotice error={preview.error ?? erase.error} />
      {what === undefined ? null : asked ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (same && ground)
              erase.mutate({ caseId: props.caseId, ground, caseNumber: typed, keepFigures: stays === 'figures' })
          }}
        >
          <Stack gap="sm">
            <Text fw={700}>{text(stays === 'figures' ? 'erasure.sureFigures' : 'erasure.sure', { number })}</Text>
            <TextInput
              label={text('erasure.caseNumber')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={typed.length >= number.length && !same ? text('erasure.numberDiffers') : undefined}
              autoComplete="off"
              data-autofocus
              autoFocus
            />
          </Stack>
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={props.onCancel}>
              {text('common.cancel')}
            </Button>
            <Button type="submit" color="brick" loading={erase.isPending} disabled={!same}>
              {text('erasure.now')}
            </Button>
          </Group>
        </form>
      ) : (
        <>
          <Stack gap="sm">
            <Text>{text('erasure.what', { referrals: what.referrals, forms: what.forms })}</Text>
            <Text>
              {what.sites.length === 0 ? text('erasure.noSites') : text('erasure.sites', { sites: what.sites.join(', ') })}
            </Text>
            <Text>{text('erasure.notReached')}</Text>
            {!what.timeEnded && <Text>{text('erasure.notToStop')}</Text>}
            {props.ground === undefined && (
              <Radio.Group
                label={text('erasure.ground')}
                value={ground ?? null}
                onChange={(chosen) => {
                  setGround(ErasureGround.options.find((g) => g === chosen))
                  setStays(undefined)
                }}
              >
                <Stack gap="xs" mt="xs">
                  {ErasureGround.options.map((g) => (
                    <Radio
                      key={g}
                      value={g}
                      label={text(`erasure.grounds.${g}`)}
                      disabled={g === 'retention-ended' && !what.timeEnded}
                      description={g === 'retention-ended' && !what.timeEnded ? text('erasure.timeRuns') : undefined}
                    />
                  ))}
                </Stack>
              </Radio.Group>
            )}
            {ground === 'retention-ended' && !what.maybeFigures && <Text>{text('erasure.notCounted')}</Text>}
            {asksWhatStays && (
              <Radio.Group
                label={text('erasure.stays')}
                value={stays ?? null}
                onChange={(chosen) => setStays(chosen === 'figures' ? 'figures' : 'nothing')}
              >
                <Stack gap="xs" mt="xs">
                  <Radio value="figures" label={text('erasure.anonymise')} description={text('erasure.figures')} />
                  <Radio value="nothing" label={text('erasure.destroy')} />
                </Stack>
              </Radio.Group>
            )}
          </Stack>
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={props.onCancel} data-autofocus>
              {text('common.cancel')}
            </Button>
            <Button
              color="brick"
              disabled={ground === undefined || (asksWhatStays && stays === undefined)}
              onClick={() => setAsked(true)}
            >
              {text('erasure.goOn')}
            </Button>
          </Group>
        </>
      )}
    </Modal>
  )
}
