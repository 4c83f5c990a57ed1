import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createCentre, type Centre } from '#main/centre/centre.ts'
import { readCard } from '#main/centre/crypto/device-identity.ts'
import { keyringIn, openKeyring } from '#main/centre/crypto/keyring.ts'
import { openDatabase, type RawDatabase } from '#main/centre/storage/open-database.ts'
import { openStore } from '#main/centre/storage/open-store.ts'
import type { Store } from '#main/centre/storage/store.ts'
import { diskFiles } from '#main/platform/disk-files.ts'
import type { CallInput, CallName, CallOutput } from '#shared/contract.ts'
import { cheapSecrets, fakePorts, settableClock } from '#test/support/fake-ports.ts'
import { acceptUndertaking } from '#test/support/open-test-centre.ts'

const login = 'aminatou'
const password = 'le-mil-pousse-vite'

/** A real centre over a folder, for measuring; nobody closes it but its owner. */
export interface BenchDesk {
  readonly folder: string
  readonly ports: ReturnType<typeof fakePorts>
  get<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>>
  /** A token for a path, as the shell would grant. */
  token(chosenPath: string): string
  /** Signs out, works on the database itself, signs in again: for what no page can do a hundred thousand times. */
  withStore<T>(work: (store: Store, db: RawDatabase) => T): Promise<T>
  /** Sets the desk up and signs in. */
  setUp(site: string): Promise<void>
  unlock(): Promise<void>
  key(): Promise<Uint8Array>
  close(): Promise<void>
}

/** A desk in a folder of its own; `startMilliseconds` is what its clock says. */
export function benchDesk(folder: string, seed: number, startMilliseconds?: number): BenchDesk {
  mkdirSync(folder, { recursive: true })
  const files = diskFiles(path.join(folder, 'data'))
  const ports = fakePorts(files, { seed, clock: settableClock(startMilliseconds) })
  let centre: Centre = createCentre(ports, () => undefined)
  let tokens = 0
  const desk: BenchDesk = {
    folder,
    ports,
    async get(name, input) {
      const result = await centre.call(name, input)
      if (!result.ok) throw new Error(`${name}: ${result.error.code}`)
      return result.value as CallOutput<typeof name>
    },
    token(chosenPath) {
      tokens += 1
      const token = tokens.toString(36).padStart(32, '0')
      files.grant(token, chosenPath)
      return token
    },
    async setUp(site) {
      const { recoveryCode } = await desk.get('security.beginSetup', {
        language: 'fr',
        siteCode: site,
        userName: 'Aminatou B.',
        login,
        password,
        roles: ['SUP', 'COO'],
        deskPhone: '',
      })
      await desk.get('security.confirmRecoveryCode', { code: recoveryCode })
      await acceptUndertaking(desk)
    },
    async unlock() {
      await desk.get('security.unlock', { login, password })
      await acceptUndertaking(desk)
    },
    async key() {
      const ring = keyringIn(readFileSync(path.join(folder, 'data/keyring.json'), 'utf8'))
      const opened = ring && (await openKeyring(cheapSecrets, ring, { kind: 'user', login, password }))
      if (!opened?.ok) throw new Error('keyring')
      return opened.key
    },
    async withStore(work) {
      await centre.close()
      const db = openDatabase(path.join(folder, 'data/store.db'), await desk.key())
      try {
        const store = openStore(db, ports, { user: 'u01', roles: ['SUP'], app: ports.appVersion }, { ofService: () => '' })
        return work(store, db)
      } finally {
        db.close()
        centre = createCentre(ports, () => undefined)
        await desk.unlock()
      }
    },
    close: () => centre.close(),
  }
  return desk
}

/** What files for this desk are sealed to. */
export async function cardOf(desk: BenchDesk): Promise<{ readonly device: string; readonly age: string }> {
  const card = path.join(desk.folder, 'own.psrlcard')
  await desk.get('sync.saveOwnCard', { file: desk.token(card) })
  return readCard(readFileSync(card))
}

/** `at` trusts a card. */
export async function trustCard(at: BenchDesk, text: string | Uint8Array): Promise<void> {
  const card = path.join(at.folder, 'other.psrlcard')
  writeFileSync(card, text)
  const { previewId } = await at.get('sync.readCard', { file: at.token(card) })
  await at.get('sync.trustCard', { previewId })
}

/** Both trust each other. */
export async function meet(a: BenchDesk, b: BenchDesk): Promise<void> {
  for (const [at, of] of [
    [a, b],
    [b, a],
  ] as const) {
    await cardOf(of)
    await trustCard(at, readFileSync(path.join(of.folder, 'own.psrlcard')))
  }
}

let sent = 0
/** A file from one desk taken in at another; returns its path. */
export async function pass(from: BenchDesk, to: BenchDesk): Promise<string> {
  sent += 1
  const file = path.join(from.folder, `PSRL-${String(sent)}.age`)
  const { device } = await to.get('sync.ownCard', {})
  await from.get('sync.export', { device, file: from.token(file), job: 'export' })
  const { previewId } = await to.get('sync.preview', { file: to.token(file), job: 'preview' })
  await to.get('sync.import', { previewId, job: 'import' })
  return file
}
