import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reachOf, sightOf, type CaseStanding } from '#shared/cases/case-reach.ts'
import { forbiddenPair, forbiddenPairs, roles, scopesOf, type Role } from '#shared/permissions.ts'
import { maskedText } from '#shared/screen/contract.ts'
import { askedRoles, type RoleHolder } from '#shared/users/role-rules.ts'
import { addCase, fullIdentity } from '#test/support/open-test-centre.ts'
import { deskOfTen } from '#test/support/desk-of-ten.ts'
import { signInAs } from '#test/support/test-users.ts'

const list = { text: '', after: null, limit: 50 } as const
const anyRoles = fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 10 })

describe('how far a permission reaches', () => {
  it('E.1 each role opens, sees and lists exactly what the table says, of its own case and of others, an adult’s and a child’s', async () => {
    const { desk, adult, child } = await deskOfTen()
    const seen: Record<string, unknown> = {}
    for (const role of roles) {
      await signInAs(desk, role.toLowerCase())
      expect((await desk.get('security.status', {})).user?.roles).toEqual([role])
      const look = async (caseId: string) => {
        const file = await desk.ask('cases.get', { caseId })
        if (!file.ok) return file.error.code
        return [
          file.value.row.name.replace(maskedText, '…'),
          file.value.answers['family_name'] === undefined ? 'no-name' : 'name',
          file.value.answers['consent_status'] === undefined ? 'no-restricted' : 'restricted',
          file.value.answers['programme_category'] === undefined ? 'no-confidential' : 'confidential',
          file.value.editable ? 'edit' : 'read',
        ].join(' ')
      }
      seen[role] = [await look(adult), await look(child)]
    }
    const name = `${String(fullIdentity['family_name'])} ${String(fullIdentity['given_names'])}`
    const masked = 'Ŋ. Ɓ. A.'
    expect(name).toContain('Ŋgono')
    expect(seen).toEqual({
      REG: ['not-found', 'not-found'],
      CW: ['not-found', 'not-found'],
      CPF: ['not-found', 'Petite Aïssatou name restricted confidential edit'],
      GBV: ['not-found', 'not-found'],
      DIR: ['forbidden', 'forbidden'],
      NAT: ['forbidden', 'forbidden'],
      ADM: ['forbidden', 'forbidden'],
      DPO: ['forbidden', 'forbidden'],
      COO: [`${masked} … no-name restricted no-confidential read`, 'P. A. … no-name restricted no-confidential read'],
      SUP: [`${masked} … no-name restricted no-confidential read`, 'P. A. … no-name restricted no-confidential read'],
    })
  })

  it('E.1 S20 a supervisor sees who it is once a reason was given, which the audit keeps; a counsellor cannot give one', async () => {
    const { desk, adult } = await deskOfTen()
    await signInAs(desk, 'cw')
    expect(await desk.refusal('screen.reveal', { caseId: adult, reason: 'identity', note: '' })).toBe('not-found')
    expect(await desk.refusal('history.ofCase', { caseId: adult, skip: 0, limit: 10 })).toBe('not-found')
    const row = (await desk.get('cases.list', list)).rows.find((r) => r.id === adult)
    expect(row).toMatchObject({ name: 'Ŋ. Ɓ. A.', opens: false, sex: '', ageYears: null, counsellor: '' })
    await signInAs(desk, 'sup')
    expect((await desk.get('history.ofCase', { caseId: adult, skip: 0, limit: 10 })).entries).toEqual([])
    await desk.get('screen.reveal', { caseId: adult, reason: 'supervision', note: '' })
    expect(await desk.get('cases.get', { caseId: adult })).toMatchObject({ masked: false, row: { name: 'Ŋgono Ɓello Aïssatou' } })
    expect(await desk.refusal('cases.saveAnswers', { caseId: adult, answers: { sex: 'F' } })).toBe('not-found')
  })

  it('E.1 a case is asked for, given, and then belongs to its new counsellor alone; what registration opened is hers for the day', async () => {
    const { desk, adult, made } = await deskOfTen()
    await signInAs(desk, 'cw')
    await desk.get('cases.askFor', { caseId: adult })
    expect(await desk.refusal('cases.assign', { caseId: adult, userId: made['CW']! })).toBe('forbidden')
    await signInAs(desk, 'sup')
    expect((await desk.get('cases.list', list)).rows.find((r) => r.id === adult)).toMatchObject({ askedBy: 'Personne cw' })
    expect((await desk.get('cases.counsellors', {})).map((u) => u.name)).toContain('Personne cw')
    expect(await desk.refusal('cases.assign', { caseId: adult, userId: made['REG']! })).toBe('bad-input')
    await desk.get('cases.assign', { caseId: adult, userId: made['CW']! })
    await signInAs(desk, 'cw')
    expect(await desk.get('cases.get', { caseId: adult })).toMatchObject({
      editable: true,
      row: { counsellor: 'Personne cw', askedBy: '' },
    })
    await signInAs(desk, 'reg')
    const opened = await addCase(desk)
    expect(await desk.get('cases.get', { caseId: opened })).toMatchObject({
      editable: true,
      row: { name: 'Ŋgono Ɓello Aïssatou' },
    })
    desk.ports.clock.advance(86_400_000)
    await signInAs(desk, 'reg')
    expect(await desk.refusal('cases.get', { caseId: opened })).toBe('not-found')
  })
})

describe('roles that exclude each other', () => {
  it('E.1 no change of roles ever leaves a forbidden pair, whoever asks for whatever', () => {
    const holders: readonly RoleHolder[] = [
      { id: 'a', roles: ['SUP'], enabled: true },
      { id: 'b', roles: ['ADM'], enabled: true },
      { id: 'c', roles: ['CW'], enabled: true },
    ]
    fc.assert(
      fc.property(anyRoles, fc.constantFrom('a', 'b'), (wanted, asker) => {
        const change = askedRoles(holders, asker, holders[2]!, wanted)
        if (forbiddenPair(wanted)) {
          expect(change).toBe('roles-forbidden-pair')
          return
        }
        if (typeof change === 'string') throw new Error(change)
        expect(forbiddenPair(change.now)).toBeUndefined()
        expect(forbiddenPair(change.waiting ?? [])).toBeUndefined()
        // weighty roles never count at once here: there is a second person
        expect(change.now.filter((r) => ['GBV', 'SUP', 'COO', 'NAT', 'ADM', 'DPO'].includes(r))).toEqual([])
      }),
    )
    expect(forbiddenPairs.map((p) => p.join())).toEqual(['ADM,GBV', 'ADM,DPO', 'DPO,SUP'])
  })

  it('E.1 more roles never see less, nobody sees identity by codes alone, and no scope is no sight', () => {
    const standing = fc.record({
      createdBy: fc.constantFrom('me', 'other', null),
      assignedTo: fc.constantFrom('me', 'other', null),
      registeredOn: fc.constantFrom('2026-11-24', '2026-11-23'),
      isMinor: fc.boolean(),
      isCopy: fc.boolean(),
    }) satisfies fc.Arbitrary<CaseStanding>
    fc.assert(
      fc.property(standing, anyRoles, fc.constantFrom(...roles), fc.boolean(), (s, held, more: Role, reason) => {
        const asker = { userId: 'me', roles: held, day: '2026-11-24' }
        const less = sightOf(s, asker, reason)
        const wider = sightOf(s, { ...asker, roles: [...held, more] }, reason)
        for (const part of ['identity', 'restricted', 'confidential'] as const) if (less[part]) expect(wider[part]).toBe(true)
        if (reachOf('case.read', s, asker) === 'no')
          expect(less).toEqual({ identity: false, restricted: false, confidential: false })
        if (scopesOf(held, 'case.confidential').length === 0 && s.createdBy !== 'me') expect(less.confidential).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })
})
