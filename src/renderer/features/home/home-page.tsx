import { Text } from '@mantine/core'
import { useMay } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { LinkButton } from '#renderer/ui/link-button.tsx'
import { PageHeading } from '#renderer/ui/page-heading.tsx'
import { DraftsToFinish } from './drafts-to-finish.tsx'
import { RecentCases } from './recent-cases.tsx'
import { ReferralsToDo } from './referrals-to-do.tsx'
import { ToDoNow } from './to-do-now.tsx'

/** Today's work: what needs doing now, what was interrupted, who waits for a call back, whom one saw last. */
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
        <div>
          {may('referral.list') || may('case.edit') || may('rights.tasks') ? <ToDoNow /> : null}
          {may('referral.list') ? (
            <>
              <ReferralsToDo show="overdue" />
              <ReferralsToDo show="open" />
            </>
          ) : null}
        </div>
        <div>
          {may('case.create') ? <DraftsToFinish /> : null}
          {may('case.search') ? <RecentCases /> : null}
        </div>
      </div>
      {may('case.search') || may('referral.list') || !may('directory.read') ? null : (
        <>
          <Text mb="sm">{text('home.directoryOnly')}</Text>
          <LinkButton to="/directory">{text('home.seeDirectory')}</LinkButton>
        </>
      )}
    </>
  )
}
