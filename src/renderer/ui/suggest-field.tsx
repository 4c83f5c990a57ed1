import { Combobox, TextInput, useCombobox, VisuallyHidden } from '@mantine/core'
import { useText } from '#renderer/i18n/text.tsx'
import './suggest-field.css'

/** One entry of the list below a field: its name, and what tells it from others of that name. */
export interface Suggestion {
  readonly key: string
  readonly label: string
  /** Under the headings of the list, if it has some. */
  readonly details: readonly string[]
}

/** What the pickers share with every other field of a form. */
export interface FieldParts {
  readonly label: string
  readonly error?: string | undefined
  readonly required?: boolean
  readonly disabled?: boolean
}

/**
 * A text field with a list of suggestions (the combobox of WAI-ARIA: list autocomplete, chosen by hand).
 *
 * It opens when one types, clicks or presses an arrow key, not when one passes by. Arrow keys and Enter choose, Escape closes, Tab leaves; nothing is chosen that nobody chose, and what was typed stays. `help` stands
 * below the field and is read with it.
 */
export function SuggestField(
  props: FieldParts & {
    readonly text: string
    readonly onText: (typed: string) => void
    readonly suggestions: readonly Suggestion[]
    readonly onChoose: (key: string) => void
    readonly help: string
    readonly charactersMax: number
    /** Of the label and of each detail: the list is a table then. */
    readonly headings?: readonly string[]
    /** Shows the list before anything is typed: for short lists. */
    readonly opensEmpty?: boolean
    readonly onLeave?: () => void
  },
) {
  const { suggestions, onText } = props
  const text = useText()
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() })
  // a closed list holds nothing: neither for the eye of a reader nor for a slow PC
  const offered = list.dropdownOpened ? suggestions : []
  const open = () => {
    if (props.disabled !== true && (props.opensEmpty === true || props.text.trim() !== '')) list.openDropdown()
  }
  return (
    <Combobox
      store={list}
      withinPortal={false}
      transitionProps={{ duration: 0 }}
      onOptionSubmit={(key) => {
        props.onChoose(key)
        list.closeDropdown()
      }}
    >
      <Combobox.Target withExpandedAttribute autoComplete="off">
        <TextInput
          label={props.label}
          description={props.help}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required={props.required ?? false}
          disabled={props.disabled ?? false}
          error={props.error}
          value={props.text}
          maxLength={props.charactersMax}
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          onChange={(e) => {
            onText(e.currentTarget.value)
            list.openDropdown()
            list.resetSelectedOption()
          }}
          onClick={open}
          onKeyDown={(e) => {
            // gone before the focus moves: a list that scrolls would take it
            if (e.key === 'Tab') list.closeDropdown()
          }}
          onBlur={() => {
            list.closeDropdown()
            props.onLeave?.()
          }}
        />
      </Combobox.Target>
      <VisuallyHidden role="status">
        {list.dropdownOpened && props.text.trim() !== '' ? text('pickers.found', { count: suggestions.length }) : ''}
      </VisuallyHidden>
      <Combobox.Dropdown hidden={suggestions.length === 0}>
        {props.headings && (
          <div className="suggestion-headings" aria-hidden="true">
            {props.headings.map((h) => (
              <span key={h}>{h}</span>
            ))}
          </div>
        )}
        <Combobox.Options className="suggestions" data-columns={props.headings ? true : undefined} aria-label={props.label}>
          {offered.map((s) => (
            <Combobox.Option key={s.key} value={s.key} data-key={s.key}>
              <bdi className="suggestion-label">{s.label}</bdi>
              {s.details.map((detail, i) => (
                <bdi key={i} className="suggestion-detail">
                  {detail}
                </bdi>
              ))}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
