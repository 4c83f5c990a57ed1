/** Listes où l’on cherche en écrivant. */
export const pickersMessages = {
  found:
    '{count, plural, =0 {Rien de ce nom dans la liste.} one {# réponse proposée.} many {# réponses proposées.} other {# réponses proposées.}}',
  placeHelp:
    'Écrivez le nom, puis choisissez dans la liste avec les flèches et Entrée. Un lieu absent de la liste est gardé tel quel.',
  placeAsTyped:
    'Gardé tel que vous l’avez écrit. S’il est dans la liste, choisissez-le\u202f; sinon, indiquez l’arrondissement ci-dessous.',
  placeInUnit: '{place} / {unit}',
  nearestUnit: 'Arrondissement où se trouve ce lieu, ou le plus proche',
  unitHelp: 'Écrivez le nom, puis choisissez dans la liste.',
  unitUnchosen: 'Choisissez dans la liste, ou effacez ce texte.',
  occupationHelp: 'Écrivez le métier comme la personne le dit, puis choisissez dans la liste avec les flèches et Entrée.',
  occupationAsTyped:
    'Gardé tel que vous l’avez écrit. Si la liste propose ce métier, choisissez-le\u00a0: il comptera dans les statistiques.',
  occupationGroup: '{title} (CITP-08\u00a0: {code})',
  choiceHelp: 'Écrivez pour chercher, puis choisissez dans la liste avec les flèches et Entrée.',
  choicesHelp: 'Écrivez pour chercher, puis choisissez. Recommencez pour en ajouter.',
  choiceUnchosen: 'Choisissez dans la liste, ou effacez ce texte.',
  chosen: '{label}\u00a0: choix faits',
  takeOut: 'Enlever',
  takeOutOf: 'Enlever {name}',
  level: 'Niveau',
  certificate: 'Diplôme',
  francophone: 'Francophone',
  anglophone: 'Anglophone',
  isced: 'CITE',
  schooling: 'Francophone\u00a0: {francophone}. Anglophone\u00a0: {anglophone}. CITE 2011\u00a0: niveau {isced}.',
} as const
