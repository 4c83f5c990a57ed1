import { Button, Group, Menu, Text, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { call } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { EraseDialog } from '#renderer/features/erasure/index.ts'
import { PrintFormDialog } from '#renderer/features/printing/index.ts'
import { MaskedName } from '#renderer/features/screen/index.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { LinkButton } from '#renderer/ui/link-button.tsx'
import { usePageFocus } from '#renderer/ui/page-heading.tsx'
import type { CaseFile } from '#shared/cases/contract.ts'
import { protectionMarks } from './protection-marks.ts'

/** Who this is, what protects the person, and what can be done: stays in sight while the card is read and filled. */
export function CaseHeader({
  file,
  keepFocus,
  children,
}: {
  readonly file: CaseFile
  readonly keepFocus: boolean
  readonly children: ReactNode
}) {
  const text = useText()
  const may = useMay()
  const navigate = useNavigate()
  const heading = usePageFocus(keepFocus)
  const [copied, setCopied] = useState(false)
  const [erasing, setErasing] = useState(false)
  const [printing, setPrinting] = useState(false)
  const { row } = file
  // without the answers nothing may be concluded from them
  const marks = file.masked ? [] : protectionMarks(file)
  const refer = row.receivedFrom === null && row.status !== 'closed' && !file.masked && may('referral.create')
  return (
    <header className="case-header">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div className="case-who">
          <Title order={1} size="h3" ref={heading} tabIndex={-1} className="page-heading">
            <MaskedName name={row.name} caseId={row.id} unnamed={text('cases.unnamed')} />
          </Title>
          <Group gap="xs" className="case-line">
            <strong className="case-number">{row.number}</strong>
            {row.counsellor !== '' && <span>{text('cases.counsellorIs', { name: row.counsellor })}</span>}
            <span>{text(`cases.status.${row.status}`)}</span>
            {marks.map(({ mark, tone }) => (
              <span key={mark} className="tag" data-tone={tone}>
                {text(`cases.marks.${mark}`, { site: row.receivedFrom ?? '' })}
              </span>
            ))}
          </Group>
        </div>
        <div className="case-acts">
          <Group gap="xs" justify="flex-end" wrap="nowrap">
            {refer && (
              <LinkButton to="/referrals/new" search={{ case: row.id }}>
                {text('cases.refer')}
              </LinkButton>
            )}
            <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
              <Menu.Target>
                <Button variant="default">{text('cases.actions')}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  onClick={() =>
                    void call('clipboard.copy', { text: row.number }).then(
                      () => setCopied(true),
                      () => undefined,
                    )
                  }
                >
                  {text('cases.copyNumber')}
                </Menu.Item>
                <Menu.Item onClick={() => document.getElementById('case-referrals')?.scrollIntoView({ block: 'start' })}>
                  {text('cases.seeReferrals')}
                </Menu.Item>
                <Menu.Item onClick={() => document.getElementById('case-rights')?.scrollIntoView({ block: 'start' })}>
                  {text('rights.title')}
                </Menu.Item>
                {file.editable && !file.masked && may('case.edit') && (
                  <Menu.Item onClick={() => setPrinting(true)}>{text('printing.form.printFilled')}</Menu.Item>
                )}
                {may('audit.read') && (
                  <Menu.Item onClick={() => void navigate({ to: '/register', search: { case: row.id } })}>
                    {text('audit.ofCase')}
                  </Menu.Item>
                )}
                <Menu.Item onClick={() => void navigate({ to: '/cases', search: {} })}>{text('cases.backToList')}</Menu.Item>
                {row.receivedFrom === null && !file.masked && may('erasure.decide') && (
                  <Menu.Item color="brick" onClick={() => setErasing(true)}>
                    {text('erasure.start')}
                  </Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          </Group>
          <Text size="sm" ta="right" role="status" component="div">
            {copied && text('cases.numberCopied')}
          </Text>
          {children}
        </div>
      </Group>
      {printing && <PrintFormDialog caseId={row.id} onClose={() => setPrinting(false)} />}
      {erasing && (
        <EraseDialog
          caseId={row.id}
          onCancel={() => setErasing(false)}
          onErased={({ certificate }) => void navigate({ to: '/cases', search: { erased: certificate } })}
        />
      )}
    </header>
  )
}
