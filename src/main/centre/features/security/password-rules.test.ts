import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { foldName } from '#shared/cases/fold-name.ts'
import { Refusal } from '#shared/result.ts'
import { loadReferenceData } from '../../reference-data.ts'
import { repositoryShipped } from '#test/support/fake-ports.ts'
import { passwordRules } from './password-rules.ts'

const { commonPasswords } = loadReferenceData(repositoryShipped)
const checkPassword = passwordRules(commonPasswords)

function whyRefused(password: string): unknown {
  try {
    checkPassword(password, 'aminatou', 'Mora')
    return undefined
  } catch (error) {
    return error instanceof Refusal ? error.details?.['why'] : error
  }
}

describe('password rules', () => {
  it.each([
    ['court', 'short'],
    ['ééééééééé', 'short'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['1212121212', 'repeated'],
    ['motdepasse', 'common'],
    ['Passerelle2026', 'common'],
    ['Aminatou123', 'login'],
  ])('%s is refused: %s', (password, why) => expect(whyRefused(password)).toBe(why))

  it.each([
    'Azertyuiop',
    'QWERTYUIOP!!',
    'Mot de passe 2026',
    'Password2026!',
    'P@ssw0rd2026',
    'MotDeP4sse!!',
    'Bonjour12345',
    'Jesus-Christ',
    'Dieu est grand',
    'DieuMerci2026',
    'God is good 4 me',
    'inch’Allah 2026',
    'Alhamdulillah',
    'LionsIndomptables',
    'Samuel Eto’o 9',
    'IloveCameroon',
    'mon pays le Cameroun',
    'yaounde237yaounde',
    'Douala@2026',
    'maman je t’aime',
    'Superviseur1',
    'janvier2026!',
    '677 12 34 56 78',
    '24/11/2026!!',
  ])('H31 %s is among the first that anybody here would try', (password) => expect(whyRefused(password)).toBe('common'))

  it.each([
    'le-mil-pousse-vite',
    'Dix caractères',
    'ɓaaɗo-ŋgaw-12',
    'la pluie tombe tard',
    'rain falls on the mountain',
    'Dieu soleil maman marché',
    'maïs arachide gombo',
  ])('%s is taken', (password) => expect(whyRefused(password)).toBeUndefined())

  it('the list is folded, without doubles, and small', () => {
    const lines = readFileSync(path.resolve('resources/reference/common-passwords.csv'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(lines.filter((word) => word !== foldName(word).replaceAll(/[^a-z]/g, ''))).toEqual([])
    expect(lines.filter((word, i) => lines.indexOf(word) !== i)).toEqual([])
    expect(lines.length).toBeLessThan(1000)
    expect(commonPasswords.size).toBe(lines.length)
  })
})
