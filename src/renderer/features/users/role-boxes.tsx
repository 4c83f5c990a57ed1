import { Checkbox, SimpleGrid } from '@mantine/core'
import { useText } from '#renderer/i18n/text.tsx'
import { roles, type Role } from '#shared/permissions.ts'

/** The ten roles to tick. */
export function RoleBoxes(props: {
  readonly value: readonly Role[]
  readonly onChange: (roles: readonly Role[]) => void
  readonly error?: string | undefined
}) {
  const text = useText()
  return (
    <Checkbox.Group
      label={text('users.roles')}
      description={text('users.rolesHint')}
      value={[...props.value]}
      error={props.error}
      onChange={(ticked) => props.onChange(roles.filter((r) => ticked.includes(r)))}
      mb="sm"
    >
      <SimpleGrid cols={2} spacing="xs" verticalSpacing={4} mt="xs">
        {roles.map((role) => (
          <Checkbox key={role} value={role} label={text(`users.role.${role}`)} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  )
}
