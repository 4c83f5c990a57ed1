/** What is refused about copies of the desk. */
export const copyErrors = {
  'copy-not-a-copy': {
    what: 'Ce fichier n’est pas une copie de sauvegarde.',
    todo: 'Choisissez un fichier qui finit par .psrlcopy, écrit depuis la page Sauvegardes. Rien n’a été changé.',
  },
  'copy-incomplete': {
    what: 'La copie est incomplète.',
    exact: 'La copie est incomplète\u00a0: {copiedBytes} sur {wholeBytes}.',
    todo: 'Branchez de nouveau la clé et réessayez, ou prenez une autre copie. Rien n’a été changé.',
  },
  'copy-damaged': {
    what: 'La copie est abîmée.',
    todo: 'Ne la jetez pas, et prenez-en une autre\u00a0: un autre jour ou une autre clé. Rien n’a été changé.',
  },
  'copy-other-desk': {
    what: 'Cette copie est celle d’un autre poste, ou d’avant une nouvelle installation.',
    todo: 'Ouvrez-la avec un mot de passe ou le code de secours de ce poste-là. Rien n’a été changé.',
  },
  'copy-no-keys': {
    what: 'Les clés de cette copie ont été détruites, par une évacuation par exemple.',
    todo: 'Prenez une copie gardée hors de cet ordinateur. Rien n’a été changé.',
  },
  'copy-needs-supervisor': {
    what: 'Le jour de cette copie, cette personne n’était pas superviseur de ce poste.',
    todo: 'Demandez à un superviseur de taper son mot de passe de ce jour-là, ou prenez le code de secours. Rien n’a été changé.',
  },
  'copy-folder-inside': {
    what: 'Ce dossier est celui où l’application garde elle-même ses données.',
    todo: 'Choisissez un dossier sur une clé ou sur un autre disque. Rien n’a été changé.',
  },
  'copy-not-kept': {
    what: 'La clé n’a pas gardé ce qui y a été écrit : relue, la copie était abîmée, et elle a été enlevée.',
    todo: 'Prenez une autre clé, puis recommencez. Cette clé ne doit plus servir aux copies.',
  },
} as const
