import { renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Result } from '#shared/result.ts'
import type { SimDesk } from './desk.ts'
import { BrokenInvariant, type World } from './world.ts'

/** A call that ends in `internal` met something that nobody thought of. After a power failure that is what a call must end in. */
export function mustNotBreak(desk: SimDesk, call: string, result: Result<unknown>): void {
  if (!result.ok && result.error.code === 'internal' && !desk.faults.dead)
    throw new BrokenInvariant('I9', `${call} at ${desk.name} ended in an unknown error`)
}

/**
 * Works with a plug that is pulled at the k-th operation on files; then the PC starts again over the disk as it was at that instant.
 *
 * The uncommitted transaction is in that image too: SQLite has to undo it. True if the power failed before the work was done.
 */
export async function withPowerFailure(world: World, desk: SimDesk, work: () => Promise<string>): Promise<string> {
  const image = path.join(desk.folder, 'image')
  desk.faults.powerFailed = () => desk.copyData(image)
  desk.faults.powerIn = world.chance.int(9)
  let outcome = ''
  try {
    outcome = await work()
  } catch (error) {
    if (!desk.faults.dead || error instanceof BrokenInvariant) throw error
    outcome = 'broken off'
  }
  desk.faults.powerIn = undefined
  if (!desk.faults.dead) return outcome
  await desk.stop()
  rmSync(desk.data, { recursive: true, force: true })
  renameSync(image, desk.data)
  desk.start()
  await desk.unlock()
  const whole = desk.look((db) => [
    db.pragma('integrity_check', { simple: true }),
    db.prepare<[], unknown>('PRAGMA foreign_key_check').all().length,
  ])
  if (whole[0] !== 'ok' || whole[1] !== 0) throw new BrokenInvariant('I9', `${desk.name} is damaged after a power failure`)
  return `${outcome}, power failed`
}
