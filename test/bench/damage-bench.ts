import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { newDeviceIdentity, cardText } from '#main/centre/crypto/device-identity.ts'
import { openSyncFile } from '#main/centre/crypto/sync-file-reader.ts'
import { Refusal } from '#shared/result.ts'
import { namedSites } from '#shared/security/site.ts'
import { forgedChain, forgedFile, outsideCentre } from '#test/formats/outside-centre.ts'
import { seededRandom } from '#test/support/fake-ports.ts'
import { inPieces } from '#test/support/in-pieces.ts'
import { benchDesk, cardOf, trustCard } from './bench-desk.ts'
import { deskChanges } from './work-load.ts'

export interface DamageResult {
  readonly tried: number
  readonly accepted: number
  /** Refused with another code than the place of the damage asks for. */
  readonly wrongCode: number
  readonly rowsChanged: number
}

const firstLine = 'age-encryption.org/v1\n'.length

/** Codes that fit a flipped bit: a header's own lines cannot be told from one for others, its MAC can be broken, the rest is damage. */
function codesAt(at: number, headerEnd: number): readonly string[] {
  if (at < firstLine) return ['sync-not-a-sync-file']
  if (at < headerEnd) return ['sync-not-for-you', 'sync-damaged', 'sync-incomplete', 'sync-needs-passphrase']
  return ['sync-damaged']
}

/**
 * Every cut of a small file, every bit of its header and a bit of every other byte; each is read to its end. Some of them go through a
 * whole centre, whose rows are compared before and after.
 */
export async function damageBench(folder: string): Promise<DamageResult> {
  const mora = await outsideCentre('MOR', 'm', 5)
  const reader = newDeviceIdentity('b'.repeat(16), seededRandom(3))
  const chain = forgedChain(mora, 'mbx:MOR:BUE', deskChanges(18))
  const file = await forgedFile(mora, { device: reader.device, age: reader.ageRecipient }, [chain])
  const headerEnd = Buffer.from(file).indexOf('\n', Buffer.from(file).indexOf('\n--- ') + 1) + 1
  const codeOf = async (bytes: Uint8Array): Promise<string> => {
    try {
      const opened = await openSyncFile(reader.ageIdentities, bytes.length, inPieces(bytes))
      if (!opened.signedBy(mora.identity.signPublic)) return 'sync-bad-signature'
      for await (const section of opened.sections()) for await (const _lines of section.lines) continue
      return 'accepted'
    } catch (error) {
      return error instanceof Refusal ? error.code : String(error)
    }
  }
  const flipped = (whole: Uint8Array, at: number, bit: number): Uint8Array => {
    const copy = Uint8Array.from(whole)
    copy[at]! ^= 1 << bit
    return copy
  }
  let tried = 0
  let accepted = 0
  let wrongCode = 0
  const attempt = async (bytes: Uint8Array, right: readonly string[]) => {
    const code = await codeOf(bytes)
    tried += 1
    if (code === 'accepted') accepted += 1
    else if (!right.includes(code)) wrongCode += 1
  }
  if ((await codeOf(file)) !== 'accepted') throw new Error('the whole file does not open')
  for (let length = 0; length < file.length; length += 1)
    await attempt(file.subarray(0, length), [length === 0 ? 'sync-not-a-sync-file' : 'sync-incomplete'])
  for (let at = 0; at < file.length; at += 1)
    for (let bit = 0; bit < (at < headerEnd ? 8 : 1); bit += 1)
      await attempt(flipped(file, at, at < headerEnd ? bit : at % 8), codesAt(at, headerEnd))

  const desk = benchDesk(path.join(folder, 'damage'), 9)
  try {
    await desk.setUp('BUE')
    const site = namedSites.find((s) => s.code === 'MOR')!
    await trustCard(desk, cardText(mora.identity, site))
    const whole = await forgedFile(mora, await cardOf(desk), [chain])
    const rows = () =>
      desk.withStore((store) =>
        JSON.stringify(
          ['journal', 'case_record', 'referral', 'referral_step', 'row_secret', 'chain', 'review'].map((t) =>
            store.read(`SELECT * FROM ${t}`).all(),
          ),
        ),
      )
    const before = await rows()
    const name = path.join(desk.folder, 'damaged.age')
    for (let at = 1; at < whole.length; at += 199) {
      for (const bytes of [whole.subarray(0, at), flipped(whole, at, at % 8)]) {
        writeFileSync(name, bytes)
        const taken = await desk.get('sync.preview', { file: desk.token(name), job: 'p' }).then(
          () => true,
          () => false,
        )
        tried += 1
        if (taken) accepted += 1
      }
    }
    return { tried, accepted, wrongCode, rowsChanged: (await rows()) === before ? 0 : 1 }
  } finally {
    await desk.close()
  }
}
