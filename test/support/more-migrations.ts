import type { Shipped } from '#main/centre/ports.ts'
import { repositoryShipped } from './fake-ports.ts'

const more: Readonly<Record<string, string>> = {
  '99990101000000_more': 'CREATE TABLE more_one (x INTEGER) STRICT; INSERT INTO more_one SELECT seq FROM audit;',
  '99990101000001_again': 'CREATE TABLE more_two (x INTEGER) STRICT; INSERT INTO more_two SELECT x FROM more_one;',
}

/** What a later version would ship: two more migrations. */
export function moreMigrations(shipped: Shipped): Shipped {
  return {
    list: (folder) => [...shipped.list(folder), ...(folder === 'migrations' ? Object.keys(more) : [])],
    text: (name) => more[/^migrations\/(\w+)\/migration\.sql$/.exec(name)?.[1] ?? ''] ?? shipped.text(name),
  }
}

/** The repository's own resources with two more migrations. */
export const withMoreMigrations = moreMigrations(repositoryShipped)
