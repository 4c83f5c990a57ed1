import { z } from 'zod'
import { neutralLetters } from '#shared/neutral-name.ts'
import { dayMilliseconds } from '../../desk-day.ts'
import type { Job } from '../../feature.ts'
import type { Files, Ports } from '../../ports.ts'
import { backupDaysMax } from '../../storage/backup.ts'
import { copyDay, surplusCopies, tidily, type KeptCopy } from '../../storage/kept-copies.ts'
import { storedJson } from '../../storage/stored-json.ts'
import { copyBytes, writeCopyOut } from './write-copy-out.ts'

// The copies in the remembered folder, of which others may keep files too: this computer lists the names that it gave (docs/formats/copy.md).

const listFile = 'outside-copies.json'
/** Names beyond which the oldest are forgotten: several sticks may take turns. */
const listedMax = 200
const copiesOfRoom = 3

const Listed = z.strictObject({
  /** Database whose copy it is: another may have been put back here since. */
  desk: z.string(),
  name: z.string().regex(/^PSRL-[a-z2-7]{8}\.psrlcopy$/),
  number: z.int(),
  day: z.string().regex(/^\d{8}$/),
})
type Listed = z.infer<typeof Listed>

function listed(files: Files): readonly Listed[] {
  try {
    return z.array(Listed).parse(storedJson(new TextDecoder().decode(files.read(listFile))))
  } catch {
    // without a list nothing there is known as ours, and nothing is removed
    return []
  }
}

function keepListed(files: Files, list: readonly Listed[]): void {
  files.replace(listFile, new TextEncoder().encode(JSON.stringify(list.slice(-listedMax))))
}

/** The copies of this desk that are there, the newest first. */
function copiesThere(files: Files, desk: string): readonly KeptCopy[] {
  const names = new Set(files.outsideNames())
  return listed(files)
    .filter((c) => c.desk === desk && names.has(c.name))
    .map(({ name, number, day }) => ({ id: name, number, day, reason: 'daily' as const }))
    .toSorted((a, b) => b.number - a.number)
}

/** Takes copies away and then their names: a kill in between leaves a name without a file. Never throws. */
function removeThere(files: Files, copies: readonly KeptCopy[]): void {
  const gone = new Set<string>()
  for (const { id } of copies)
    tidily(() => {
      files.removeOutside(id)
      gone.add(id)
    })
  if (gone.size > 0)
    tidily(() =>
      keepListed(
        files,
        listed(files).filter((c) => !gone.has(c.name)),
      ),
    )
}

/**
 * Writes a copy of this computer into the remembered folder, then takes away those of this desk that are too many or 90 days old. Returns the
 * bytes written.
 *
 * Throws Refusal disk-full, disk-read-only, file-unreadable, copy-not-kept, cancelled; then no copy has gone but for room.
 */
export async function writeIntoFolder(
  { files, clock, random }: Pick<Ports, 'files' | 'clock' | 'random'>,
  desk: string,
  id: string,
  job: Job,
): Promise<number> {
  const before = listed(files)
  const names = files.outsideNames()
  for (const { name } of before) if (names.includes(`${name}.part`)) tidily(() => files.removeOutside(`${name}.part`))
  let name: string
  do name = `PSRL-${neutralLetters(random.bytes(8))}.psrlcopy`
  while (names.includes(name))
  const today = copyDay(clock.now())
  const token = files.outsideToken(name)
  if (files.freeBytes(token) < copyBytes(files, id)) removeThere(files, surplusCopies(copiesThere(files, desk), 'daily', true))
  // the name is listed before there is a file: a kill never leaves one that nobody takes away
  keepListed(files, [...before, { desk, name, number: 1 + Math.max(0, ...before.map((c) => c.number)), day: today }])
  let bytes: number
  try {
    bytes = await writeCopyOut(files, id, token, job)
  } catch (error) {
    if (files.outsideFolder()?.isThere && !files.outsideNames().includes(name)) tidily(() => keepListed(files, before))
    throw error
  }
  const there = copiesThere(files, desk)
  const last = copyDay(clock.now() - backupDaysMax * dayMilliseconds)
  const surplus = new Set(surplusCopies(there, 'daily', files.freeBytes(token) < bytes * copiesOfRoom))
  removeThere(
    files,
    there.filter((c) => c.id !== name && (surplus.has(c) || c.day <= last)),
  )
  return bytes
}
