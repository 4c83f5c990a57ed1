import { describe, expect, it } from 'vitest'
import { Refusal } from '#shared/result.ts'
import { checkPassword } from './password-rules.ts'

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

  it.each(['le-mil-pousse-vite', 'Dix caractères', 'ɓaaɗo-ŋgaw-12'])('%s is taken', (password) =>
    expect(whyRefused(password)).toBeUndefined(),
  )
})
