export const deskMessages = {
  title: 'Ce poste',
  explanation: 'Ce qui protège cet ordinateur et ce qu’il garde.',
  screenTitle: 'Verrouillage et écran',
  idle: 'Verrouiller quand personne n’utilise l’application depuis',
  idleHint: 'Plus c’est court, plus c’est sûr. 5 minutes conviennent à un bureau fermé.',
  minutes: '{minutes, plural, one {# minute} many {# minutes} other {# minutes}}',
  safeByDefault: 'Commencer avec l’écran discret',
  safeByDefaultHint: 'Les noms sont masqués à chaque connexion. Chacun peut les montrer un par un, en disant pourquoi.',
  keep: 'Garder ces réglages',
  notKept: 'Pas encore gardé.',
} as const
