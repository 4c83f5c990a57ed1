import { useDesk } from '#renderer/api/desk.ts'
import { useText } from '#renderer/i18n/text.tsx'

/** What must never be forgotten: that this is the exercise, or a trial version. On every screen, the lock screen too. */
export function Banners() {
  const text = useText()
  const { status } = useDesk()
  return (
    <>
      {status.mode === 'training' ? (
        <div className="banner-training" role="status">
          <strong>{text('shell.trainingBanner')}</strong>
          <span>{text('shell.trainingExplanation')}</span>
        </div>
      ) : null}
      {status.preview ? (
        <div className="banner-preview" role="status">
          {text('shell.previewBanner')}
        </div>
      ) : null}
    </>
  )
}
