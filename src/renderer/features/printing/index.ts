export { PrintButtons } from './print-buttons.tsx'
export { PrintFormDialog } from './print-form-dialog.tsx'
export { usePrinting } from './use-printing.ts'
export { PrintedJob, SlipPreview } from './printed-job.tsx'
