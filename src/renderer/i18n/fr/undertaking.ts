export const undertakingMessages = {
  title: 'Engagement de confidentialité',
  intro:
    'Les personnes reçues ici risquent leur vie si l’on apprend ce qu’elles nous disent. Avant d’ouvrir un dossier, je m’engage\u00a0:',
  points: {
    need: 'Je n’ouvre que les dossiers dont j’ai besoin pour aider la personne. Chaque lecture est notée.',
    desk: 'Je ne donne mon mot de passe à personne et je verrouille le poste quand je me lève.',
    talk: 'Je ne parle des personnes ni en famille, ni au téléphone, ni sur les réseaux, ni devant d’autres personnes reçues.',
    copies: 'Je ne photographie pas l’écran et je ne fais pas de copie. Les fiches imprimées vont à la personne, ou sous clé.',
    words: 'Je n’écris que ce qui sert à aider, avec des mots neutres, et rien que la personne n’ait accepté.',
    breach:
      'Si j’ai fait ou vu une erreur, une perte ou une pression pour obtenir un nom, je le dis tout de suite à mon superviseur.',
    after: 'Cet engagement reste valable quand je quitte le centre.',
  },
  name: 'Votre nom et prénom, pour accepter',
  nameHint: 'Écrivez\u00a0: {name}',
  nameMissing: 'Écrivez votre nom pour accepter.',
  accept: 'J’accepte et je commence',
} as const
