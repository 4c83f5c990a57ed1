import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract, isCallName } from '#shared/contract.ts'
import { mayDo, roles, type Role } from '#shared/permissions.ts'
import { errorCodes } from '#shared/result.ts'
import { databaseDump, openDatabaseCopy } from '#test/support/database-dump.ts'
import { openTestCentre, testLogin, testPassword } from '#test/support/open-test-centre.ts'
import { validInputs } from '#test/support/valid-inputs.ts'

const names = Object.keys(contract).filter(isCallName)
const centreNames = names.filter((n) => !contract[n].shell)

/** Inputs that no call takes: wrong types, an unknown key, the keys of prototypes, something too long. */
const wrong: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, undefined, 1, 'x', [], { __unknown: 1 }, JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}')),
  fc.record({ id: fc.string({ minLength: 5000, maxLength: 6000 }), extra: fc.anything() }),
  fc.dictionary(fc.string({ minLength: 1 }), fc.anything(), { minKeys: 1 }).map((d) => ({ ...d, 'not-a-key': true })),
)

/** The names of all fields of a schema, however deep. */
function keysOf(schema: z.ZodType): string[] {
  const named = (node: unknown): string[] => {
    if (node === null || typeof node !== 'object') return []
    const properties = (node as { properties?: Record<string, unknown> }).properties ?? {}
    return [...Object.keys(properties), ...Object.values(node).flatMap(named)]
  }
  return named(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
}
const pathLike = (keys: Iterable<string>) => [...new Set(keys)].filter((k) => /path|folder|directory|url/i.test(k))

describe('the contract', () => {
  it('S19 no wrong input reaches a handler', async () => {
    const held = ['SUP', 'CW', 'DIR'] as const
    const desk = await openTestCentre({ roles: held })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...centreNames), wrong, async (name, input) => {
        const { permission, secret } = contract[name]
        // who may not call at all is told that first, whatever the input is
        const code = secret !== null ? 'not-found' : permission === null || mayDo(held, permission) ? 'bad-input' : 'forbidden'
        expect(await desk.centre.call(name, input)).toMatchObject({ ok: false, error: { code } })
      }),
      { numRuns: 400 },
    )
  })

  it('S19 a name that is not of the contract is refused, prototypes included', async () => {
    const desk = await openTestCentre()
    for (const name of ['', '__proto__', 'toString', 'constructor', 'cases.list ', 'printing.printSlip', 'files.choose']) {
      expect(await desk.centre.call(name, {})).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    }
  })

  it('S20 S45 while locked every call answers locked, but those of the lock screen', async () => {
    const desk = await openTestCentre()
    await desk.get('security.lock', {})
    const inputs = validInputs()
    for (const name of centreNames.filter((n) => !contract[n].whileLocked)) {
      expect(`${name}: ${await desk.refusal(name, inputs[name] as never)}`).toBe(`${name}: locked`)
    }
  })

  it('S20 without the permission the answer is forbidden, and the refusal is in the audit', async () => {
    // each set of roles is a user of its own desk
    for (const held of [['DPO'], ['NAT'], ['REG'], ['DIR']] as const satisfies readonly (readonly Role[])[]) {
      const desk = await openTestCentre({ roles: held })
      const inputs = validInputs()
      for (const name of centreNames) {
        const { permission, whileLocked } = contract[name]
        if (permission === null || whileLocked || mayDo(held, permission)) continue
        const before = mayDo(held, 'audit.read') ? (await desk.get('audit.verify', {})).events : 0
        expect(`${name}: ${await desk.refusal(name, inputs[name] as never)}`).toBe(`${name}: forbidden`)
        if (mayDo(held, 'audit.read')) expect((await desk.get('audit.verify', {})).events).toBe(before + 1)
      }
    }
  })

  it('H22 to every role but the focal point each call of the vault is as one that is not there, and leaves no trace', async () => {
    const secret = centreNames.filter((n) => contract[n].secret !== null)
    expect(secret.length).toBeGreaterThan(20)
    for (const role of roles.filter((r) => !mayDo([r], 'envelope.own'))) {
      const desk = await openTestCentre({ roles: [role] })
      const inputs = validInputs()
      const before = await databaseDump(desk)
      const logged = desk.ports.logged.length
      for (const name of secret) {
        expect(`${role} ${name}: ${await desk.refusal(name, inputs[name] as never)}`).toBe(`${role} ${name}: not-found`)
      }
      expect(await databaseDump(desk)).toBe(before)
      const actions = (await openDatabaseCopy(desk)).prepare<[], { line: string }>('SELECT line FROM audit').all()
      expect(actions.filter((a) => /refused|envelope|failed/.test(a.line))).toEqual([])
      expect(desk.ports.logged.slice(logged)).toEqual([])
    }
  })

  it('S20 an audited call writes exactly one event, a refused one too', async () => {
    const desk = await openTestCentre()
    const inputs = validInputs()
    const tried = centreNames.filter(
      (n) => contract[n].audited !== 'no' && !contract[n].whileLocked && !n.startsWith('security.'),
    )
    expect(tried.length).toBeGreaterThan(12)
    for (const name of tried) {
      const before = (await desk.get('audit.verify', {})).events
      await desk.ask(name, inputs[name] as never)
      const after = await desk.get('audit.verify', {})
      expect(`${name}: +${after.events - before}`).toBe(`${name}: +1`)
      expect(after.brokenAt).toBeNull()
    }
  })

  it('S21 an unexpected failure crosses as the code internal, without message, stack or path', async () => {
    const desk = await openTestCentre()
    desk.ports.random.bytes = () => {
      throw new Error('secret detail of /home/desk and SELECT')
    }
    const result = await desk.centre.call('cases.create', {
      consent: (await import('#test/support/open-test-centre.ts')).fullConsent,
    })
    expect(result).toEqual({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(desk.ports.logged)).not.toMatch(/secret|SELECT|home/)
  })

  it('S23 no input has a field of kind path: files are tokens', () => {
    const keys = new Set(names.flatMap((name) => keysOf(contract[name].input)))
    expect(keys.size).toBeGreaterThan(20)
    expect(pathLike(keys)).toEqual([])
    const planted = z.strictObject({
      a: z.array(z.union([z.strictObject({ b: z.strictObject({ filePath: z.string() }).optional() }), z.null()])),
    })
    expect(pathLike(keysOf(planted))).toEqual(['filePath'])
  })

  it('H30 no default account or password opens a fresh desk', async () => {
    const desk = await openTestCentre({ setup: 'none' })
    expect(await desk.get('security.status', {})).toMatchObject({ phase: 'first-run', mode: 'real' })
    for (const [login, password] of [
      ['admin', 'admin'],
      ['admin', 'password'],
      [testLogin, testPassword],
    ] as const) {
      expect(await desk.refusal('security.unlock', { login, password })).toBe('not-set-up')
    }
  })

  it('every role is a role of the permission table or holds none, and every refusal has a code', () => {
    expect(roles.filter((r) => mayDo([r], 'training.use'))).toEqual([...roles])
    expect(new Set(errorCodes).size).toBe(errorCodes.length)
  })
})
