export const privateErrors = {
  'private-closed': {
    what: 'La page s’est refermée d’elle-même.',
    todo: 'Tapez de nouveau votre mot de passe. Rien de ce qui était enregistré n’est perdu.',
  },
  'private-no-key': {
    what: 'Votre mot de passe n’ouvre pas ces notes.',
    todo: 'Demandez à l’autre personne qui tient ces notes de vous y donner accès, ou tapez le code papier de la page.',
  },
  'private-damaged': {
    what: 'Le fichier des notes est abîmé ou vient d’un autre poste.',
    todo: 'N’effacez rien. Une copie de sauvegarde de ce poste contient aussi ce fichier.',
  },
  'private-full': {
    what: 'Il n’y a plus de place dans les notes.',
    todo: 'Supprimez les notes dont l’accompagnement est fini, puis recommencez. Rien n’a été changé.',
  },
  'private-not-an-address': {
    what: 'Ce fichier n’est pas l’adresse d’un point focal.',
    todo: 'Demandez à l’autre point focal d’enregistrer son adresse sous «\u00a0Fichiers\u00a0», puis choisissez ce fichier.',
  },
  'private-file-damaged': {
    what: 'Ce fichier n’est pas un entretien remis, ou il est abîmé.',
    todo: 'Demandez qu’on vous le remette de nouveau. Rien n’a été changé.',
  },
  'private-file-not-for-you': {
    what: 'Ce fichier est scellé pour quelqu’un d’autre, ou pour votre adresse d’avant.',
    todo: 'Donnez votre adresse d’aujourd’hui à l’autre point focal, qui scellera le fichier de nouveau. Rien n’a été changé.',
  },
  'private-already-here': {
    what: 'Cet entretien est déjà dans vos notes.',
    todo: 'Rien n’a été changé. Cherchez-le par son code.',
  },
} as const
