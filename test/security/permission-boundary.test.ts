import { describe, expect, it, vi } from 'vitest'
import { shellCalls } from '#main/electron/shell-calls.ts'
import { contract, isCallName, type CallName } from '#shared/contract.ts'
import { mayDo, roles, scopesOf, type PermissionId, type Role, type Scope } from '#shared/permissions.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { aChild, deskOfTen } from '#test/support/desk-of-ten.ts'
import { addCase, type TestCentre } from '#test/support/open-test-centre.ts'
import { signInAs } from '#test/support/test-users.ts'
import { validInputs } from '#test/support/valid-inputs.ts'

vi.mock('electron', () => ({
  app: {},
  BrowserWindow: class {},
  clipboard: {},
  dialog: {},
  ipcMain: {},
  Menu: {},
  powerMonitor: {},
  protocol: {},
  session: {},
}))
const { createRouter } = await import('#main/electron/ipc-router.ts')

const names = Object.keys(contract).filter(isCallName)
/** Calls that only the shell makes; a page is refused them whoever is signed in. */
const shellOnly = names.filter((name) =>
  /^(?:printing\.(?:prepare|slipPrinted|ownRecordPrinted)|envelope\.prepareSlip|backups\.daily|app\.mayCall)/.test(name),
)
const garbage = { 'not-a-key': true }

/** The desk as a page reaches it: by the one channel, from a frame of ours. */
function pageOf(desk: TestCentre): (name: CallName, input: unknown) => Promise<string> {
  let now = 0
  const shell = shellCalls({
    dialogs: {} as never,
    clipboard: {} as never,
    policy: { activity: () => undefined } as never,
    printer: {} as never,
    centre: desk.centre,
  })
  const route = createRouter({ roleOf: () => 'main', centre: desk.centre, shell, now: () => (now += 1000) })
  const event = { sender: { id: 1 }, senderFrame: { url: 'app://centre/index.html', origin: 'app://centre', parent: null } }
  return async (name, input) => {
    const result = await route(event, name, input)
    return result.ok ? 'accepted' : result.error.code
  }
}

/** What the table says of a call, before anything is known of what it is about. */
function expected(name: CallName, role: Role): 'may' | 'forbidden' | 'not-found' {
  const { permission, secret } = contract[name]
  if (secret !== null && !mayDo([role], secret)) return 'not-found'
  return permission === null || mayDo([role], permission) ? 'may' : 'forbidden'
}

describe('permissions at the boundary', () => {
  it('E.1 S20 is asked before the input is looked at: every call of a page, with every role, whatever it says', async () => {
    const { desk } = await deskOfTen()
    const page = pageOf(desk)
    const wrong: string[] = []
    let asked = 0
    for (const role of roles) {
      await signInAs(desk, role.toLowerCase())
      expect((await desk.get('security.status', {})).user?.roles).toEqual([role])
      for (const name of names) {
        const wanted = shellOnly.includes(name) ? 'forbidden' : expected(name, role)
        const code = await page(name, garbage)
        asked += 1
        if (code !== (wanted === 'may' ? 'bad-input' : wanted)) wrong.push(`${role} ${name}: ${code}`)
      }
    }
    expect(asked).toBe(roles.length * names.length)
    expect(wrong).toEqual([])
  })

  it('E.1 S20 a good input changes nothing of it: forbidden exactly where the table names no scope, and each refusal is written down', async () => {
    const { desk } = await deskOfTen()
    const page = pageOf(desk)
    const inputs = validInputs()
    // leaving the desk, or ending the session, is everybody's
    const tried = names.filter((name) => !contract[name].whileLocked && !shellOnly.includes(name) && !name.endsWith('Training'))
    const wrong: string[] = []
    for (const role of roles) {
      await signInAs(desk, role.toLowerCase())
      const before = (await auditEvents(desk)).length
      const refused: string[] = []
      for (const name of tried) {
        const wanted = expected(name, role)
        if (wanted === 'forbidden') refused.push(name)
        const code = await page(name, inputs[name])
        if ((code === 'forbidden') !== (wanted === 'forbidden')) wrong.push(`${role} ${name}: ${code}`)
        if (wanted === 'not-found' && code !== 'not-found') wrong.push(`${role} ${name}: ${code}`)
      }
      const events = (await auditEvents(desk)).slice(before).filter((e) => e.action === 'refused')
      expect(events.map((e) => e.details?.['call'])).toEqual(refused)
    }
    expect(wrong).toEqual([])
  })
})

/** A case as a role finds it. */
interface Standing {
  readonly own: boolean
  readonly minor: boolean
}
const reaches = (scope: Scope, { own, minor }: Standing): boolean => {
  const [extent] = scope.split(' ')
  if (extent === 'own' || extent === 'today') return own
  return extent === 'minors' ? minor : extent === 'centre' || extent === 'region'
}
const held = (role: Role, permission: PermissionId, standing: Standing, kind: 'plain' | 'x' | 'any') =>
  scopesOf([role], permission).some((scope) => {
    const isPlain = !scope.includes(' ')
    return reaches(scope, standing) && (kind === 'any' || (kind === 'plain' ? isPlain : isPlain || scope.endsWith(' x')))
  })

describe('scopes at the boundary', () => {
  it('E.1 S20 each role sees of its own and of others’ cases, adults and children, what its scopes say: without a reason, and with one', async () => {
    const { desk, adult, child, made } = await deskOfTen()
    const wrong: string[] = []
    const seen = new Set<string>()
    for (const role of roles) {
      await signInAs(desk, role.toLowerCase())
      const cases: [string, Standing][] = [
        [adult, { own: false, minor: false }],
        [child, { own: false, minor: true }],
      ]
      if (mayDo([role], 'case.create')) {
        cases.push([await addCase(desk), { own: true, minor: false }], [await addCase(desk, aChild), { own: true, minor: true }])
      }
      for (const [caseId, standing] of cases) {
        for (const reason of [false, true]) {
          if (reason) await desk.ask('screen.reveal', { caseId, reason: 'supervision', note: '' })
          const file = await desk.ask('cases.get', { caseId })
          const kind = reason ? 'x' : 'plain'
          const card = held(role, 'case.card', standing, 'plain')
          const opens = held(role, 'case.read', standing, 'any')
          const wanted = !mayDo([role], 'case.read')
            ? 'forbidden'
            : !opens
              ? 'not-found'
              : [
                  card || held(role, 'case.identity', standing, kind),
                  card || held(role, 'case.restricted', standing, 'any'),
                  card || held(role, 'case.confidential', standing, kind),
                  held(role, 'case.edit', standing, 'plain'),
                ].join(' ')
          const found = file.ok
            ? [
                file.value.answers['family_name'] !== undefined && file.value.row.name.includes('Aïssatou'),
                file.value.answers['consent_status'] !== undefined,
                file.value.answers['programme_category'] !== undefined,
                file.value.editable,
              ].join(' ')
            : file.error.code
          seen.add(found)
          if (found !== wanted) wrong.push(`${role} ${JSON.stringify(standing)} reason ${reason}: ${found} instead of ${wanted}`)
        }
      }
    }
    expect(wrong).toEqual([])
    expect(made.CW).toBeDefined()
    // nothing of it is always the same
    expect(seen.size).toBeGreaterThan(5)
  })

  it('E.1 S20 a call about a case that its scope does not reach answers as for a case that is not there', async () => {
    const { desk, adult, child } = await deskOfTen()
    const inputs = validInputs()
    const about = names.filter(
      (name) => contract[name].secret === null && !contract[name].shell && 'caseId' in (inputs[name] as object),
    )
    // lists that are filtered by a case, and the reason that opens one, are no calls about it
    const filters = ['audit.list', 'referrals.list', 'screen.reveal']
    const wrong: string[] = []
    let tried = 0
    for (const role of roles) {
      await signInAs(desk, role.toLowerCase())
      for (const name of about.filter((n) => !filters.includes(n))) {
        const permission = contract[name].permission as PermissionId
        for (const [caseId, minor] of [
          [adult, false],
          [child, true],
        ] as const) {
          if (!mayDo([role], permission) || held(role, permission, { own: false, minor }, 'any')) continue
          tried += 1
          const answers = await Promise.all(
            ['none', caseId].map((id) => desk.ask(name, { ...(inputs[name] as object), caseId: id } as never)),
          )
          const [absent, present] = answers.map((a) => (a.ok ? 'accepted' : a.error.code))
          if (absent !== present || present === 'accepted') wrong.push(`${role} ${name}: ${present} instead of ${absent}`)
        }
      }
    }
    expect(tried).toBeGreaterThan(20)
    expect(wrong).toEqual([])
  })
})
