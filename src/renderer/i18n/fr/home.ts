export const homeMessages = {
  title: 'Aujourd’hui',
  now: 'À faire maintenant',
  nothingDue: 'Rien n’attend. Vous pouvez accueillir une personne.',
  doOverdue:
    '{count, plural, one {# orientation en retard\u00a0: rappelez le service ou la personne} many {# orientations en retard\u00a0: rappelez les services ou les personnes} other {# orientations en retard\u00a0: rappelez les services ou les personnes}}',
  doComplete:
    '{count, plural, one {# fiche à compléter avec la personne} many {# fiches à compléter avec les personnes} other {# fiches à compléter avec les personnes}}',
  doFollow:
    '{count, plural, one {# orientation en cours, dans les délais} many {# orientations en cours, dans les délais} other {# orientations en cours, dans les délais}}',
  doExchange:
    '{count, plural, one {# centre\u00a0: pas d’échange dans les deux sens depuis plus de 14 jours} many {# centres\u00a0: pas d’échange dans les deux sens depuis plus de 14 jours} other {# centres\u00a0: pas d’échange dans les deux sens depuis plus de 14 jours}}',
  doCopy: 'Sauvegarde\u00a0: aucune copie récente hors de cet ordinateur',
  drafts: 'Commencé et pas fini',
  draftCount: '{count, plural, one {# à reprendre} many {# à reprendre} other {# à reprendre}}',
  imported:
    '{count, plural, one {# entretien du terrain à revoir} many {# entretiens du terrain à revoir} other {# entretiens du terrain à revoir}}',
  draftTakeUp: 'Reprendre\u00a0: {form}',
  draftForms: {
    'quick-card': 'la fiche',
    'case-form': 'une fiche du dossier',
    'new-case': 'l’accueil d’une personne',
    'new-referral': 'une nouvelle orientation',
    'referral-consent': 'l’accord pour une orientation',
    'referral-issue': 'la fiche à remettre',
    'referral-step': 'le suivi d’une orientation',
  },
  newCase: 'Accueillir une personne',
  overdue: 'Orientations en retard',
  overdueCount:
    '{count, plural, =0 {Aucune orientation en retard} one {# orientation en retard} many {# orientations en retard} other {# orientations en retard}}',
  open: 'Orientations en cours',
  openCount:
    '{count, plural, =0 {Aucune orientation en cours} one {# orientation en cours} many {# orientations en cours} other {# orientations en cours}}',
  recent: 'Derniers dossiers',
  caseCount: '{count, plural, =0 {Aucun dossier} one {# dossier} many {# dossiers} other {# dossiers}}',
  seeOverdue: 'Voir les orientations en retard',
  seeOpen: 'Voir les orientations en cours',
  seeCases: 'Voir tous les dossiers',
  due: 'à rappeler avant le {day}',
  registered: 'accueilli le {day}',
  unnamed: 'Nom pas encore donné',
  noOverdue: 'Personne n’attend un rappel en retard.',
  noOpen: 'Aucune orientation n’attend de réponse.',
  noCases: 'Pas encore de dossier. Commencez par accueillir une personne.',
  directoryOnly: 'Votre rôle concerne le répertoire des services.',
  seeDirectory: 'Ouvrir le répertoire des services',
} as const
