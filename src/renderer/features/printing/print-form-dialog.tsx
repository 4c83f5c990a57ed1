import { Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import { tiers, type Tier } from '#shared/forms/form-outline.ts'
import { PrintButtons } from './print-buttons.tsx'

/** Prints a form to be filled in by hand: the blank profile, that of a case, or a form of the case, which is printed whole. */
export function PrintFormDialog(props: { readonly caseId?: string; readonly caseFormId?: string; readonly onClose: () => void }) {
  const { caseId, caseFormId, onClose } = props
  const text = useText()
  const own = useLanguage()
  const [language, setLanguage] = useState(own)
  const [tier, setTier] = useState<Tier>(2)
  const isBlank = caseId === undefined && caseFormId === undefined
  return (
    <Modal
      opened
      onClose={onClose}
      title={text(isBlank ? 'printing.form.print' : 'printing.form.printFilled')}
      centered
      size="lg"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <Stack gap="sm">
        <Text>{text(isBlank ? 'printing.form.dialogText' : 'printing.form.dialogTextFilled')}</Text>
        <Radio.Group
          label={text('printing.form.language')}
          value={language}
          onChange={(chosen) => setLanguage(chosen === 'en' ? 'en' : 'fr')}
        >
          <Group gap="md" mt={4}>
            <Radio value="fr" label={text('printing.form.french')} data-autofocus={language === 'fr' || undefined} />
            <Radio value="en" label={text('printing.form.english')} data-autofocus={language === 'en' || undefined} />
          </Group>
        </Radio.Group>
        {caseFormId === undefined && (
          <Radio.Group
            label={text('printing.form.tier')}
            value={String(tier)}
            onChange={(chosen) => setTier(tiers.find((t) => String(t) === chosen) ?? 2)}
          >
            <Group gap="md" mt={4}>
              {tiers.map((t) => (
                <Radio key={t} value={String(t)} label={text(`forms.tiers.t${t}`)} />
              ))}
            </Group>
          </Radio.Group>
        )}
        <PrintButtons
          printLabel={text('printing.form.go')}
          saveLabel={text('printing.form.save')}
          print={(to) =>
            caseFormId !== undefined
              ? call('printing.printCaseForm', { caseFormId, language, to })
              : caseId !== undefined
                ? call('printing.printFilledForm', { caseId, language, tier, to })
                : call('printing.printBlankForm', { language, tier, to })
          }
        />
      </Stack>
    </Modal>
  )
}
