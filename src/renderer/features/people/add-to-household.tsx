import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useCall, useCallMutation } from '#renderer/api/call.ts'
import { after } from '#renderer/api/clock.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { Relation } from '#shared/people/case-link.ts'
import { readSearch } from '#shared/search/search-text.ts'
import { RelationSelect } from './decide-form.tsx'

const typingPauseMs = 150
const foundMost = 8

/** Looks a person of the household up among the cases that the user may open, and says what they are to this one. */
export function AddToHousehold({ caseId, onDone }: { readonly caseId: string; readonly onDone: () => void }) {
  const text = useText()
  const [typed, setTyped] = useState('')
  const [wanted, setWanted] = useState('')
  const [otherId, setOtherId] = useState('')
  const [relation, setRelation] = useState<Relation | ''>('')
  const add = useCallMutation('people.addToHousehold', onDone)
  useEffect(() => after(typingPauseMs, () => setWanted(typed)), [typed])
  const asked = wanted.trim() !== '' && readSearch(wanted).kind !== 'too-long'
  const found = useCall('cases.list', { text: wanted, after: null, limit: foundMost }, asked)
  const people = asked ? (found.data?.rows ?? []).filter((row) => row.opens && row.id !== caseId) : []
  const chosen = people.some((row) => row.id === otherId)
  return (
    <Modal
      opened
      onClose={onDone}
      title={text('people.addTitle')}
      centered
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen && relation !== '') add.mutate({ caseId, otherId, relation })
        }}
      >
        <Text mb="sm">{text('people.addHint')}</Text>
        <TextInput
          type="search"
          label={text('cases.search')}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(e) => setTyped(e.currentTarget.value)}
          data-autofocus
          mb="sm"
        />
        <FailureNotice error={found.error ?? add.error} />
        <div role="status">{asked && found.data && people.length === 0 && <Text mb="sm">{text('people.addNobody')}</Text>}</div>
        {people.length > 0 && (
          <Radio.Group label={text('people.addWho')} value={otherId} onChange={setOtherId}>
            <Stack gap={6} my="xs">
              {people.map((row) => (
                <Radio
                  key={row.id}
                  value={row.id}
                  label={[row.name, row.number, row.ageYears === null ? '' : text('cases.years', { age: row.ageYears })]
                    .filter(Boolean)
                    .join(' · ')}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        <RelationSelect label={text('people.relationHere')} value={relation} onChange={setRelation} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onDone}>
            {text('common.cancel')}
          </Button>
          <Button type="submit" disabled={!chosen || relation === ''} loading={add.isPending}>
            {text('people.add')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
