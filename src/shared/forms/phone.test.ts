import { expect, it } from 'vitest'
import { shownPhone } from './phone.ts'

it.each([
  ['+237600000042', '6\u00a000\u00a000\u00a000\u00a042'],
  ['+237 6 00 00 00 34', '6\u00a000\u00a000\u00a000\u00a034'],
  ['222000001', '2\u00a022\u00a000\u00a000\u00a001'],
  ['+23566000001', '+23566000001'],
  ['118', '118'],
  ['', ''],
])('the number %j is shown as people dial it', (stored, shown) => expect(shownPhone(stored)).toBe(shown))
