import { likelySame, likelyWithPhone, likeness } from '#shared/cases/name-sound.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import type { PossiblePair } from '#shared/people/contract.ts'
import { mayBeOfOneAge, phoneWord } from '#shared/people/person-keys.ts'
import { today } from '../../desk-day.ts'
import type { CallContext, Job } from '../../feature.ts'
import { caseRow, findCaseAt, mayReach, personName, textAnswer, type CaseRecord } from '../cases/index.ts'
import type { CardOf } from '../national/index.ts'
import { linkId, waitingLinks } from './links-repository.ts'
import { decidedPairs, keyCount, keysAfter, ownCopies, pairName, type KeyRow } from './person-keys-repository.ts'

/** Keys read between two looks at what else is to be done. */
const keysAtOnce = 5000
/** People paired between two such looks. */
const peopleAtOnce = 1000
/** Pairs that are kept to be compared; those of rarer names first. */
const pairsMost = 20_000
/** Pairs whose cases are read and compared, name by name: those with most in common. */
const comparedMost = 600
const comparedAtOnce = 50
const shownMost = 100
/** Two names sound alike already: one more that is missing in one of the cases (0.15) does not make them another's. */
const possiblySame = 0.8

interface Found {
  readonly first: number
  readonly second: number
  /** Keys that both have. */
  shared: number
}

/**
 * Pairs of cases that may be of one person; see people.possible. A machine only points at them (do-no-harm 40).
 *
 * Reads every key once, in parts, with progress.
 */
export async function possiblePairs(
  cardOf: CardOf,
  context: CallContext,
  job: Job,
): Promise<{ rows: PossiblePair[]; total: number; partial: boolean }> {
  const { store, session, ports } = context
  const site = session.site.code
  const { pairs, partial } = await pairsOfKeys(context, job)
  const day = today(ports.clock)
  const waiting = waitingLinks(store)
  const likely: { pair: PossiblePair; score: number }[] = []
  for (const [i, { first: a, second: b }] of pairs.slice(0, comparedMost).entries()) {
    if (i % comparedAtOnce === 0) await job.breathe()
    const [first, second] = [findCaseAt(store, site, a), findCaseAt(store, site, b)]
    if (!first || !second || !mayReach('people.decide', first, context) || !mayReach('people.decide', second, context)) continue
    const { score, common } = compared(first, second)
    if (common.length === 0) continue
    const shown = (record: CaseRecord) => ({
      ...caseRow(record, cardOf(record.form_version), day),
      opens: mayReach('case.read', record, context),
    })
    const waits = waiting.has(linkId('identity', first.id, second.id))
    likely.push({ pair: { first: shown(first), second: shown(second), common, waits }, score: waits ? score + 10 : score })
  }
  const rows = likely
    .toSorted((x, y) => y.score - x.score)
    .slice(0, shownMost)
    .map(({ pair }) => pair)
  store.write((unit) => unit.audit({ action: 'people.possible', details: { rows: rows.length } }))
  return { rows, total: likely.length, partial: partial || pairs.length > comparedMost }
}

/** Pairs that share a key and may be of one age, those with most keys in common first. */
async function pairsOfKeys({ store, session }: CallContext, job: Job): Promise<{ pairs: Found[]; partial: boolean }> {
  const copies = ownCopies(store, session.site.code)
  const decided = decidedPairs(store, waitingLinks(store))
  const total = keyCount(store)
  const groups: KeyRow[][] = []
  let group: KeyRow[] = []
  const end = () => {
    if (group.length > 1) groups.push(group)
  }
  let last: Pick<KeyRow, 'key' | 'n'> = { key: '', n: 0 }
  for (let read = 0; ;) {
    const keys = keysAfter(store, last, keysAtOnce)
    for (const row of keys) {
      if (copies.has(row.n)) continue
      if (group[0]?.key !== row.key) {
        end()
        group = []
      }
      group.push(row)
    }
    read += keys.length
    last = keys.at(-1) ?? last
    if (keys.length < keysAtOnce) break
    job.progress(read, Math.max(total, read))
    await job.breathe()
  }
  end()
  const pairs = new Map<string, Found>()
  let seen = 0
  for (const people of groups.toSorted((a, b) => a.length - b.length)) {
    for (const [i, a] of people.entries()) {
      if (++seen % peopleAtOnce === 0) await job.breathe()
      for (let k = i + 1; k < people.length; k += 1) {
        const b = people[k]!
        if (!mayBeOfOneAge(a.year, b.year)) continue
        const name = pairName(a.n, b.n)
        if (decided.has(name)) continue
        const known = pairs.get(name)
        if (known) known.shared += 1
        else pairs.set(name, { first: a.n, second: b.n, shared: 1 })
      }
      // the commonest names of a large register: their pairs say least
      if (pairs.size >= pairsMost) return { pairs: mostFirst(pairs), partial: true }
    }
  }
  return { pairs: mostFirst(pairs), partial: false }
}

const mostFirst = (pairs: ReadonlyMap<string, Found>): Found[] => [...pairs.values()].toSorted((a, b) => b.shared - a.shared)

/** How much two cases have in common; nothing at all when their names are too far apart. */
function compared(first: CaseRecord, second: CaseRecord): { score: number; common: PossiblePair['common'] } {
  const [a, b] = [first.answers, second.answers]
  const names = likeness(personName(a), personName(b))
  const phone = phoneWord(textAnswer(a, 'phone'))
  const samePhone = phone !== undefined && phone === phoneWord(textAnswer(b, 'phone'))
  if (names < (samePhone ? likelyWithPhone : possiblySame)) return { score: 0, common: [] }
  const common: PossiblePair['common'] = ['name']
  let score = names
  const add = (what: PossiblePair['common'][number], weight: number) => {
    common.push(what)
    score += weight
  }
  if (samePhone) add('phone', 0.4)
  if (isSame(a, b, 'birth_date') && textAnswer(a, 'birth_date').length > 'YYYY'.length) add('birth', 0.4)
  if (isSame(a, b, 'origin_place')) add('place', 0.1)
  const mothers = [textAnswer(a, 'mother_name'), textAnswer(b, 'mother_name')] as const
  if (mothers.every((name) => name !== '')) {
    if (likeness(...mothers) >= likelySame) add('mother', 0.4)
    else score -= 0.3
  }
  const sexes = [textAnswer(a, 'sex'), textAnswer(b, 'sex')]
  if (sexes.every((sex) => sex !== '') && sexes[0] !== sexes[1]) score -= 0.3
  return { score, common }
}

const isSame = (a: Answers, b: Answers, question: string) =>
  textAnswer(a, question) !== '' && textAnswer(a, question) === textAnswer(b, question)
