/** What is refused about cards, the list of computers and the national key. */
export const rosterErrors = {
  'card-other-key': {
    what: 'This card bears the number of a computer that the national list knows with other keys.',
    todo: 'Do not accept it: somebody may be posing as that computer. Call the national office. Nothing was changed.',
  },
  'card-revoked': {
    what: 'The national office reported this computer as lost or compromised.',
    todo: 'Do not accept it. A computer that was found again must be set up anew; call the national office. Nothing was changed.',
  },
  'words-differ': {
    what: 'Word number {place} is not the right one.',
    todo: 'Have the six words read slowly again and type them again. If they still differ, do not accept: the file is not that of the person you are talking to. Nothing was changed.',
  },
  'list-not-a-list': {
    what: 'This file is not a list of computers.',
    todo: 'Ask the national office for the reply file that it saved for you. Nothing was changed.',
  },
  'national-none': {
    what: 'This computer does not know the national key yet.',
    todo: 'First take in the national office’s reply, or make the national key if you are that office.',
  },
  'national-exists': {
    what: 'This computer knows a national key already.',
    todo: 'One key holds for the whole network. To change it, choose “Renew the national key”.',
  },
  'national-other-key': {
    what: 'This list or these sheets are of another national key than the one this computer knows.',
    todo: 'Accept nothing new and call the national office at a number that you knew before. Nothing was changed.',
  },
  'national-not-open': {
    what: 'The national key is not open.',
    todo: 'Type two of the three sheets, then try again. It closes by itself after ten minutes.',
  },
  'share-wrong': {
    what: 'A letter is wrong in group number {group}.',
    todo: 'Read that group on the sheet again and correct it. The other groups stay as you typed them.',
  },
  'share-incomplete': {
    what: 'The sheet is not typed to its end.',
    todo: 'Go on to the last group. Two whole sheets are needed.',
  },
  'share-not-a-share': {
    what: 'These letters are not a sheet of the national key.',
    todo: 'Check that you have the right sheet, from the first group to the last.',
  },
  'share-twice': {
    what: 'This is the same sheet twice.',
    todo: 'Type a second sheet, with another number.',
  },
  'share-other-ceremony': {
    what: 'These two sheets do not belong together: they are of two different keys.',
    todo: 'Compare the mark printed at the top of the sheets: it must be the same.',
  },
} as const
