import { config } from 'zod'

// the page's policy forbids eval; schemas are then never compiled (S04)
config({ jitless: true })
