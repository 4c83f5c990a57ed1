export { PrintedJob, SlipPreview } from './printed-job.tsx'
