export { usePrinting, type PrintTarget } from './use-printing.ts'
export { PrintedJob, SlipPreview } from './printed-job.tsx'
