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
} as const
