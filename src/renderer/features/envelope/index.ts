export { EnvelopePage } from './envelope-page.tsx'
