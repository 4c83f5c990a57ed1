export const homeMessages = {
  title: 'Aujourd’hui',
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
