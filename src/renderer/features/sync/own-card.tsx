import { Button, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { call, useCall } from '#renderer/api/call.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { qrPicture } from '#renderer/ui/qr-picture.ts'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { SixWords } from './six-words.tsx'

/** This computer's card: six words to read aloud, and the file to hand over. */
export function OwnCard(props: { readonly canExchange: boolean }) {
  const text = useText()
  const card = useCall('sync.ownCard', {})
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const save = async () => {
    setBusy(true)
    setError(null)
    setSaved(false)
    try {
      const chosen = await call('files.choose', { purpose: 'card-export', title: text('sync.saveCardTitle') })
      if (chosen.file !== null) {
        await call('sync.saveOwnCard', { file: chosen.file })
        setSaved(true)
      }
    } catch (thrown) {
      setError(thrown)
    }
    setBusy(false)
  }

  return (
    <section className="page-card" aria-labelledby="own-card">
      <Title order={2} size="h4" id="own-card">
        {text('sync.ownTitle')}
      </Title>
      <Text c="dimmed">{text('sync.ownHint')}</Text>
      <FailureNotice error={card.error ?? error} />
      {card.data === undefined ? null : <SixWords words={card.data.words} label={text('sync.wordsLabel')} />}
      {props.canExchange ? (
        <Button variant="default" loading={busy} onClick={() => void save()}>
          {text('sync.saveCard')}
        </Button>
      ) : null}
      {card.data === undefined ? null : <CardQr file={card.data.file} />}
      <Text role="status">{saved ? text('sync.cardSaved') : ''}</Text>
    </section>
  )
}

/** The card's file as a QR code, for whoever reads codes; not offered when it does not fit. */
function CardQr({ file }: { readonly file: string }) {
  const text = useText()
  const [isShown, setIsShown] = useState(false)
  const picture = qrPicture(new TextEncoder().encode(file))
  if (picture === undefined) return null
  return (
    <>
      <Button variant="subtle" aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
        {text(isShown ? 'sync.hideCardQr' : 'sync.showCardQr')}
      </Button>
      {isShown ? <img src={picture} width={420} height={420} style={{ display: 'block' }} alt={text('sync.cardQr')} /> : null}
    </>
  )
}
