import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookAtText } from '#main/centre/features/cases/look-at-text.ts'
import type { ReadableDb } from '#main/centre/storage/store.ts'
import type { TextFinding } from '#shared/forms/text-findings.ts'
import { findingsIn, pairsOf, wordsLookedAt } from '#shared/rights/free-text-guard.ts'
import { watchedWords } from '#shared/rights/watched-words.ts'
import { regionStream } from '#shared/sync/stream.ts'
import { auditEvents } from '#test/support/audit-events.ts'
import { addCase, openTestCentre, type TestCentre } from '#test/support/open-test-centre.ts'
import { tempStore } from '#test/support/temp-store.ts'
import { addUser, signInAs } from '#test/support/test-users.ts'

const saved = async (desk: TestCentre, caseId: string, answers: Record<string, string>) =>
  (await desk.get('cases.saveAnswers', { caseId, answers })).warnings

describe('free text', () => {
  it.each([
    ['Appeler le 6 99 12 34 56 après 17 h', ['phone']],
    ['+237 222 23 40 11', ['phone']],
    ['rappeler au 699.123.456', ['phone']],
    ['CNI n° 117234567', ['id']],
    ['carte 20190145678901234', ['id']],
    ['passeport A0123456', ['id']],
    ['attestation 123-45C67890', ['id']],
    ['voir aussi MOR-26-000001-97', ['id']],
    ['Elle a été enlevée en 2021', ['word']],
    ['son mari était commandant', ['word']],
    ['he had weapons', ['word']],
    ['orienté par le CNDDR', ['word']],
    ['Venu le 24/11/2026, revient le 2026-12-01 à 10 h', []],
    ['Préfère le matin, passer par la tante ; 2 enfants', []],
    ['Couture et élevage à Mora 3e, depuis 2019', []],
  ] as const)('H48 “%s” holds %j', (text, findings) => {
    expect(findingsIn(text)).toEqual(findings)
  })

  it('H48 every watched word is seen in both languages, alone and inside a sentence, and none inside another word', () => {
    // one word that each part of the list stands for
    const plain = (pattern: string) =>
      pattern
        .replace(/\(\?:([^()|]*)[^()]*\)\??/g, '$1')
        .replace(/\\w\*/g, '')
        .replace(/(\w| )\?/g, '$1')
    for (const [language, words] of Object.entries(watchedWords))
      for (const word of words.map(plain)) {
        expect(`${language} ${word}: ${findingsIn(`on dit ${word.toUpperCase()}, peut-être`).join()}`).toBe(
          `${language} ${word}: word`,
        )
        expect(findingsIn(`x${word}x`).filter((f) => f === 'word' && !/hiv|vih/.test(word))).toEqual([])
      }
  })

  it('H48 a save warns, never refuses, and keeps the text as it was typed', async () => {
    const desk = await openTestCentre()
    const other = await addCase(desk, { identity: { family_name: 'Ɓouba Hamadou', given_names: 'Salamatou Dada' } })
    const caseId = await addCase(desk)
    const note = 'Passer par salamatou BOUBA, tél. 699 12 34 56, son frère est commandant'
    expect(await saved(desk, caseId, { safe_contact_notes: note })).toEqual([
      { question: 'safe_contact_notes', findings: ['phone', 'word', 'person'] },
    ])
    expect((await desk.get('cases.get', { caseId })).answers['safe_contact_notes']).toBe(note)
    // the person's own name is none of the findings, nor a name where one is asked for, nor half a name
    for (const [question, text] of [
      ['safe_contact_notes', 'Aïssatou Ngono préfère le soir'],
      ['safe_contact_notes', 'passer par Salamatou'],
      ['safe_contact_notes', 'Salamatou a dit hier que sa voisine s’appelle Bouba'],
      ['guardian_consent_name', 'Salamatou Bouba'],
    ] as const)
      expect([text, await saved(desk, caseId, { [question]: text })]).toEqual([text, []])
    expect(await saved(desk, caseId, { usual_name: 'Dada 699123456' })).toEqual([{ question: 'usual_name', findings: ['phone'] }])
    expect(await saved(desk, other, { safe_contact_notes: 'Ngono Aissatou est sa voisine' })).toEqual([
      { question: 'safe_contact_notes', findings: ['person'] },
    ])
  })

  it('H48 a text of another page is looked at before it is saved, and only that something is there is told', async () => {
    const desk = await openTestCentre({ roles: ['SUP', 'ADM'] })
    await addUser(desk, 'halima', ['CW'])
    await addUser(desk, 'pierre', ['CW'])
    await signInAs(desk, 'halima')
    await addCase(desk)
    await signInAs(desk, 'pierre')
    const caseId = await addCase(desk, { identity: { family_name: 'Autre', given_names: 'Personne' } })
    expect(await desk.get('cases.lookAtText', { caseId, written: 'Aïssatou Ngono le sait' })).toEqual({ findings: ['person'] })
    const event = (await auditEvents(desk)).at(-1)
    expect(event).toMatchObject({ action: 'cases.lookAtText', object: caseId })
    expect(JSON.stringify(event)).not.toMatch(/ssatou|gono/)
  })

  it('H48 costs one statement for a text, however long it is and however many people there are', () => {
    const { store } = tempStore()
    for (let n = 0; n < 300; n += 1)
      store.write((unit) => {
        unit.insert('case', {
          stream: regionStream('MOR'),
          fields: {
            number: `MOR-26-${n}`,
            status: 'active',
            registered_on: '2026-11-24',
            form_version: '1',
            a_family_name: `Nom${n % 7}`,
            a_given_names: `Prenom${n}`,
          },
        })
        unit.audit({ action: 'test' })
      })
    let statements = 0
    const counting: ReadableDb = {
      read(sql) {
        statements += 1
        return store.read(sql)
      },
    }
    const look = (text: string): readonly TextFinding[] => lookAtText(counting, text, null)
    expect(look('rien de plus')).toEqual([])
    expect(statements).toBe(1)
    expect(look(`${'mot '.repeat(100)} Prenom12 Nom5 ${'autre '.repeat(300)}`)).toEqual(['person'])
    expect(statements).toBe(2)
    expect(look('')).toEqual([])
    expect(statements).toBe(2)
  })

  it('H48 no text makes the guard fail, and the pairs it asks for grow with the text no further than its limit', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 4000 }), fc.lorem({ maxCount: 500 })), (text) => {
        findingsIn(text)
        const pairs = pairsOf(text)
        expect(pairs.length).toBeLessThanOrEqual(wordsLookedAt * 3)
        for (const word of pairs.flat()) expect(word).toMatch(/^[\p{L}\p{N}]+$/u)
      }),
    )
  })
})
