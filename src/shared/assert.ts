/** Marks a branch that no value can reach; a new member of a union then fails to compile. Throws if reached. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${typeof value}`)
}

/**
 * A cheap invariant that stays on in production.
 *
 * Throws when `condition` is false; the caller's transaction is then rolled back (fail closed).
 */
export function assertInvariant(condition: boolean, name: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${name}`)
}
