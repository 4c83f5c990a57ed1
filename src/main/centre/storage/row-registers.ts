import { cleanText } from '#shared/procedure.ts'
import { codeOf, codeRegister, type SentValue } from '#shared/sync/entry.ts'
import { isWholeList } from '#shared/sync/register-policy.ts'
import { isListColumn, journaledTables, type JournaledKind, type RegisterValue } from './journaled-tables.ts'
import { storedJson } from './stored-json.ts'

/** Values of a row's registers; `field/code` is 1 when the code is chosen, and 0 or absent when not. */
export type Registers = Record<string, SentValue>

/** The value of a register that was set: a code that is not chosen is 0, told or not. */
export function heldValue(registers: Registers, register: string): SentValue {
  return registers[register] ?? (register.includes('/') ? 0 : null)
}

/** Clock of a register: [local writer number, sequence number, stamp]. */
export type RegisterClock = readonly [writer: number, seq: number, stamp: string]
/** Clocks of a row; `*` is the clock of every register that a row shows and that has no clock of its own: those of the first insert. */
export type RowClocks = Record<string, RegisterClock>

/** The clock of a register, or undefined when it never had a value. */
export function clockOf(clocks: RowClocks, registers: Registers, register: string): RegisterClock | undefined {
  const own = clocks[register]
  if (own) return own
  return isShown(register, registers[register]) ? clocks['*'] : undefined
}

/** Clocks of a row that is its first insert alone: what a stored row would not tell from "never set" has its own. */
export function clocksOfInsert(registers: Registers, clock: RegisterClock): RowClocks {
  const clocks: RowClocks = { '*': clock }
  for (const [register, value] of Object.entries(registers)) if (!isShown(register, value)) clocks[register] = clock
  return clocks
}

/** False for a value that a stored row holds like one that was never set: null, a code that is not chosen, an empty list. */
function isShown(register: string, value: SentValue | undefined): boolean {
  if (typeof value === 'string') return true
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return false
  return !(register.includes('/') && value === 0)
}

/** Registers of a stored row, from its columns. */
export function registersOf(kind: JournaledKind, row: Readonly<Record<string, unknown>>): Registers {
  const t = journaledTables[kind]
  const registers: Registers = {}
  /** An empty list is a value only if somebody gave it: a column is never null, a set may hold codes alone. */
  const isGiven = (register: string) => String(row['clk']).includes(`"${register}":`)
  for (const c of t.columns) {
    const value = row[c]
    if (value !== null && value !== undefined) registers[c] = value as SentValue
  }
  for (const c of t.lists) {
    const codes = storedJson<readonly string[]>(String(row[c]))
    if (isWholeList(kind, c)) {
      if (codes.length > 0 || isGiven(c)) registers[c] = codes
    } else for (const code of codes) registers[codeRegister(c, code)] = 1
  }
  if (t.answers) {
    for (const [question, value] of Object.entries(storedJson<Record<string, SentValue>>(String(row['answers'])))) {
      if (Array.isArray(value) && !isWholeList(kind, `a_${question}`)) {
        if (isGiven(`a_${question}`)) registers[`a_${question}`] = []
        for (const code of value as readonly string[]) registers[codeRegister(`a_${question}`, code)] = 1
      } else registers[`a_${question}`] = value
    }
  }
  return registers
}

/** Clocks as they are stored: with the values of hidden registers. */
export function storedClocks(clocks: RowClocks, hidden: Registers): Record<string, readonly unknown[]> {
  const stored: Record<string, readonly unknown[]> = { ...clocks }
  for (const [register, value] of Object.entries(hidden)) stored[register] = [...(clocks[register] ?? clocks['*'] ?? []), value]
  return stored
}

/** Clocks from their stored form; hidden values go into `registers`. */
export function readClocks(text: string, registers: Registers): RowClocks {
  const clocks: RowClocks = {}
  const stored = storedJson<Record<string, readonly [number, number, string, SentValue?]>>(text)
  for (const [register, [writer, seq, stamp, ...hidden]] of Object.entries(stored)) {
    clocks[register] = [writer, seq, stamp]
    if (hidden.length > 0) registers[register] = hidden[0] ?? null
  }
  return clocks
}

const noColumns = { lists: new Map<string, string[]>(), answers: {}, hidden: {} }

/**
 * The column values that hold these registers; lists in a fixed order, so that equal registers give equal rows.
 *
 * `hidden`: registers that pages do not see because another stands before them: codes chosen beside an answer like "unknown".
 */
export function columnsOf(
  kind: JournaledKind,
  registers: Registers,
  clocks: RowClocks,
): { lists: Map<string, string[]>; answers: Record<string, unknown>; hidden: Registers } {
  const { answers: hasAnswers, lists } = journaledTables[kind]
  // only sets and answers are kept otherwise than they travel
  if (!hasAnswers && lists.length === 0) return noColumns
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
  const hidden: Registers = {}
  if (hasAnswers && sets.size === 0) {
    for (const field of Object.keys(plain).toSorted()) answers[field.slice(2)] = plain[field]
  } else if (hasAnswers) {
    for (const field of [...new Set([...Object.keys(plain), ...[...sets.keys()].filter((f) => f.startsWith('a_'))])].toSorted()) {
      const value = plain[field]
      const codes = sets.get(field)?.toSorted()
      const name = field.slice(2)
      if (codes === undefined) answers[name] = value
      else if (value === undefined || Array.isArray(value)) {
        answers[name] = codes
        if (value === undefined && clocks[field]) hidden[field] = null
      } else {
        answers[name] = value
        for (const code of codes) hidden[codeRegister(field, code)] = 1
      }
    }
  }
  return { lists: sets, answers, hidden }
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
