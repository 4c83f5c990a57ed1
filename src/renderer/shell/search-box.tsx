import { TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { RefObject } from 'react'
import { call, failureOf } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'

const looksLikeReferralCode = (typed: string) => {
  const bare = typed.replace(/[\s-]/g, '')
  return bare.length === 9 && /^[0-9a-z]+$/i.test(bare) && /\d/.test(bare)
}

/** One box for everything one may be handed: a name, a case number, a referral code typed or scanned (U24). */
export function SearchBox({ fieldRef }: { readonly fieldRef: RefObject<HTMLInputElement | null> }) {
  const text = useText()
  const may = useMay()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [nothing, setNothing] = useState(false)

  const search = async () => {
    const wanted = typed.trim()
    if (wanted === '') return
    if (may('referral.read') && looksLikeReferralCode(wanted)) {
      try {
        const referral = await call('referrals.byCode', { code: wanted })
        setTyped('')
        await navigate({ to: '/referrals/$referralId', params: { referralId: referral.row.id } })
        return
      } catch (thrown) {
        if (failureOf(thrown).code === 'not-found' && wanted.includes('-')) {
          setNothing(true)
          return
        }
      }
    }
    setTyped('')
    if (may('case.search')) await navigate({ to: '/cases', search: { text: wanted } })
  }

  return (
    <form
      role="search"
      className="search-box"
      onSubmit={(event) => {
        event.preventDefault()
        void search()
      }}
    >
      <TextInput
        ref={fieldRef}
        aria-label={text('shell.search')}
        placeholder={text('shell.searchHint')}
        value={typed}
        error={nothing ? text('shell.searchNothing') : undefined}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setNothing(false)
        }}
      />
    </form>
  )
}
