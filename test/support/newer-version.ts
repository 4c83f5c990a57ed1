import type { Shipped } from '#main/centre/ports.ts'

const name = '99990101000000_newer'
const sql = `ALTER TABLE case_record ADD COLUMN newer TEXT NOT NULL DEFAULT '';
CREATE TABLE newer (id TEXT NOT NULL) STRICT;
INSERT INTO newer SELECT id FROM case_record;`

/** What the next release would ship: one more migration, which changes a table that has rows and fills a new one from it. */
export function newerVersion(shipped: Shipped): Shipped {
  return {
    list: (folder) => (folder === 'migrations' ? [...shipped.list(folder), name] : shipped.list(folder)),
    text: (file) => (file === `migrations/${name}/migration.sql` ? sql : shipped.text(file)),
  }
}
