import { catalogues } from '#renderer/i18n/text.tsx'
import type { PrintJob } from '#shared/printing/contract.ts'
import { CallSheetView } from './call-sheet-view.tsx'
import { CertificateView } from './certificate-view.tsx'
import { MonthReportView } from './month-report-view.tsx'
import { OwnRecordView } from './own-record-view.tsx'
import { NationalSheetView } from './national-sheet-view.tsx'
import { PaperFormView } from './paper-form-view.tsx'
import { ReferralSlipView } from './referral-slip-view.tsx'
import './slip.css'

/** Everything a print window can show. */
export function PrintedJob({ job }: { readonly job: PrintJob }) {
  switch (job.kind) {
    case 'slip':
      return (
        <main className="sheet" data-format={job.format}>
          <ReferralSlipView slip={job.slip} />
          {job.format === 'a4-two' && <ReferralSlipView slip={job.slip} />}
        </main>
      )
    case 'call-sheet':
      return (
        <main className="sheet" data-format="a5" lang={job.language}>
          <CallSheetView job={job} />
        </main>
      )
    case 'form':
      return (
        <main className="sheet" data-format="form" lang={job.language}>
          <PaperFormView paper={job.paper} />
        </main>
      )
    case 'own-record':
      return (
        <main className="sheet" data-format="a4" lang={job.language}>
          <OwnRecordView record={job.record} />
        </main>
      )
    case 'certificate':
      return (
        <main className="sheet" data-format="a5" lang={job.language}>
          <CertificateView job={job} />
        </main>
      )
    case 'month-report':
      return (
        <main className="sheet" data-format="a4" lang={job.language}>
          <MonthReportView job={job} />
        </main>
      )
    case 'national-sheet':
      return (
        <main className="sheet" data-format="a5" lang={job.language}>
          <NationalSheetView job={job} />
        </main>
      )
    case 'recovery': {
      const words = catalogues[job.language].printing
      return (
        <main className="sheet" data-format="a5" lang={job.language}>
          <article className="recovery">
            {job.exercise && <p className="recovery-code">{words.exercise}</p>}
            <h1>{words.recoveryTitle}</h1>
            <p className="recovery-code">{job.code}</p>
            <p>{words.recoveryText}</p>
            <p>
              {words.recoveryFor} {job.siteName}
            </p>
          </article>
        </main>
      )
    }
  }
}

/** The same page, reduced, on screen. */
export function SlipPreview({ job, label }: { readonly job: PrintJob; readonly label: string }) {
  return (
    <div className="slip-preview" role="group" aria-label={label} tabIndex={0}>
      <PrintedJob job={job} />
    </div>
  )
}
