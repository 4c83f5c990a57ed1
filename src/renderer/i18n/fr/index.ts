import { casesMessages } from './cases.ts'
import { commonMessages } from './common.ts'
import { directoryMessages } from './directory.ts'
import { erasureMessages } from './erasure.ts'
import { errorMessages } from './errors.ts'
import { formsMessages } from './forms.ts'
import { homeMessages } from './home.ts'
import { printingMessages } from './printing.ts'
import { referralsMessages } from './referrals.ts'
import { securityMessages } from './security.ts'
import { shellMessages } from './shell.ts'
import { syncMessages } from './sync.ts'

export const fr = {
  cases: casesMessages,
  common: commonMessages,
  directory: directoryMessages,
  erasure: erasureMessages,
  errors: errorMessages,
  forms: formsMessages,
  home: homeMessages,
  printing: printingMessages,
  referrals: referralsMessages,
  security: securityMessages,
  shell: shellMessages,
  sync: syncMessages,
} as const
