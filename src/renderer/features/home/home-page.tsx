import { Text } from '@mantine/core'
import { useMay } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { LinkButton } from '#renderer/ui/link-button.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { RecentCases } from './recent-cases.tsx'
import { ReferralsToDo } from './referrals-to-do.tsx'

/** Today's work: who waits for a call back, what is open, whom one saw last. */
export function HomePage() {
  const text = useText()
  const may = useMay()
  return (
    <>
      <PageHeading
        title={text('home.title')}
        actions={may('case.create') ? <LinkButton to="/cases/new">{text('home.newCase')}</LinkButton> : undefined}
      />
      <div className="home-columns">
        {may('referral.read') ? (
          <div>
            <ReferralsToDo show="overdue" />
            <ReferralsToDo show="open" />
          </div>
        ) : null}
        {may('case.search') ? <RecentCases /> : null}
      </div>
      {may('case.search') || may('referral.read') || !may('directory.read') ? null : (
        <>
          <Text mb="sm">{text('home.directoryOnly')}</Text>
          <LinkButton to="/directory">{text('home.seeDirectory')}</LinkButton>
        </>
      )}
    </>
  )
}
