import './no-eval.ts'
import '@fontsource/noto-sans/latin-400.css'
import '@fontsource/noto-sans/latin-ext-400.css'
import '@fontsource/noto-sans/latin-700.css'
import '@fontsource/noto-sans/latin-ext-700.css'
import './print.css'
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { call } from '#renderer/api/call.ts'
import { PrintedJob } from '#renderer/features/printing/index.ts'
import type { PrintJob } from '#shared/printing/contract.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('page without root')

/** Tells the print window that all is drawn, fonts and images included, or that it never will be: it waits for one of the two. */
const tell = (ready: 'yes' | 'no') => {
  document.documentElement.dataset.ready = ready
}

async function whenAllThere(): Promise<void> {
  await document.fonts.ready
  await Promise.all([...document.images].map((image) => image.decode()))
}

function PrintPage() {
  const [job, setJob] = useState<PrintJob>()
  useEffect(() => {
    // letters are measured as they are drawn
    const fonts = Promise.allSettled([...document.fonts].map((font) => font.load()))
    Promise.all([call('printing.job', { job: location.hash.slice(1) }), fonts]).then(
      ([got]) => setJob(got),
      () => tell('no'),
    )
  }, [])
  useEffect(() => {
    if (!job) return
    document.documentElement.lang = job.kind === 'slip' ? (job.slip.language === 'en' ? 'en' : 'fr') : job.language
    void whenAllThere().then(
      () => tell('yes'),
      () => tell('no'),
    )
  }, [job])
  return job ? <PrintedJob job={job} /> : null
}

createRoot(root, { onUncaughtError: () => tell('no') }).render(<PrintPage />)
