import { Button, Group } from '@mantine/core'
import { formatInstantDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText } from '#renderer/i18n/text.tsx'
import '#renderer/ui/list-table.css'
import type { FormVersions } from '#shared/forms/contract.ts'

/** A version and the form that it is of, as the table names them. */
export interface ChosenVersion {
  readonly id: string
  readonly form: string
  readonly version: string
}

/** Every form with its versions, the newest first. */
export function VersionsTable(props: {
  readonly forms: readonly FormVersions[]
  readonly onView: (chosen: ChosenVersion) => void
  readonly onSave: (chosen: ChosenVersion) => void
}) {
  const text = useText()
  const language = useLanguage()
  return (
    <table className="list-table plain">
      <thead>
        <tr>
          <th scope="col">{text('formPacks.form')}</th>
          <th scope="col">{text('formPacks.version')}</th>
          <th scope="col">{text('formPacks.published')}</th>
          <th scope="col">{text('formPacks.actions')}</th>
        </tr>
      </thead>
      <tbody>
        {props.forms.flatMap(({ form, title, versions }) =>
          versions.map((v) => {
            const chosen = { id: v.id, form: title[language], version: v.version }
            return (
              <tr key={v.id}>
                <td>
                  {title[language]} ({form})
                </td>
                <td>
                  {v.version}
                  {v.isNewest && versions.length > 1 ? `, ${text('formPacks.newest')}` : ''}
                </td>
                <td>{v.publishedAt === null ? text('formPacks.shipped') : formatInstantDay(v.publishedAt)}</td>
                <td>
                  {v.isReadable ? (
                    <Group gap="xs">
                      <Button
                        size="xs"
                        variant="default"
                        aria-label={text('formPacks.viewOf', { form: chosen.form, version: v.version })}
                        onClick={() => props.onView(chosen)}
                      >
                        {text('formPacks.view')}
                      </Button>
                      <Button
                        size="xs"
                        variant="default"
                        aria-label={text('formPacks.saveOf', { form: chosen.form, version: v.version })}
                        onClick={() => props.onSave(chosen)}
                      >
                        {text('formPacks.save')}
                      </Button>
                    </Group>
                  ) : (
                    text('formPacks.notReadable')
                  )}
                </td>
              </tr>
            )
          }),
        )}
      </tbody>
    </table>
  )
}
