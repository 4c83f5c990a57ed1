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
} as const
