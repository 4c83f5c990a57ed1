/** What is refused about copies of the desk. */
export const copyErrors = {
  'copy-not-a-copy': {
    what: 'This file is not a backup.',
    todo: 'Choose a file that ends in .psrlcopy, written from the page Backups. Nothing was changed.',
  },
  'copy-incomplete': {
    what: 'The copy is incomplete.',
    exact: 'The copy is incomplete: {copiedBytes} of {wholeBytes}.',
    todo: 'Plug the stick in again and retry, or take another copy. Nothing was changed.',
  },
  'copy-damaged': {
    what: 'The copy is damaged.',
    todo: 'Do not throw it away, and take another one: of another day or another stick. Nothing was changed.',
  },
  'copy-other-desk': {
    what: 'This copy is of another desk, or of before a new installation.',
    todo: 'Open it with a password or the recovery code of that desk. Nothing was changed.',
  },
  'copy-no-keys': {
    what: 'The keys of this copy were destroyed, by an evacuation for example.',
    todo: 'Take a copy that was kept away from this computer. Nothing was changed.',
  },
  'copy-needs-supervisor': {
    what: 'On the day of this copy this person was no supervisor of the desk.',
    todo: 'Ask a supervisor to type their password of that day, or take the recovery code. Nothing was changed.',
  },
  'copy-folder-inside': {
    what: 'This is the folder in which the application keeps its own data.',
    todo: 'Choose a folder on a stick or on another disk. Nothing was changed.',
  },
  'copy-not-kept': {
    what: 'The stick did not keep what was written to it: read back, the copy was damaged, and it was taken away.',
    todo: 'Take another stick, then try again. Do not use this one for copies any more.',
  },
} as const
