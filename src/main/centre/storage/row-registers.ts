import { cleanText } from '#shared/procedure.ts'
import { codeOf, codeRegister, type SentValue } from '#shared/sync/entry.ts'
import { isWholeList } from '#shared/sync/register-policy.ts'
import { isListColumn, journaledTables, type JournaledKind, type RegisterValue } from './journaled-tables.ts'
import { storedJson } from './stored-json.ts'

/** Values of a row's registers; `field/code` is 1 when the code is chosen, and 0 or absent when not. */
export type Registers = Record<string, SentValue>

/** Clock of a register: [local writer number, sequence number, stamp]. */
export type RegisterClock = readonly [writer: number, seq: number, stamp: string]
/** Clocks of a row; `*` is the clock of every register that has a value and no clock of its own: those of the first insert. */
export type RowClocks = Record<string, RegisterClock>

/** The clock of a register, or undefined when it never had a value. */
export function clockOf(clocks: RowClocks, registers: Registers, register: string): RegisterClock | undefined {
  const own = clocks[register]
  if (own) return own
  const value = registers[register]
  return value === undefined || value === null ? undefined : clocks['*']
}

/** Registers of a stored row, from its columns. */
export function registersOf(kind: JournaledKind, row: Readonly<Record<string, unknown>>): Registers {
  const t = journaledTables[kind]
  const registers: Registers = {}
  for (const c of t.columns) {
    const value = row[c]
    if (value !== null && value !== undefined) registers[c] = value as SentValue
  }
  for (const c of t.lists) {
    const codes = storedJson<readonly string[]>(String(row[c]))
    if (isWholeList(kind, c)) registers[c] = codes
    else for (const code of codes) registers[codeRegister(c, code)] = 1
  }
  if (t.answers) {
    for (const [question, value] of Object.entries(storedJson<Record<string, SentValue>>(String(row['answers'])))) {
      // a trailing slash: codes that are kept beside a plain answer
      if (question.endsWith('/'))
        for (const code of value as readonly string[]) registers[codeRegister(`a_${question.slice(0, -1)}`, code)] = 1
      else if (Array.isArray(value) && !isWholeList(kind, `a_${question}`)) {
        registers[`a_${question}`] = []
        for (const code of value as readonly string[]) registers[codeRegister(`a_${question}`, code)] = 1
      } else registers[`a_${question}`] = value
    }
  }
  return registers
}

/** The column values that hold these registers; lists in a fixed order, so that equal registers give equal rows. */
export function columnsOf(
  kind: JournaledKind,
  registers: Registers,
): { lists: Map<string, string[]>; answers: Record<string, unknown> } {
  const sets = new Map<string, string[]>()
  const plain: Record<string, unknown> = {}
  for (const [register, value] of Object.entries(registers)) {
    const slash = register.indexOf('/')
    if (slash >= 0) {
      if (value !== 1) continue
      const field = register.slice(0, slash)
      const codes = sets.get(field)
      if (codes) codes.push(codeOf(register))
      else sets.set(field, [codeOf(register)])
    } else if (register.startsWith('a_') && value !== null) plain[register] = value
    else if (Array.isArray(value)) sets.set(register, [...(value as readonly string[])])
  }
  const answers: Record<string, unknown> = {}
  if (journaledTables[kind].answers) {
    for (const field of [...new Set([...Object.keys(plain), ...[...sets.keys()].filter((f) => f.startsWith('a_'))])].toSorted()) {
      const value = plain[field]
      const codes = sets.get(field)?.toSorted()
      const name = field.slice(2)
      if (value === undefined || (Array.isArray(value) && codes !== undefined)) answers[name] = codes
      else {
        answers[name] = value
        if (codes !== undefined) answers[`${name}/`] = codes
      }
    }
  }
  return { lists: sets, answers }
}

/** The registers that change when features give these field values, cleaned: others refuse unclean text. Equal ones are left out. */
export function changedRegisters(
  kind: JournaledKind,
  current: Registers,
  fields: Readonly<Record<string, RegisterValue>>,
): Record<string, SentValue> {
  const changed: Record<string, SentValue> = {}
  for (const [field, given] of Object.entries(fields)) {
    const value = cleanValue(given)
    const isSet =
      !isWholeList(kind, field) && (Array.isArray(value) || isListColumn(kind, field) || Array.isArray(current[field]))
    if (isSet) setCodes(current, field, Array.isArray(value) ? (value as readonly string[]) : [], changed)
    const plain = isSet && Array.isArray(value) ? [] : value
    if (isSet && isListColumn(kind, field)) continue
    if (!sameValue(plain, current[field] ?? null)) changed[field] = plain
  }
  return changed
}

function cleanValue(value: RegisterValue): RegisterValue {
  if (typeof value === 'string') return cleanText(value)
  return Array.isArray(value) ? (value as readonly string[]).map(cleanText) : value
}

function setCodes(current: Registers, field: string, codes: readonly string[], changed: Record<string, SentValue>): void {
  const chosen = new Set(codes.map((code) => codeRegister(field, code)))
  for (const register of chosen) if (current[register] !== 1) changed[register] = 1
  for (const [register, value] of Object.entries(current)) {
    if (value === 1 && register.startsWith(`${field}/`) && !chosen.has(register)) changed[register] = 0
  }
}

/** True for equal values; lists by content. */
export function sameValue(a: SentValue, b: SentValue): boolean {
  return Array.isArray(a) || Array.isArray(b) ? JSON.stringify(a) === JSON.stringify(b) : a === b
}
