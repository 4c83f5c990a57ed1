import { Alert, Text } from '@mantine/core'
import { nowInstant } from '#renderer/api/clock.ts'
import { formatInstant, formatInstantDay } from '#renderer/i18n/format.ts'
import type { Text as Words } from '#renderer/i18n/text.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { Facts } from '#renderer/ui/facts.tsx'
import type { ImportPreview } from '#shared/sync/contract.ts'

/** A count worth telling; nothing is said of none. */
export function some(count: number): number | undefined {
  return count === 0 ? undefined : count
}

/** What one should know before the file is taken in, one sentence each, what to do included. */
function warnings(preview: ImportPreview, text: Words): readonly string[] {
  const { clockOffMinutes: clock, unknownWriters } = preview
  return [
    ...(preview.ownAhead ? [text('sync.previewOwnAhead')] : []),
    ...(preview.twoHistories > 0 ? [text('sync.previewTwoHistories')] : []),
    ...(preview.apart > 0 ? [text('sync.previewApart')] : []),
    ...(unknownWriters > 0 ? [text('sync.previewUnknownWriters', { count: unknownWriters })] : []),
    ...(preview.waiting > 0 ? [text('sync.previewWaiting')] : []),
    ...(preview.setAside > 0 ? [text('sync.previewSetAside', { count: preview.setAside })] : []),
    ...(preview.toFormerKey ? [text('sync.toFormerKey', { site: preview.fromSite })] : []),
    ...(preview.more ? [text('sync.previewMore')] : []),
    ...(preview.fromNewer > 0 ? [text('sync.previewFromNewer', { count: preview.fromNewer })] : []),
    ...(clock === null
      ? []
      : [
          text('sync.previewClock', {
            theirs: formatInstant(preview.createdAt),
            ours: formatInstant(nowInstant()),
          }),
        ]),
  ]
}

/** What a verified file would bring, and what the sender wrote. */
export function PreviewFacts({ preview }: { readonly preview: ImportPreview }) {
  const text = useText()
  const { oldestChange, newestChange } = preview
  return (
    <>
      <Text mb="xs">{text('sync.previewGood')}</Text>
      {preview.note === '' ? null : (
        <div>
          <Text fw={700}>{text('sync.noteOf', { site: preview.fromSite })}</Text>
          <Text mb="xs" className="sync-note">
            <bdi>{preview.note}</bdi>
          </Text>
        </div>
      )}
      {preview.newChanges === 0 ? <Text fw={700}>{text('sync.nothingNew')}</Text> : null}
      <Facts
        rows={[
          [text('sync.createdAt'), formatInstant(preview.createdAt)],
          [text('sync.people'), some(preview.people)],
          [text('sync.referrals'), some(preview.referrals)],
          [text('sync.services'), some(preview.services)],
          [text('sync.newChanges'), some(preview.newChanges)],
          [text('sync.knownChanges'), some(preview.knownChanges)],
          [
            text('sync.period'),
            oldestChange === null || newestChange === null
              ? undefined
              : text('sync.periodFromTo', { from: formatInstantDay(oldestChange), to: formatInstantDay(newestChange) }),
          ],
        ]}
      />
      {warnings(preview, text).map((warning) => (
        <Alert key={warning} color="amber" variant="light" mb="sm">
          {warning}
        </Alert>
      ))}
    </>
  )
}
