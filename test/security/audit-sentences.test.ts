import { describe, expect, it } from 'vitest'
import { filesUnder, read } from '#test/architecture/sources.ts'
import { auditActionKey, auditActions, failedEnd } from '#shared/audit/actions.ts'
import { contract, isCallName } from '#shared/contract.ts'

/** Actions that are put together while the program runs: what each can become. */
const composed: Readonly<Record<string, readonly string[]>> = {
  '`${name}.failed`': [],
  '`${what}.version`': ['app.version', 'form.version'],
}

/** Every action that the centre's sources name, with its place; the private notes have a register and words of their own. */
function writtenActions(source: string): string[] {
  return [...source.matchAll(/\baction: (`[^`]*`|[^,}\n]+)/g)].flatMap(([, value = '']) =>
    value in composed
      ? (composed[value] ?? [])
      : [...value.matchAll(/(?<!\[)['`]([^'`]+)['`]/g)].map(([, action = '']) => action),
  )
}
const sentenceless = (actions: readonly string[]) =>
  actions.filter(
    (action) => !Object.hasOwn(auditActions, action.endsWith(failedEnd) ? action.slice(0, -failedEnd.length) : action),
  )

// the catalogues' types hold a sentence in French and English for each of these keys (audit-sentence.ts)
describe('the words of the register', () => {
  it('H33 every action that is written has a sentence', () => {
    const sources = filesUnder('src/main/centre').filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('/envelope/'),
    )
    const actions = sources.flatMap((name) => writtenActions(read(name)))
    expect(actions.length).toBeGreaterThan(60)
    expect(sentenceless(actions)).toEqual([])
  })

  it('H33 every call that is read, refused or fails has a sentence', () => {
    const names = Object.keys(contract).filter(isCallName)
    const told = names.filter((name) => {
      const { permission, audited, secret, whileLocked } = contract[name]
      if (secret !== null || whileLocked) return false
      return permission !== null || audited === 'read' || audited === 'write'
    })
    expect(told.length).toBeGreaterThan(70)
    const own = ['security.acceptUndertaking', 'security.changePassword']
    expect(told.filter((name) => auditActionKey(name) === undefined && !own.includes(name))).toEqual([])
    expect(sentenceless(names.filter((name) => contract[name].audited === 'read' && contract[name].secret === null))).toEqual([])
  })

  it('H33 an action without a sentence is noticed, however it is spelled', () => {
    const planted = "unit.audit({ action: on ? 'mask.on' : 'mask.gone', object: id })\n unit.audit({ action: `x.${what}` })"
    expect(sentenceless(writtenActions(planted))).toEqual(['mask.gone', 'x.${what}'])
  })
})
