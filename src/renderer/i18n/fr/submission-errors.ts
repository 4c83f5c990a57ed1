/** What is refused about interviews from the field. */
export const submissionErrors = {
  'submissions-none': {
    what: 'Il n’y a aucun entretien dans ce qui a été choisi.',
    todo: 'Dans Kobo, vérifiez que l’export contient des soumissions, puis choisissez le nouveau fichier. Rien n’a été changé.',
  },
  'submissions-other-form': {
    what: 'Ce fichier ne vient pas du formulaire du profil\u00a0: la question sur le consentement n’y est pas.',
    todo: 'Dans Kobo, exportez les soumissions du formulaire du profil avec «\u00a0Valeurs et en-têtes XML\u00a0», puis recommencez. Rien n’a été changé.',
  },
  'submissions-too-many': {
    what: 'Il y a trop d’entretiens d’un coup\u00a0: au plus {count}.',
    todo: 'Exportez une période plus courte, puis recommencez. Rien n’a été changé.',
  },
  'submissions-broken': {
    what: 'Le fichier {file} n’est pas un entretien d’ODK ou de Kobo qui se lit en entier.',
    todo: 'Copiez-le de nouveau depuis le téléphone, ou choisissez les autres sans lui. Rien n’a été changé.',
  },
} as const
