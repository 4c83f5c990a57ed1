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
  evacuation: 'Évacuer ce poste',
  evacuationWhat:
    'En cas de danger seulement. En quelques secondes, plus aucun mot de passe n’ouvre ce poste ni ses copies de sauvegarde. Les dossiers restent sur le disque, illisibles.',
  evacuationRehearsal: 'Exercice\u00a0: rien n’arrive aux vraies clés. L’exercice est effacé et le poste se verrouille.',
  wayBack: {
    national:
      'Ensuite, seules deux des trois feuilles de la clé nationale rouvriront ce poste. Le code de secours ne servira plus.',
    paper:
      'Ce poste n’a pas de clé nationale\u00a0: seul le code de secours sur papier le rouvrira. Emportez la feuille, ou gardez-la loin d’ici\u202f; sans elle, tout est perdu.',
  },
  evacuationPassword: 'Votre mot de passe',
  evacuationSite: 'Recopiez le nom de ce lieu\u00a0: {site}',
  evacuationStart: 'Évacuer…',
  evacuationAsk: 'Dernière question. Plus personne ne pourra ouvrir ce poste avec un mot de passe, vous non plus.',
  evacuationDo: 'Rendre ce poste inutilisable',
} as const
