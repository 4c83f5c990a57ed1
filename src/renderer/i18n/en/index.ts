import { auditMessages } from './audit.ts'
import { backupsMessages } from './backups.ts'
import { caseFormsMessages } from './case-forms.ts'
import { casesMessages } from './cases.ts'
import { commonMessages } from './common.ts'
import { deskMessages } from './desk.ts'
import { directoryMessages } from './directory.ts'
import { envelopeMessages } from './envelope.ts'
import { erasureMessages } from './erasure.ts'
import { errorMessages } from './errors.ts'
import { formPacksMessages } from './form-packs.ts'
import { exportsMessages } from './exports.ts'
import { formsMessages } from './forms.ts'
import { homeMessages } from './home.ts'
import { peopleMessages } from './people.ts'
import { pickersMessages } from './pickers.ts'
import { printingMessages } from './printing.ts'
import { referralsMessages } from './referrals.ts'
import { rightsMessages } from './rights.ts'
import { rosterMessages } from './roster.ts'
import { screenMessages } from './screen.ts'
import { securityMessages } from './security.ts'
import { shellMessages } from './shell.ts'
import { submissionsMessages } from './submissions.ts'
import { syncMessages } from './sync.ts'
import { undertakingMessages } from './undertaking.ts'
import { usersMessages } from './users.ts'

export const en = {
  audit: auditMessages,
  backups: backupsMessages,
  caseForms: caseFormsMessages,
  cases: casesMessages,
  common: commonMessages,
  desk: deskMessages,
  directory: directoryMessages,
  envelope: envelopeMessages,
  erasure: erasureMessages,
  errors: errorMessages,
  formPacks: formPacksMessages,
  exports: exportsMessages,
  forms: formsMessages,
  home: homeMessages,
  people: peopleMessages,
  pickers: pickersMessages,
  printing: printingMessages,
  referrals: referralsMessages,
  rights: rightsMessages,
  roster: rosterMessages,
  screen: screenMessages,
  security: securityMessages,
  shell: shellMessages,
  submissions: submissionsMessages,
  sync: syncMessages,
  undertaking: undertakingMessages,
  users: usersMessages,
} as const
