import { TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { RefObject } from 'react'
import { call, failureOf } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { readSearch, searchCharactersMax } from '#shared/search/search-text.ts'

const referralOf = (code: string) =>
  call('referrals.byCode', { code }).catch((error: unknown) => {
    if (failureOf(error).code === 'not-found') return undefined
    throw error
  })

/**
 * One box for everything one may be handed: a name, a case number, a referral code typed or scanned (U24).
 *
 * A number or code that is mistyped or unknown says so, each in its own words; what was typed stays.
 */
export function SearchBox({ fieldRef }: { readonly fieldRef: RefObject<HTMLInputElement | null> }) {
  const text = useText()
  const may = useMay()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState('')

  /** Goes where the text leads; gives back what is wrong with it, '' for nothing. */
  const search = async (): Promise<string> => {
    const read = readSearch(typed)
    switch (read.kind) {
      case 'nothing':
        return ''
      case 'too-long':
        return text('shell.searchTooLong', { characters: searchCharactersMax })
      case 'case-number': {
        if (!read.right) return text('shell.searchNumberWrong')
        if (!may('case.search')) return text('shell.searchNumberUnknown')
        const found = await call('cases.list', { text: read.number, after: null, limit: 10 })
        const row = found.rows.find((r) => r.number === read.number)
        if (!row) return text('shell.searchNumberUnknown')
        await (may('case.read')
          ? navigate({ to: '/cases/$caseId', params: { caseId: row.id } })
          : navigate({ to: '/cases', search: { text: read.number } }))
        break
      }
      case 'referral-code': {
        if (!read.right) return text('shell.searchCodeWrong')
        const referral = may('referral.read') ? await referralOf(read.code) : undefined
        if (referral) await navigate({ to: '/referrals/$referralId', params: { referralId: referral.row.id } })
        else if (read.orWords && may('case.search')) await navigate({ to: '/cases', search: { text: typed.trim() } })
        else return text('shell.searchCodeUnknown')
        break
      }
      case 'words':
        if (!may('case.search')) return text('shell.searchCodesOnly')
        await navigate({ to: '/cases', search: { text: read.text } })
    }
    setTyped('')
    return ''
  }

  const refused = (error: unknown): string => text(`errors.${failureOf(error).code}.what`)

  return (
    <form
      role="search"
      className="search-box"
      onSubmit={(event) => {
        event.preventDefault()
        void search().then(setProblem, (error: unknown) => setProblem(refused(error)))
      }}
    >
      <TextInput
        ref={fieldRef}
        aria-label={text('shell.search')}
        placeholder={text('shell.searchHint')}
        value={typed}
        error={problem === '' ? undefined : problem}
        errorProps={{ role: 'alert' }}
        autoComplete="off"
        spellCheck={false}
        aria-keyshortcuts="Control+K"
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setProblem('')
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          setTyped('')
          setProblem('')
          document.querySelector<HTMLElement>('main .page-heading')?.focus()
        }}
      />
    </form>
  )
}
