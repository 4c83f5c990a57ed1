import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCard, readIdentity } from '#main/centre/crypto/device-identity.ts'
import { addCase, addDirectory, addIssuedReferral, openTwoCentres, type TestCentre } from '#test/support/open-test-centre.ts'
import { openDatabaseCopy } from '#test/support/database-dump.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { findAge } from '#tools/age/find-age.ts'
import { outsideCentre } from './outside-centre.ts'
import { plainOf, sealedFor } from './vectors/vector.ts'

/** Runs the age tool; gives what it wrote, or throws what it said. */
function age(args: readonly string[], input?: Uint8Array): Uint8Array {
  const run = spawnSync(findAge(), args, { ...(input ? { input } : {}), maxBuffer: 64 * 1024 * 1024 })
  if (run.status !== 0) throw new Error(String(run.stderr))
  return new Uint8Array(run.stdout)
}

/** A key file as `age-keygen` writes it. */
function keyFile(identity: string): string {
  const file = path.join(tempFolder(), 'key.txt')
  writeFileSync(file, `${identity}\n`)
  return file
}

/** The secret key of a desk, which nothing but a test ever takes out. */
async function identityOf(desk: TestCentre): Promise<string> {
  const db = await openDatabaseCopy(desk)
  try {
    const keys = db.prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'device.keys'").get()
    return readIdentity(keys?.value ?? '').ageIdentity
  } finally {
    db.close()
  }
}

describe('the age tool of another hand', () => {
  it('opens what a desk exports, for both its sender and its reader; and what it seals is taken in', async () => {
    const { mora, buea } = await openTwoCentres()
    await addDirectory(mora)
    await addIssuedReferral(mora, await addCase(mora))
    const file = path.join(mora.folder, 'PSRL-aaaaaaaa.age')
    const { device } = await buea.get('sync.ownCard', {})
    await mora.get('sync.export', { device, file: mora.token(file), job: 'e' })
    const plain = age(['-d', '-i', keyFile(await identityOf(buea)), file])
    expect(Buffer.from(plain).toString('latin1', 0, 8)).toBe('PSRL0001')
    expect(Number(Buffer.from(plain).readBigUInt64LE(20))).toBe(plain.length)
    expect(Buffer.compare(age(['-d', '-i', keyFile(await identityOf(mora)), file]), plain)).toBe(0)

    const card = path.join(buea.folder, 'own.psrlcard')
    await buea.get('sync.saveOwnCard', { file: buea.token(card) })
    const again = path.join(buea.folder, 'sealed-by-age.age')
    age(['-r', readCard(readFileSync(card)).age, '-o', again], plain)
    expect(Buffer.compare(readFileSync(again), readFileSync(file))).not.toBe(0)
    const preview = await buea.get('sync.preview', { file: buea.token(again), job: 'p' })
    expect(preview).toMatchObject({ fromSite: 'Mora', people: 1, referrals: 1 })
    const receipt = await buea.get('sync.import', { previewId: preview.previewId, job: 'i' })
    expect(receipt).toMatchObject({ newPeople: 1, newReferrals: 1 })
  })

  it('opens what the tests seal, so that a vector is refused for its fault alone', async () => {
    const mora = await outsideCentre('MOR', 'm', 5)
    const { device, ageRecipient, ageIdentity } = mora.identity
    const world = { mora, to: { device, age: ageRecipient } }
    for (const length of [8192, 65_536, 131_072]) {
      const plain = plainOf(world, {}, { total: () => length })
      expect(Buffer.compare(age(['-d', '-i', keyFile(ageIdentity)], sealedFor(world, plain)), plain)).toBe(0)
    }
  })
})
