import { useState } from 'react'
import { call } from '#renderer/api/call.ts'
import { useDesk } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { assertNever } from '#shared/assert.ts'
import type { AppStatus } from '#shared/security/contract.ts'
import { CodeBackStep, CodeStep } from './recovery-code-steps.tsx'
import { DeskScreen } from './desk-screen.tsx'
import { DoneStep } from './done-step.tsx'
import { LanguageStep } from './language-step.tsx'
import { SiteStep } from './site-step.tsx'
import type { SiteFound } from './site-step.tsx'
import { emptyUser, UserStep } from './user-step.tsx'
import type { NewUser } from './user-step.tsx'

const steps = ['language', 'site', 'user', 'code', 'code-back', 'done'] as const
type Step = (typeof steps)[number]
const titles = {
  language: 'security.languageTitle',
  site: 'security.siteTitle',
  user: 'security.userTitle',
  code: 'security.codeTitle',
  'code-back': 'security.codeBackTitle',
  done: 'security.doneTitle',
} as const

/** First run: language, place, first user, recovery code on paper. Going back never loses what was typed. */
export function FirstRun({ onRestore }: { readonly onRestore: () => void }) {
  const text = useText()
  const { setStatus } = useDesk()
  const [step, setStep] = useState<Step>('language')
  const [site, setSite] = useState<SiteFound | null>(null)
  const [user, setUser] = useState<NewUser>(emptyUser)
  const [code, setCode] = useState('')
  const [ready, setReady] = useState<AppStatus | null>(null)

  const content = () => {
    switch (step) {
      case 'language':
        return <LanguageStep onDone={() => setStep('site')} onRestore={onRestore} />
      case 'site':
        return <SiteStep chosen={site} onChoose={setSite} onBack={() => setStep('language')} onDone={() => setStep('user')} />
      case 'user':
        return (
          <UserStep
            siteCode={site?.code ?? ''}
            user={user}
            onChange={setUser}
            onBack={() => setStep('site')}
            onDone={(recoveryCode) => {
              setCode(recoveryCode)
              setStep('code')
            }}
          />
        )
      case 'code':
        return <CodeStep code={code} onDone={() => setStep('code-back')} />
      case 'code-back':
        return (
          <CodeBackStep
            code={code}
            confirm={(typed) => call('security.confirmRecoveryCode', { code: typed })}
            onBack={() => setStep('code')}
            onDone={(status) => {
              setCode('')
              setUser(emptyUser)
              setReady(status)
              setStep('done')
            }}
          />
        )
      case 'done':
        return <DoneStep onStart={() => ready !== null && setStatus(ready)} />
      default:
        return assertNever(step)
    }
  }
  return (
    <DeskScreen
      title={text(titles[step])}
      above={`${text('security.firstRunTitle')} · ${text('security.step', { step: steps.indexOf(step) + 1, steps: steps.length })}`}
    >
      {content()}
    </DeskScreen>
  )
}
