export const deskMessages = {
  title: 'This desk',
  explanation: 'What protects this computer, and what it keeps.',
  screenTitle: 'Locking and screen',
  idle: 'Lock when nobody has used the application for',
  idleHint: 'Shorter is safer. 5 minutes suit a closed office.',
  minutes: '{minutes, plural, one {# minute} other {# minutes}}',
  safeByDefault: 'Begin with the discreet screen',
  safeByDefaultHint: 'Names are masked at every sign-in. Anybody can show them one by one, saying why.',
  keep: 'Keep these settings',
  notKept: 'Not kept yet.',
  evacuation: 'Evacuate this desk',
  evacuationWhat:
    'In danger only. Within seconds no password opens this desk or its backups any more. The files stay on the disk, unreadable.',
  evacuationRehearsal: 'Exercise: nothing happens to the real keys. The exercise is erased and the desk locks.',
  wayBack: {
    national:
      'Afterwards only two of the three sheets of the national key open this desk again. The recovery code opens nothing any more.',
    paper:
      'This desk has no national key: only the recovery code on paper opens it again. Take the sheet with you, or keep it far from here; without it everything is lost.',
  },
  evacuationPassword: 'Your password',
  evacuationSite: 'Copy the name of this place: {site}',
  evacuationStart: 'Evacuate…',
  evacuationAsk: 'Last question. Nobody will be able to open this desk with a password, you neither.',
  evacuationDo: 'Make this desk unusable',
} as const
