export const undertakingMessages = {
  title: 'Confidentiality undertaking',
  intro: 'The people received here risk their lives if what they tell us becomes known. Before I open a case, I undertake:',
  points: {
    need: 'I open only the cases that I need to help the person. Each reading is recorded.',
    desk: 'I give my password to nobody and lock the computer when I get up.',
    talk: 'I speak of the people neither at home, nor on the phone, nor on networks, nor before other people who come here.',
    copies: 'I do not photograph the screen and make no copies. Printed slips go to the person, or are locked away.',
    words: 'I write only what serves to help, in neutral words, and nothing that the person did not agree to.',
    breach: 'If I made or saw a mistake, a loss, or pressure to obtain a name, I tell my supervisor at once.',
    after: 'This undertaking remains valid when I leave the centre.',
  },
  name: 'Your name and first name, to accept',
  nameHint: 'Write: {name}',
  nameMissing: 'Write your name to accept.',
  accept: 'I accept and begin',
} as const
