// Fills what is on screen with nothing but keys, as somebody does who has no mouse (U10).
import type { Page } from '@playwright/test'

/** What is typed into a field that holds no answer yet, by the end of its question's name; a number where nothing is said. */
const typed: readonly (readonly [name: RegExp, text: string])[] = [
  [/family_name$/, 'Ŋgono Ɓello'],
  [/given_names$/, 'Aïssatou'],
  [/birth_date$/, '1994'],
  [/phone$/, '6 00 00 00 42'],
  [/_place$|^where_/, 'Mora'],
  [/languages?$/, 'pidgin'],
  [/education_level$/, 'prim'],
  [/diplomas$/, 'bac'],
  [/occupation_|trade_|skills_skill$/, 'couture'],
  [/_(?:date|from|departure|opened|closed|entry|exit)$/, '24/11/2026'],
  [/_(?:ha)$/, '1,5'],
  [/^(?:household_size|children|dependants|rcsi|max_)|_years$/, '2'],
]
/** Not said of somebody who is here and agrees. */
const leftEmpty = /^consent_withdraw/

interface Stop {
  /** The path of the question; '' outside one. */
  readonly question: string
  readonly kind: 'text' | 'list' | 'choice' | 'select' | 'add' | 'other'
  readonly isAnswered: boolean
  /** Nothing covers it. */
  readonly isSeen: boolean
  readonly isInside: boolean
}

const stopOf = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const at = document.activeElement
    const box = at?.getBoundingClientRect() ?? new DOMRect()
    const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 12))
    const around = at?.closest('[data-question]')
    const input = at instanceof HTMLInputElement ? at : undefined
    const isChoice = input?.type === 'radio' || input?.type === 'checkbox'
    const kind = isChoice
      ? 'choice'
      : input
        ? input.hasAttribute('aria-haspopup')
          ? 'list'
          : 'text'
        : at instanceof HTMLSelectElement
          ? 'select'
          : at?.hasAttribute('data-add')
            ? 'add'
            : 'other'
    return {
      question: around?.getAttribute('data-question') ?? '',
      kind,
      isAnswered: isChoice
        ? around?.querySelector('input:checked') !== null
        : (at as HTMLInputElement | null)?.value !== '' || (around?.querySelector('[data-list] button') ?? null) !== null,
      isSeen:
        at !== null &&
        at !== document.body &&
        top !== null &&
        (at.contains(top) || top.contains(at) || (around?.contains(top) ?? false)),
      isInside: at?.closest('.form-part') !== null && at?.closest('.section-steps') === null,
    } as const
  })

/** Presses Tab, or another key that goes on, until an element has the focus. */
export async function tabTo(page: Page, selector: string, key: 'Tab' | 'Shift+Tab' | 'ArrowDown' = 'Tab'): Promise<void> {
  for (let i = 0; i < 120; i += 1) {
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${selector} was not reached by ${key}`)
}

/** Answers every question of the part on screen, from its first field to its end; gives the names of stops that one could not see. */
export async function fillPartByKeyboard(page: Page): Promise<readonly string[]> {
  const hidden: string[] = []
  const added = new Set<string>()
  for (let i = 0; i < 400; i += 1) {
    const at = await stopOf(page)
    if (!at.isInside) return hidden
    if (!at.isSeen) hidden.push(at.question)
    const name = at.question.replace(/^.*\./, '')
    const text = typed.find(([pattern]) => pattern.test(name))?.[1] ?? 'vu'
    if (at.kind === 'add') {
      const repeat = (await page.evaluate(() => document.activeElement?.getAttribute('data-add'))) ?? ''
      if (!added.has(repeat) && (await page.locator(`[data-repeat="${repeat}"] .line`).count()) === 0) {
        added.add(repeat)
        await page.keyboard.press('Enter')
        await page.waitForFunction(() => document.activeElement?.closest('.line') !== null)
        continue
      }
    } else if (!at.isAnswered && !leftEmpty.test(name)) {
      if (at.kind === 'choice') await page.keyboard.press('Space')
      else if (at.kind === 'select') await page.keyboard.press('ArrowDown')
      else if (at.kind === 'text') await page.keyboard.type(text)
      else if (at.kind === 'list') {
        await page.keyboard.type(text)
        await page.locator(`[data-question="${at.question}"] [role="option"]`).first().waitFor()
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Enter')
      }
    }
    await page.keyboard.press('Tab')
  }
  throw new Error('the part does not end')
}

/** What stands in the part on screen, by question; a list shows words of the language on screen, so that only whether it holds something is told. */
export const answersOnScreen = (page: Page): Promise<Readonly<Record<string, string>>> =>
  page.locator('.form-part [data-question]').evaluateAll((all) =>
    Object.fromEntries(
      all.flatMap((question) => {
        const inputs = [...question.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')]
        const said = inputs.flatMap((input) => {
          if (input instanceof HTMLInputElement && (input.type === 'radio' || input.type === 'checkbox'))
            return input.checked ? [input.value] : []
          return question.querySelector('[data-list]') ? [] : [input.value.replace(',', '.')]
        })
        return inputs.length === 0 ? [] : [[question.getAttribute('data-question') ?? '', said.join(' ')]]
      }),
    ),
  )
