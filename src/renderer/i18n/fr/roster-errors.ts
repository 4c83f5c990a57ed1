/** What is refused about cards, the list of computers and the national key. */
export const rosterErrors = {
  'card-other-key': {
    what: 'Cette carte porte le numéro d’un poste que la liste nationale connaît avec d’autres clés.',
    todo: 'Ne l’acceptez pas : quelqu’un se fait peut-être passer pour ce poste. Appelez le bureau national. Rien n’a été changé.',
  },
  'card-revoked': {
    what: 'Le bureau national a signalé ce poste comme perdu ou compromis.',
    todo: 'Ne l’acceptez pas. Un poste retrouvé doit être installé de nouveau ; appelez le bureau national. Rien n’a été changé.',
  },
  'words-differ': {
    what: 'Le mot n° {place} n’est pas le bon.',
    todo: 'Faites relire les six mots lentement et tapez-les de nouveau. S’ils restent différents, n’acceptez pas : le fichier n’est pas celui de votre interlocuteur. Rien n’a été changé.',
  },
  'list-not-a-list': {
    what: 'Ce fichier n’est pas une liste des postes.',
    todo: 'Demandez au bureau national le fichier de réponse qu’il a enregistré pour vous. Rien n’a été changé.',
  },
  'national-none': {
    what: 'Ce poste ne connaît pas encore la clé nationale.',
    todo: 'Prenez d’abord la réponse du bureau national, ou créez la clé nationale si vous êtes ce bureau.',
  },
  'national-exists': {
    what: 'Ce poste connaît déjà une clé nationale.',
    todo: 'Une seule clé vaut pour tout le réseau. Pour la changer, choisissez « Renouveler la clé nationale ».',
  },
  'national-other-key': {
    what: 'Cette liste ou ces feuilles sont d’une autre clé nationale que celle que ce poste connaît.',
    todo: 'N’acceptez rien de nouveau et appelez le bureau national à un numéro que vous connaissiez déjà. Rien n’a été changé.',
  },
  'national-not-open': {
    what: 'La clé nationale n’est pas ouverte.',
    todo: 'Tapez deux des trois feuilles, puis recommencez. Elle se ferme seule après dix minutes.',
  },
  'share-wrong': {
    what: 'Une lettre n’est pas juste dans le groupe n° {group}.',
    todo: 'Relisez ce groupe sur la feuille et corrigez-le. Les autres groupes restent comme vous les avez tapés.',
  },
  'share-incomplete': {
    what: 'La feuille n’est pas tapée en entier.',
    todo: 'Continuez jusqu’au dernier groupe. Il faut deux feuilles complètes.',
  },
  'share-not-a-share': {
    what: 'Ces lettres ne forment pas une feuille de la clé nationale.',
    todo: 'Vérifiez que vous avez la bonne feuille, du premier au dernier groupe.',
  },
  'share-twice': {
    what: 'C’est deux fois la même feuille.',
    todo: 'Tapez une deuxième feuille, avec un autre numéro.',
  },
  'share-other-ceremony': {
    what: 'Ces deux feuilles ne vont pas ensemble : elles viennent de deux clés différentes.',
    todo: 'Comparez le repère imprimé en haut des feuilles : il doit être le même.',
  },
} as const
