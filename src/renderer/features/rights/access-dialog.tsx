import { Modal, Radio, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { call, queryClient, useCall } from '#renderer/api/call.ts'
import { PrintButtons, SlipPreview } from '#renderer/features/printing/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import type { Answer } from '#shared/forms/form-definition.ts'

/** English for who speaks English or Pidgin, until the person chooses (H51). */
const languageOf = (spoken: Answer | undefined): 'fr' | 'en' => (spoken === 'eng' || spoken === 'wes' ? 'en' : 'fr')

/** The person's own record: what is printed, what is read aloud, in the language that the person chooses. */
export function AccessDialog(props: {
  readonly caseId: string
  readonly spoken: Answer | undefined
  readonly onCancel: () => void
}) {
  const text = useText()
  const [language, setLanguage] = useState(languageOf(props.spoken))
  const { caseId } = props
  const preview = useCall('printing.previewOwnRecord', { caseId, language })
  return (
    <Modal
      opened
      onClose={props.onCancel}
      title={text('rights.access')}
      centered
      size="xl"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <Stack gap="sm">
        <Text>{text('rights.accessText')}</Text>
        <Radio.Group
          label={text('rights.accessLanguage')}
          value={language}
          onChange={(chosen) => setLanguage(chosen === 'en' ? 'en' : 'fr')}
        >
          <Group gap="md" mt={4}>
            <Radio value="fr" label={text('rights.accessFrench')} data-autofocus={language === 'fr' || undefined} />
            <Radio value="en" label={text('rights.accessEnglish')} data-autofocus={language === 'en' || undefined} />
          </Group>
        </Radio.Group>
        <FailureNotice error={preview.error} />
        <PrintButtons
          printLabel={text('rights.accessPrint')}
          saveLabel={text('rights.accessSave')}
          disabled={!preview.data}
          print={(to) => call('printing.printOwnRecord', { caseId, language, to })}
          onPrinted={() => void queryClient.invalidateQueries({ queryKey: ['rights.requests'] })}
        />
        {preview.data && preview.data.aloud.length > 0 && (
          <section aria-labelledby="own-aloud">
            <Text id="own-aloud" fw={700}>
              {text('rights.accessAloud')}
            </Text>
            <dl className="case-facts">
              {preview.data.aloud.map((line) => (
                <div key={line.label}>
                  <dt>{line.label}</dt>
                  <dd>{line.open === null ? line.value : text(`forms.${line.open}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        {preview.data && (
          <>
            <Title order={3} size="h5">
              {text('rights.accessPreview')}
            </Title>
            <SlipPreview job={preview.data.job} label={text('rights.accessPreview')} />
          </>
        )}
      </Stack>
    </Modal>
  )
}
