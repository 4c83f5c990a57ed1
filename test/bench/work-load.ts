import type { ForgedEntry } from '#test/formats/outside-centre.ts'

/** Numbers that a seed decides, fast enough for millions: from 0 up to but not including `below`. */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const familyNames =
  'Abba Abdou Aboubakar Adamou Amadou Bello Bouba Dairou Djibrilla Garga Goni Haman Ibrahim Iya Kaka Mahamat Mamoudou Moussa Ngarsou Oumarou Saïdou Souley Tchari Wakil Yaouba Zara'.split(
    ' ',
  )
const givenNames =
  'Aïcha Aïssatou Ali Bintou Boukar Fadimatou Falmata Hadja Halimatou Hapsatou Issa Kaltoum Maïramou Mariam Modu Nafissatou Ousmane Rakiya Salamatou Yagana'.split(
    ' ',
  )
const words =
  'accompagnement activité agricole alphabétisation apprentissage atelier attestation boutique champ commerce communauté consultation cotisation couture demande depuis disponible école élevage enfant entretien famille formation groupement hébergement inscription irrigation marché mécanique médicale menuiserie ménage moto moulin paix parent petit psychosocial quartier récolte réinsertion relais santé semence service soudure soutien suivi tontine transport village visite'.split(
    ' ',
  )
const needs = ['S10', 'S20', 'S30', 'S40', 'S50']

/** A sentence of so many words, which packs about as well as what people write. */
export function sentence(roll: (below: number) => number, count: number): string {
  return Array.from({ length: count }, () => words[roll(words.length)]).join(' ')
}
/** Ten fields of a person. */
export const tenFields = (roll: (below: number) => number): Record<string, string> => ({
  family_name: `${familyNames[roll(26)]} ${familyNames[roll(26)]}`,
  given_names: givenNames[roll(20)]!,
  sex: roll(2) === 0 ? 'F' : 'M',
  birth_date: String(1960 + roll(50)),
  birth_precision: 'year',
  main_language: ['ful', 'hau', 'kau', 'fra'][roll(4)]!,
  phone: `6${String(50_000_000 + roll(49_999_999))}`,
  skills: sentence(roll, 4),
  wishes: sentence(roll, 6),
  remarks: sentence(roll, 12),
})
const hex = (roll: (below: number) => number, digits: number): string =>
  Array.from({ length: digits }, () => roll(16).toString(16)).join('')

/** Of nine changes of one person four are new rows and five change fields of one to three registers: what a desk writes in a year. */
export const changesOfPerson = 9

/**
 * Changes as a desk makes them, in their order: people, their referrals and each step, and later changes of both.
 *
 * A person's changes lie up to a few thousand others apart. Every row has a secret of its own, as real ones have, so that the bytes
 * of a file are those of a real one.
 */
export function deskChanges(count: number, seed = 1): ForgedEntry[] {
  const roll = dice(seed)
  const people = Math.ceil(count / changesOfPerson)
  const slots: { readonly at: number; readonly person: number; readonly step: number }[] = []
  for (let person = 0; person < people; person += 1) {
    let at = person * changesOfPerson
    for (let step = 0; step < changesOfPerson; step += 1) {
      slots.push({ at, person, step })
      at += 1 + (step < 2 ? 0 : roll(1200))
    }
  }
  slots.sort((a, b) => a.at - b.at || a.step - b.step)
  const last = Array.from({ length: people }, () => ({ case: 0, referral: 0, need: 0 }))
  const secrets = Array.from({ length: people }, () => [hex(roll, 32), hex(roll, 32), hex(roll, 32), hex(roll, 32)] as const)
  let milliseconds = Date.UTC(2026, 0, 5, 7)
  return slots.slice(0, count).map(({ person, step }, i): ForgedEntry => {
    milliseconds += 1000 + roll(180_000)
    const t = `${milliseconds.toString(36).padStart(9, '0')}-00`
    const seq = i + 1
    const row = (n: number) => `mwmwmwmw-k3fa${(person * 4 + n).toString(36)}`
    const mine = last[person]!
    const secret = (n: number) => secrets[person]![n]!
    const update = (k: string, n: number, p: Record<string, unknown>, base: number): ForgedEntry => ({
      k,
      r: row(n),
      o: 'u',
      t,
      secret: secret(n),
      payload: JSON.stringify({ p, b: [0, base] }),
    })
    const day = `2026-${String(1 + roll(12)).padStart(2, '0')}-${String(1 + roll(28)).padStart(2, '0')}`
    const stepRow = (n: number, from: string, to: string): ForgedEntry => ({
      k: 'referral_step',
      r: row(n),
      t,
      secret: secret(n),
      p: {
        referral_id: row(1),
        from_state: from,
        to_state: to,
        happened_on: day,
        recorded_at: milliseconds,
        told_by: 'provider',
        by_name: `${givenNames[roll(20)]} ${familyNames[roll(26)]}`,
        origin_site: 'MOR',
      },
    })
    switch (step) {
      case 0:
        mine.case = seq
        return {
          k: 'case',
          r: row(0),
          t,
          secret: secret(0),
          p: {
            number: `MOR-26-${String(person).padStart(6, '0')}-${person % 10}`,
            status: 'active',
            registered_on: day,
            form_version: '1',
            origin_site: 'MOR',
            ...Object.fromEntries(Object.entries(tenFields(roll)).map(([name, value]) => [`a_${name}`, value])),
          },
        }
      case 1:
        mine.referral = seq
        mine.need = seq
        return {
          k: 'referral',
          r: row(1),
          t,
          secret: secret(1),
          p: {
            case_id: row(0),
            need: needs[roll(5)],
            priority: ['urgent', 'high', 'normal', 'low'][roll(4)],
            status: 'issued',
            created_on: day,
            code: `MOR-${hex(roll, 6).toUpperCase()}`,
            issued_on: day,
            consent_given: 'yes',
            consent_method: 'signature',
            provider_name_fr: sentence(roll, 3),
            origin_site: 'MOR',
          },
        }
      case 2:
        return stepRow(2, 'issued', 'accepted')
      case 3: {
        const base = mine.referral
        mine.referral = seq
        return update('referral', 1, { status: 'accepted' }, base)
      }
      case 4:
        return update('referral', 1, { appointment: sentence(roll, 3) }, mine.need)
      case 5:
        return stepRow(3, 'accepted', 'served')
      case 6:
        return update('referral', 1, { status: 'served' }, mine.referral)
      case 7:
        return update('case', 0, { a_remarks: sentence(roll, 10), a_wishes: sentence(roll, 6) }, mine.case)
      default:
        return update(
          'case',
          0,
          { a_main_language: ['ful', 'hau', 'kau', 'fra'][roll(4)], a_skills: sentence(roll, 4) },
          mine.case,
        )
    }
  })
}
