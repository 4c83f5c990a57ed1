import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'sqlite', schema: './src/main/centre/storage/tables.ts', out: './migrations' })
