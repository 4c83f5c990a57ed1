import { copyErrors } from './copy-errors.ts'
import { privateErrors } from './private-errors.ts'
import { rosterErrors } from './roster-errors.ts'
import { submissionErrors } from './submission-errors.ts'

export const errorMessages = {
  ...rosterErrors,
  ...privateErrors,
  ...copyErrors,
  ...submissionErrors,
  'bad-input': {
    what: 'Something entered is not valid.',
    todo: 'Check what you typed. Nothing was lost.',
  },
  'too-large': {
    what: 'This is too large to be accepted.',
    todo: 'Shorten the text or choose a smaller file.',
  },
  'too-many-calls': {
    what: 'Too many actions at the same time.',
    todo: 'Wait a few seconds, then try again.',
  },
  forbidden: {
    what: 'Your role does not allow this.',
    todo: 'Ask your supervisor, or sign in with another account.',
  },
  locked: {
    what: 'The application is locked.',
    todo: 'Sign in to continue.',
  },
  'not-found': {
    what: 'This could not be found.',
    todo: 'It may have changed meanwhile. Go back to the list and search again.',
  },
  cancelled: {
    what: 'The operation was stopped. Nothing was changed.',
    todo: 'Start again whenever you like.',
  },
  busy: {
    what: 'Another operation is running.',
    todo: 'Wait until it ends, then try again.',
  },
  internal: {
    what: 'An unexpected error happened. Your saved data are intact.',
    todo: 'Try again. If it goes on, close and reopen the application and tell the person in charge.',
  },
  'already-set-up': {
    what: 'This computer is already set up.',
    todo: 'Close and reopen the application to sign in.',
  },
  'not-set-up': {
    what: 'This computer is not set up yet.',
    todo: 'Do the first set-up first.',
  },
  'wrong-password': {
    what: 'The login or the password is wrong.',
    todo: 'Check capitals and the keyboard language, then try again.',
  },
  'wait-before-retry': {
    what: 'There were too many attempts.',
    todo: 'Wait {seconds} seconds before the next attempt.',
  },
  'weak-password': {
    what: 'This password is too easy to guess.',
    todo: 'Take at least 10 characters, without the login or the centre’s name. Four unrelated words work well.',
  },
  'wrong-recovery-code': {
    what: 'This recovery code is not the right one.',
    todo: 'Read the code on the paper again, group by group, and correct it.',
  },
  'wrong-start-code': {
    what: 'The login or the one-time code is wrong.',
    todo: 'Read the code again, group by group. If it was used already, ask your supervisor for a new one.',
  },
  'start-code-expired': {
    what: 'This code is no longer valid: it served for one day only.',
    todo: 'Ask your supervisor for a new code. Your cases are intact.',
  },
  'wrong-shares': {
    what: 'These two sheets do not open this computer.',
    todo: 'Check that they are sheets of the present national key. If not, take the recovery code of this computer.',
  },
  'undertaking-needed': {
    what: 'The confidentiality undertaking is not accepted yet.',
    todo: 'Read the undertaking, then write your name to accept it.',
  },
  'undertaking-name-differs': {
    what: 'This is not the name of the person who is signed in.',
    todo: 'Write your name and first name as they are shown.',
  },
  'login-taken': {
    what: 'Somebody has this login on this computer already.',
    todo: 'Choose another login, for example with a letter of the first name.',
  },
  'own-account': {
    what: 'You cannot do this for yourself.',
    todo: 'Ask another person who manages users, or change your password.',
  },
  'own-roles': {
    what: 'Nobody changes their own roles.',
    todo: 'Ask another person who manages users.',
  },
  'roles-forbidden-pair': {
    what: 'These roles may not be held by one person together.',
    todo: 'Administrator goes neither with focal point for private talks nor with data protection; data protection does not go with supervisor.',
  },
  'last-manager': {
    what: 'Nobody would be left to manage the users of this computer.',
    todo: 'First give the role of supervisor or administrator to somebody else.',
  },
  'second-person-needed': {
    what: 'Another person has to decide.',
    todo: 'The coordinator, or another person in charge of this computer, signs in and decides.',
  },
  'database-damaged': {
    what: 'The data of this computer are damaged and cannot be opened.',
    todo: 'Stop using this computer and call your supervisor: a backup can be restored from the sign-in screen.',
  },
  'database-newer': {
    what: 'The data were written by a newer version of the application.',
    todo: 'Install the newer version of the application on this computer. The data are intact.',
  },
  'database-altered': {
    what: 'The data were changed outside the application.',
    todo: 'Do not work on this computer. Call your supervisor: what happened must be understood.',
  },
  'database-busy': {
    what: 'The data are already open in another window or program.',
    todo: 'Close the other window of the application, wait a minute, then try again.',
  },
  'keyring-damaged': {
    what: 'The key file of this computer is damaged.',
    todo: 'Delete nothing and call your supervisor: if there is a backup copy, it also holds the keys.',
  },
  'keyring-mismatch': {
    what: 'The key file and the data of this computer do not belong together.',
    todo: 'Delete nothing and call your supervisor: one of the files is damaged or comes from elsewhere. Both must be put back from the same backup copy.',
  },
  'clock-behind': {
    what: 'The computer’s clock is behind the latest records.',
    todo: 'Correct the computer’s date and time, then try again.',
  },
  'file-unreadable': {
    what: 'The file could not be read.',
    todo: 'Check that the USB key is plugged in, then choose the file again.',
  },
  'disk-full': {
    what: 'There is no space left on the disk or key.',
    exact: 'There is not enough space: {neededBytes} are needed, {freeBytes} are left.',
    todo: 'Free some space or take another key, then try again.',
  },
  'disk-read-only': {
    what: 'This place cannot be written to.',
    todo: 'Choose another folder or a key that is not write-protected.',
  },
  'disk-failing': {
    what: 'The disk of this computer did not answer as it should. This operation was not saved.',
    todo: 'Try again. If it happens again, close the application and call your supervisor: the disk may be failing.',
  },
  'store-read-only': {
    what: 'The application cannot write to its folder on this computer. This operation was not saved.',
    todo: 'Restart the computer. If it goes on, call your supervisor: the folder is write-protected.',
  },
  'register-not-a-register': {
    what: 'This file is not the register of a computer.',
    todo: 'Choose a file that ends in .psrlreg, written from the Register page of the other computer. Nothing was changed.',
  },
  'register-not-whole': {
    what: 'This register is not whole: its lines do not lead to the end that it names.',
    todo: 'Ask that computer for a new file. If it is the same again, lines were changed or taken out: tell the data-protection officer and keep both files.',
  },
  'consent-missing': {
    what: 'The person has not given the agreement needed.',
    todo: 'Explain and ask for agreement. Without it, nothing is recorded about them.',
  },
  'information-incomplete': {
    what: 'A point of information was not explained yet.',
    todo: 'Explain every point of the list before asking for agreement.',
  },
  'answer-invalid': {
    what: 'An answer is not valid.',
    todo: 'Correct the marked answer. What you typed is still there.',
  },
  'read-only-copy': {
    what: 'This case is a copy received from another centre: it can be read, not changed.',
    todo: 'For a change, call the centre that follows the person.',
  },
  'case-closed': {
    what: 'This case is closed: it can be read, not changed.',
    todo: 'If the person comes back, reopen it: in the case, Their rights, “Reopen”.',
  },
  'case-has-open-referrals': {
    what: 'A referral of this case is still open.',
    todo: 'First note what became of it, under the referrals of the case. Then the case can be closed.',
  },
  'case-form-closed': {
    what: 'This form is finished or set aside: it can be read, not changed.',
    todo: 'To correct it, open it and choose “Take the form up again”.',
  },
  'case-form-not-here': {
    what: 'The questionnaire of this form has not arrived at this computer yet.',
    todo: 'Import the next exchange file of the computer that filled it in, or of the national office. Nothing is lost.',
  },
  'csv-empty': {
    what: 'The file holds no line.',
    todo: 'Choose a file with a line of headings and at least one service.',
  },
  'csv-wrong-columns': {
    what: 'Columns are missing in the file: {missing}.',
    todo: 'Compare the line of headings with the model, correct the file, then try again. Nothing was changed.',
  },
  'csv-wrong-encoding': {
    what: 'The accented letters of the file cannot be read.',
    todo: 'In the spreadsheet choose “Save as”, type “CSV UTF-8”, then try again. Nothing was changed.',
  },
  'csv-too-large': {
    what: 'This file is too large: at most {rows} lines and {megabytes} MB.',
    todo: 'Split it into several smaller files. Nothing was changed.',
  },
  'csv-broken': {
    what: 'The file cannot be read from line {line} on.',
    todo: 'Look there for a quotation mark too many or never closed, correct it, then try again. Nothing was changed.',
  },
  'csv-changed': {
    what: 'The file has changed since it was checked.',
    todo: 'Choose it again to have it checked. Nothing was changed.',
  },
  'form-has-faults': {
    what: 'This form cannot be published: it has faults, or its version exists already.',
    todo: 'Correct the file in Excel, then choose it again. Nothing was changed.',
  },
  'referral-step-not-allowed': {
    what: 'This step is not possible now.',
    todo: 'See where the referral stands and choose one of the steps offered.',
  },
  'referral-consent-missing': {
    what: 'The person has not agreed to this referral.',
    todo: 'Ask for agreement to this very service, then record it.',
  },
  'referral-consent-old': {
    what: 'The agreement to this referral is too old.',
    todo: 'Ask the person for agreement again before handing over the slip.',
  },
  'referral-item-missing': {
    what: 'Something the referral needs is missing.',
    todo: 'Complete what is marked, then try again.',
  },
  'referral-not-due': {
    what: 'It is too early for this step.',
    todo: 'Come back on the planned date, or first record what happened.',
  },
  'referral-same-source': {
    what: 'The confirmation must come from the person.',
    todo: 'Ask the person whether the service was received, then record the answer.',
  },
  'slip-text-reveals': {
    what: 'These words of the appointment would tell where the person comes from or why they go there.',
    todo: 'Write only the day, the time and the door or office to go to.',
  },
  'print-failed': {
    what: 'The slip was not printed.',
    todo: 'See that the printer is on and has paper, then print again. You can also save as PDF.',
  },
  'service-not-active': {
    what: 'This service is no longer active.',
    todo: 'Choose another service in the directory.',
  },
  'service-needs-check': {
    what: 'This service has not been checked for a long time.',
    todo: 'Call it to check that it still receives people, record the check, then try again.',
  },
  'service-not-for-minors': {
    what: 'This service is not suitable for a minor.',
    todo: 'Choose a child-protection service or ask your supervisor for advice.',
  },
  'guardian-consent-missing': {
    what: 'For a minor, both the parent’s or guardian’s and the child’s agreement are needed.',
    todo: 'Ask for both. If the guardian is a danger to the child, call your supervisor.',
  },
  'code-invalid': {
    what: 'This code is not right: a letter or a digit is wrong.',
    todo: 'Read the code on the slip again and type it again.',
  },
  'card-not-a-card': {
    what: 'This file is not a centre’s card.',
    todo: 'Ask the other centre to save its card from its Exchanges page. Nothing was changed.',
  },
  'card-own': {
    what: 'This is the card of your own computer.',
    todo: 'Choose the other centre’s card. Nothing was changed.',
  },
  'card-damaged': {
    what: 'This card is damaged or was altered.',
    todo: 'Ask the other centre for a new card. Nothing was changed.',
  },
  'training-no-exchange': {
    what: 'In exercise mode, nothing leaves and nothing comes in.',
    todo: 'Leave exercise mode to exchange with another centre.',
  },
  'nothing-to-send': {
    what: 'There is nothing new for this centre.',
    todo: 'No file is needed today.',
  },
  'sync-not-a-sync-file': {
    what: 'This file is not an exchange file.',
    todo: 'Check that you chose the right file on the key. Nothing was changed.',
  },
  'sync-incomplete': {
    what: 'The file is incomplete: the copy was probably interrupted.',
    exact: 'The file is incomplete: {copiedBytes} of {wholeBytes} were copied.',
    todo: 'Copy the file again and eject the key before pulling it out. Nothing was changed.',
  },
  'sync-damaged': {
    what: 'The file is damaged.',
    exact: 'The file is damaged, at {percent} % of its length.',
    todo: 'Ask the other centre to copy it again, on another key if possible. Nothing was changed.',
  },
  'undo-too-late': {
    what: 'This import can no longer be undone: a later file or a change made here builds on it.',
    todo: 'Correct the records one by one, or undo the later import first. Nothing was changed.',
  },
  'sync-not-for-you': {
    what: 'This file was made for another computer than yours, or its beginning is damaged.',
    todo: 'Give the other centre a file made here, then ask it to make one for your centre. If it cannot open yours either, or is missing from your list: exchange your cards again and compare the six words, because a computer that was set back forgets the cards read since. Nothing was changed.',
  },
  'sync-for-old-key': {
    what: 'This file was made for another computer, or for a former key of this one that no longer exists.',
    todo: 'First send that centre a file: it will learn your new key. Then ask it for a new file. If it cannot open yours either: exchange your cards again and compare the six words. Nothing was changed.',
  },
  'sync-needs-passphrase': {
    what: 'This file is protected by a passphrase.',
    todo: 'Ask the sender for a file made for your centre.',
  },
  'sync-unknown-sender': {
    what: 'This file comes from a computer you do not know yet, or no longer.',
    exact: 'This file says that it is from {site}, but it comes from a computer you do not know yet, or no longer.',
    todo: 'First take in the file of the national office, which keeps the list of computers; or read that computer’s card and compare the six words, even if you know another computer of the same centre. A computer that was set back forgets the cards read since. Nothing was changed.',
  },
  'sync-bad-signature': {
    what: 'This file was not written by the centre it names.',
    todo: 'Do not use it. Call that centre and tell your supervisor. Nothing was changed.',
  },
  'sync-revoked-sender': {
    what: 'The computer that made this file was reported lost or compromised.',
    exact: 'The computer of {site} that made this file has been reported lost or compromised since {at}.',
    todo: 'Do not use this file, keep the USB key and call the national office. Nothing was changed.',
  },
  'sync-missing-earlier': {
    what: 'An earlier file of this centre is missing.',
    exact: 'Changes no. {from} to {to} are missing, from an earlier file.',
    todo: 'If you have the previous file, read it first. If not, prepare a file for that centre: it tells them what is missing, and their next file brings it. Nothing was changed.',
  },
  'sync-already-imported': {
    what: 'This file was already received.',
    exact: 'This file was already taken in on {at}.',
    todo: 'There is nothing to do. Nothing was changed.',
  },
  'sync-older-than-yours': {
    what: 'You already received a newer file from this centre.',
    todo: 'There is nothing to do, unless the centre asks you to read it. Nothing was changed.',
  },
  'sync-fork': {
    what: 'That computer was put back to an old backup and then wrote something else.',
    todo: 'Do not import. Call your supervisor and the other centre. Nothing was changed.',
  },
  'sync-newer-app': {
    what: 'This file was written by a newer version of the application.',
    todo: 'Update the application on this computer, then try again. Nothing was changed.',
  },
  'sync-too-large': {
    what: 'This file is too large to be safe.',
    todo: 'Tell the other centre and your supervisor. Nothing was changed.',
  },
  'sync-too-slow': {
    what: 'Reading this file took more than half an hour, and was stopped.',
    todo: 'Close other programs and try again. If it happens again, ask the other centre for a smaller file. Nothing was changed.',
  },
  'sync-suspicious': {
    what: 'This file holds what an exchange file must not hold.',
    todo: 'Do not use it. Tell the other centre and your supervisor. Nothing was changed.',
  },
  'sync-rules-violated': {
    what: 'This file holds information which that centre may not write.',
    todo: 'Do not use it. Tell your supervisor. Nothing was changed.',
  },
} as const
