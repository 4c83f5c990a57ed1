import { copyErrors } from './copy-errors.ts'
import { privateErrors } from './private-errors.ts'
import { rosterErrors } from './roster-errors.ts'
import { submissionErrors } from './submission-errors.ts'

export const errorMessages = {
  ...rosterErrors,
  ...privateErrors,
  ...copyErrors,
  ...submissionErrors,
  'bad-input': {
    what: 'Une information envoyée n’est pas valable.',
    todo: 'Vérifiez ce que vous avez saisi. Rien n’a été perdu.',
  },
  'too-large': {
    what: 'C’est trop grand pour être accepté.',
    todo: 'Raccourcissez le texte ou choisissez un fichier plus petit.',
  },
  'too-many-calls': {
    what: 'Trop d’actions en même temps.',
    todo: 'Attendez quelques secondes, puis recommencez.',
  },
  forbidden: {
    what: 'Votre rôle ne permet pas cette action.',
    todo: 'Demandez à votre superviseur, ou connectez-vous avec un autre compte.',
  },
  locked: {
    what: 'L’application est verrouillée.',
    todo: 'Connectez-vous pour continuer.',
  },
  'not-found': {
    what: 'Cet élément est introuvable.',
    todo: 'Il a peut-être changé entre-temps. Revenez à la liste et cherchez de nouveau.',
  },
  cancelled: {
    what: 'L’opération a été arrêtée. Rien n’a été changé.',
    todo: 'Recommencez quand vous voulez.',
  },
  busy: {
    what: 'Une autre opération est en cours.',
    todo: 'Attendez qu’elle se termine, puis recommencez.',
  },
  internal: {
    what: 'Une erreur imprévue est arrivée. Vos données enregistrées sont intactes.',
    todo: 'Recommencez. Si cela continue, fermez puis rouvrez l’application et prévenez votre responsable.',
  },
  'already-set-up': {
    what: 'Ce poste est déjà installé.',
    todo: 'Fermez puis rouvrez l’application pour vous connecter.',
  },
  'not-set-up': {
    what: 'Ce poste n’est pas encore installé.',
    todo: 'Faites d’abord la première installation.',
  },
  'wrong-password': {
    what: 'L’identifiant ou le mot de passe est faux.',
    todo: 'Vérifiez les majuscules et la langue du clavier, puis réessayez.',
  },
  'wait-before-retry': {
    what: 'Il y a eu trop d’essais.',
    todo: 'Attendez {seconds} secondes avant le prochain essai.',
  },
  'weak-password': {
    what: 'Ce mot de passe est trop facile à deviner.',
    todo: 'Prenez au moins 10 caractères, sans l’identifiant ni le nom du centre. Quatre mots sans rapport conviennent bien.',
  },
  'wrong-recovery-code': {
    what: 'Ce code de secours n’est pas le bon.',
    todo: 'Relisez le code sur le papier, groupe par groupe, et corrigez.',
  },
  'wrong-start-code': {
    what: 'L’identifiant ou le code à usage unique est faux.',
    todo: 'Relisez le code groupe par groupe. S’il a déjà servi, demandez-en un nouveau à votre superviseur.',
  },
  'start-code-expired': {
    what: 'Ce code n’est plus valable\u00a0: il servait une seule journée.',
    todo: 'Demandez un nouveau code à votre superviseur. Vos dossiers sont intacts.',
  },
  'wrong-shares': {
    what: 'Ces deux feuilles n’ouvrent pas ce poste.',
    todo: 'Vérifiez que ce sont des feuilles de la clé nationale actuelle. Sinon, prenez le code de secours du poste.',
  },
  'undertaking-needed': {
    what: 'L’engagement de confidentialité n’est pas encore accepté.',
    todo: 'Lisez l’engagement, puis écrivez votre nom pour l’accepter.',
  },
  'undertaking-name-differs': {
    what: 'Ce nom n’est pas celui de la personne connectée.',
    todo: 'Écrivez votre nom et prénom comme ils sont affichés.',
  },
  'login-taken': {
    what: 'Quelqu’un a déjà cet identifiant sur ce poste.',
    todo: 'Choisissez un autre identifiant, par exemple avec une lettre du prénom.',
  },
  'own-account': {
    what: 'Vous ne pouvez pas faire cela pour vous-même.',
    todo: 'Demandez-le à une autre personne qui gère les utilisateurs, ou changez votre mot de passe.',
  },
  'own-roles': {
    what: 'Personne ne change ses propres rôles.',
    todo: 'Demandez-le à une autre personne qui gère les utilisateurs.',
  },
  'roles-forbidden-pair': {
    what: 'Ces rôles ne peuvent pas être réunis chez une même personne.',
    todo: 'Administrateur ne va ni avec point focal d’entretien privé ni avec protection des données\u202f; protection des données ne va pas avec superviseur.',
  },
  'last-manager': {
    what: 'Il ne resterait personne pour gérer les utilisateurs de ce poste.',
    todo: 'Donnez d’abord le rôle de superviseur ou d’administrateur à quelqu’un d’autre.',
  },
  'second-person-needed': {
    what: 'Une autre personne doit en décider.',
    todo: 'Le coordonnateur, ou un autre responsable de ce poste, se connecte et décide.',
  },
  'database-damaged': {
    what: 'Les données de ce poste sont abîmées et ne peuvent pas être ouvertes.',
    todo: 'N’utilisez plus ce poste et appelez votre superviseur : «\u00a0Remettre une copie de sauvegarde\u00a0», sur l’écran de connexion, la met à sa place.',
  },
  'database-newer': {
    what: 'Les données ont été écrites par une version plus récente de l’application.',
    todo: 'Installez la version récente de l’application sur ce poste. Les données sont intactes.',
  },
  'database-altered': {
    what: 'Les données ont été modifiées en dehors de l’application.',
    todo: 'Ne travaillez pas sur ce poste. Appelez votre superviseur : il faut comprendre ce qui s’est passé.',
  },
  'database-busy': {
    what: 'Les données sont déjà ouvertes par une autre fenêtre ou un autre programme.',
    todo: 'Fermez l’autre fenêtre de l’application, attendez une minute, puis réessayez.',
  },
  'keyring-damaged': {
    what: 'Le fichier des clés de ce poste est abîmé.',
    todo: 'N’effacez rien et appelez votre superviseur : s’il existe une copie de sauvegarde, elle contient aussi les clés.',
  },
  'keyring-mismatch': {
    what: 'Le fichier des clés et les données de ce poste ne vont pas ensemble.',
    todo: 'N’effacez rien et appelez votre superviseur : un des fichiers est abîmé ou vient d’ailleurs. Il faut remettre les deux à partir de la même copie de sauvegarde.',
  },
  'clock-behind': {
    what: 'L’horloge de l’ordinateur est en retard sur les derniers enregistrements.',
    todo: 'Corrigez la date et l’heure de l’ordinateur, puis recommencez.',
  },
  'file-unreadable': {
    what: 'Le fichier n’a pas pu être lu.',
    todo: 'Vérifiez que la clé USB est bien branchée, puis choisissez le fichier de nouveau.',
  },
  'disk-full': {
    what: 'Il n’y a plus de place sur le disque ou la clé.',
    exact: 'Il n’y a pas assez de place\u00a0: il faut {neededBytes}, il reste {freeBytes}.',
    todo: 'Libérez de la place ou prenez une autre clé, puis recommencez.',
  },
  'disk-read-only': {
    what: 'On ne peut pas écrire à cet endroit.',
    todo: 'Choisissez un autre dossier ou une clé sans protection d’écriture.',
  },
  'disk-failing': {
    what: 'Le disque de cet ordinateur n’a pas répondu comme il faut. Cette opération n’a pas été enregistrée.',
    todo: 'Recommencez. Si cela se répète, fermez l’application et appelez votre superviseur : le disque est peut-être en train de s’abîmer.',
  },
  'store-read-only': {
    what: 'L’application ne peut pas écrire dans son dossier sur cet ordinateur. Cette opération n’a pas été enregistrée.',
    todo: 'Redémarrez l’ordinateur. Si cela continue, appelez votre superviseur : le dossier est protégé contre l’écriture.',
  },
  'register-not-a-register': {
    what: 'Ce fichier n’est pas le registre d’un poste.',
    todo: 'Choisissez un fichier qui finit par .psrlreg, écrit depuis la page Registre de l’autre poste. Rien n’a été changé.',
  },
  'register-not-whole': {
    what: 'Ce registre n’est pas entier\u00a0: ses lignes ne donnent pas la fin qu’il annonce.',
    todo: 'Demandez un nouveau fichier à ce poste. Si c’est encore le cas, des lignes ont été changées ou retirées\u00a0: prévenez le référent protection des données et gardez les deux fichiers.',
  },
  'consent-missing': {
    what: 'La personne n’a pas donné l’accord nécessaire.',
    todo: 'Expliquez et demandez son accord. Sans accord, rien n’est enregistré sur elle.',
  },
  'information-incomplete': {
    what: 'Un point d’information n’a pas encore été expliqué.',
    todo: 'Expliquez chaque point de la liste avant de demander l’accord.',
  },
  'answer-invalid': {
    what: 'Une réponse n’est pas valable.',
    todo: 'Corrigez la réponse signalée. Le texte saisi est toujours là.',
  },
  'read-only-copy': {
    what: 'Ce dossier est une copie reçue d’un autre centre : on peut le lire, pas le modifier.',
    todo: 'Pour un changement, appelez le centre qui suit la personne.',
  },
  'case-closed': {
    what: 'Ce dossier est clos : on peut le lire, pas le modifier.',
    todo: 'Si la personne revient, rouvrez-le : dans le dossier, Ses droits, « Rouvrir ».',
  },
  'case-has-open-referrals': {
    what: 'Une orientation de ce dossier est encore ouverte.',
    todo: 'Notez d’abord ce qu’elle est devenue, dans « Ses orientations ». Ensuite, le dossier peut être clos.',
  },
  'case-form-closed': {
    what: 'Cette fiche est terminée ou annulée\u00a0: on peut la lire, pas la modifier.',
    todo: 'Pour la corriger, ouvrez-la et choisissez «\u00a0Reprendre la fiche\u00a0».',
  },
  'case-form-not-here': {
    what: 'Le formulaire de cette fiche n’est pas encore arrivé sur ce poste.',
    todo: 'Importez le prochain fichier d’échange du poste qui l’a remplie ou du niveau national. Rien n’est perdu.',
  },
  'csv-empty': {
    what: 'Le fichier ne contient aucune ligne.',
    todo: 'Choisissez un fichier avec une ligne de titres et au moins un service.',
  },
  'csv-wrong-columns': {
    what: 'Il manque des colonnes dans le fichier\u00a0: {missing}.',
    todo: 'Comparez la ligne de titres avec le modèle, corrigez le fichier, puis recommencez. Rien n’a été changé.',
  },
  'csv-wrong-encoding': {
    what: 'Les lettres accentuées du fichier sont illisibles.',
    todo: 'Dans le tableur, choisissez «\u00a0Enregistrer sous\u00a0», type «\u00a0CSV UTF-8\u00a0», puis recommencez. Rien n’a été changé.',
  },
  'csv-too-large': {
    what: 'Ce fichier est trop grand\u00a0: au plus {rows} lignes et {megabytes} Mo.',
    todo: 'Partagez-le en plusieurs fichiers plus petits. Rien n’a été changé.',
  },
  'csv-broken': {
    what: 'Le fichier ne peut pas être lu à partir de la ligne {line}.',
    todo: 'Cherchez à cette ligne un guillemet en trop ou jamais fermé, corrigez, puis recommencez. Rien n’a été changé.',
  },
  'csv-changed': {
    what: 'Le fichier a changé depuis la vérification.',
    todo: 'Choisissez-le de nouveau pour le vérifier. Rien n’a été changé.',
  },
  'form-has-faults': {
    what: 'Ce formulaire ne peut pas être publié\u00a0: il contient des fautes, ou sa version existe déjà.',
    todo: 'Corrigez le fichier dans Excel, puis choisissez-le de nouveau. Rien n’a été changé.',
  },
  'referral-step-not-allowed': {
    what: 'Cette étape n’est pas possible maintenant.',
    todo: 'Regardez où en est l’orientation et choisissez une des étapes proposées.',
  },
  'referral-consent-missing': {
    what: 'La personne n’a pas donné son accord pour cette orientation.',
    todo: 'Demandez son accord pour ce service précis, puis notez-le.',
  },
  'referral-consent-old': {
    what: 'L’accord pour cette orientation est trop ancien.',
    todo: 'Demandez de nouveau l’accord de la personne avant de donner le bon.',
  },
  'referral-item-missing': {
    what: 'Il manque une information nécessaire à l’orientation.',
    todo: 'Complétez ce qui est signalé, puis recommencez.',
  },
  'referral-not-due': {
    what: 'Il est trop tôt pour cette étape.',
    todo: 'Revenez à la date prévue, ou notez d’abord ce qui s’est passé.',
  },
  'referral-same-source': {
    what: 'La confirmation doit venir de la personne elle-même.',
    todo: 'Demandez à la personne si elle a bien reçu le service, puis notez sa réponse.',
  },
  'slip-text-reveals': {
    what: 'Ces mots du rendez-vous diraient d’où vient la personne ou pourquoi elle y va.',
    todo: 'Écrivez seulement le jour, l’heure et la porte ou le bureau où se présenter.',
  },
  'print-failed': {
    what: 'La fiche n’a pas été imprimée.',
    todo: 'Regardez si l’imprimante est allumée et s’il y a du papier, puis imprimez de nouveau. Vous pouvez aussi enregistrer en PDF.',
  },
  'service-not-active': {
    what: 'Ce service n’est plus actif.',
    todo: 'Choisissez un autre service dans le répertoire.',
  },
  'service-needs-check': {
    what: 'Ce service n’a pas été vérifié depuis longtemps.',
    todo: 'Appelez-le pour vérifier qu’il reçoit encore, notez la vérification, puis recommencez.',
  },
  'service-not-for-minors': {
    what: 'Ce service ne convient pas à un mineur.',
    todo: 'Choisissez un service de protection de l’enfance ou demandez conseil à votre superviseur.',
  },
  'guardian-consent-missing': {
    what: 'Pour un mineur, il faut l’accord du parent ou tuteur et celui de l’enfant.',
    todo: 'Recueillez les deux accords. Si le tuteur est un danger pour l’enfant, appelez votre superviseur.',
  },
  'code-invalid': {
    what: 'Ce code n’est pas juste : une lettre ou un chiffre ne va pas.',
    todo: 'Relisez le code sur le bon et tapez-le de nouveau.',
  },
  'card-not-a-card': {
    what: 'Ce fichier n’est pas la carte d’un centre.',
    todo: 'Demandez à l’autre centre d’enregistrer sa carte depuis sa page Échanges. Rien n’a été changé.',
  },
  'card-own': {
    what: 'C’est la carte de votre propre poste.',
    todo: 'Choisissez la carte de l’autre centre. Rien n’a été changé.',
  },
  'card-damaged': {
    what: 'Cette carte est abîmée ou a été modifiée.',
    todo: 'Demandez une nouvelle carte à l’autre centre. Rien n’a été changé.',
  },
  'training-no-exchange': {
    what: 'En mode exercice, rien ne part et rien n’arrive.',
    todo: 'Quittez le mode exercice pour échanger avec un autre centre.',
  },
  'nothing-to-send': {
    what: 'Il n’y a rien de nouveau pour ce centre.',
    todo: 'Aucun fichier n’est nécessaire aujourd’hui.',
  },
  'sync-not-a-sync-file': {
    what: 'Ce fichier n’est pas un fichier d’échange.',
    todo: 'Vérifiez que vous avez choisi le bon fichier sur la clé. Rien n’a été changé.',
  },
  'sync-incomplete': {
    what: 'Le fichier est incomplet : la copie a sans doute été interrompue.',
    exact: 'Le fichier est incomplet\u00a0: {copiedBytes} sur {wholeBytes} ont été copiés.',
    todo: 'Copiez le fichier de nouveau et éjectez la clé avant de la retirer. Rien n’a été changé.',
  },
  'sync-damaged': {
    what: 'Le fichier est abîmé.',
    exact: 'Le fichier est abîmé, à {percent}\u00a0% de sa longueur.',
    todo: 'Demandez à l’autre centre de le copier de nouveau, si possible sur une autre clé. Rien n’a été changé.',
  },
  'undo-too-late': {
    what: 'Cet import ne peut plus être annulé : un fichier plus récent ou un changement fait ici s’appuie sur lui.',
    todo: 'Corrigez les fiches concernées une à une, ou annulez d’abord l’import plus récent. Rien n’a été changé.',
  },
  'sync-not-for-you': {
    what: 'Ce fichier a été fait pour un autre poste que le vôtre, ou son début est abîmé.',
    todo: 'Donnez à l’autre centre un fichier fait ici, puis demandez-lui-en un pour votre centre. S’il n’ouvre pas le vôtre non plus, ou manque dans votre liste\u00a0: échangez de nouveau vos cartes et comparez les six mots, car un poste remis en arrière oublie les cartes lues depuis. Rien n’a été changé.',
  },
  'sync-for-old-key': {
    what: 'Ce fichier a été fait pour un autre poste, ou pour une ancienne clé de ce poste qui n’existe plus.',
    todo: 'Envoyez d’abord un fichier à ce centre : il apprendra votre nouvelle clé. Puis demandez-lui un nouveau fichier. S’il n’ouvre pas le vôtre non plus\u00a0: échangez de nouveau vos cartes et comparez les six mots. Rien n’a été changé.',
  },
  'sync-needs-passphrase': {
    what: 'Ce fichier est protégé par une phrase secrète.',
    todo: 'Demandez à l’expéditeur un fichier fait pour votre centre.',
  },
  'sync-unknown-sender': {
    what: 'Ce fichier vient d’un poste que vous ne connaissez pas encore, ou plus.',
    exact: 'Ce fichier se dit du centre {site}, mais il vient d’un poste que vous ne connaissez pas encore, ou plus.',
    todo: 'Prenez d’abord le fichier du bureau national, qui tient la liste des postes\u202f; ou lisez la carte de ce poste et comparez les six mots, même si vous connaissez un autre poste du même centre. Un poste remis en arrière oublie les cartes lues depuis. Rien n’a été changé.',
  },
  'sync-bad-signature': {
    what: 'Ce fichier n’a pas été écrit par le centre qu’il annonce.',
    todo: 'Ne l’utilisez pas. Appelez ce centre et prévenez votre superviseur. Rien n’a été changé.',
  },
  'sync-revoked-sender': {
    what: 'Le poste qui a fait ce fichier est signalé perdu ou compromis.',
    exact: 'Le poste de {site} qui a fait ce fichier est signalé perdu ou compromis depuis le {at}.',
    todo: 'N’utilisez pas ce fichier, gardez la clé USB et appelez le bureau national. Rien n’a été changé.',
  },
  'sync-missing-earlier': {
    what: 'Il manque un fichier plus ancien de ce centre.',
    exact: 'Il manque les nouveautés n° {from} à {to}, d’un fichier plus ancien.',
    todo: 'Si vous avez le fichier précédent, lisez-le d’abord. Sinon, préparez un fichier pour ce centre\u00a0: il lui dira ce qui manque, et son prochain fichier l’apportera. Rien n’a été changé.',
  },
  'sync-already-imported': {
    what: 'Ce fichier a déjà été reçu.',
    exact: 'Ce fichier a déjà été enregistré le {at}.',
    todo: 'Il n’y a rien à faire. Rien n’a été changé.',
  },
  'sync-older-than-yours': {
    what: 'Vous avez déjà reçu un fichier plus récent de ce centre.',
    todo: 'Il n’y a rien à faire, sauf si le centre vous demande de le lire. Rien n’a été changé.',
  },
  'sync-fork': {
    what: 'Ce poste a été remis à une ancienne sauvegarde et a ensuite écrit autre chose.',
    todo: 'N’importez pas. Appelez votre superviseur et l’autre centre. Rien n’a été changé.',
  },
  'sync-newer-app': {
    what: 'Ce fichier a été écrit par une version plus récente de l’application.',
    todo: 'Mettez l’application à jour sur ce poste, puis recommencez. Rien n’a été changé.',
  },
  'sync-too-large': {
    what: 'Ce fichier est trop grand pour être sûr.',
    todo: 'Prévenez l’autre centre et votre superviseur. Rien n’a été changé.',
  },
  'sync-too-slow': {
    what: 'La lecture de ce fichier a duré plus d’une demi-heure et a été arrêtée.',
    todo: 'Fermez les autres programmes et réessayez. Si cela se répète, demandez à l’autre centre un fichier plus petit. Rien n’a été changé.',
  },
  'sync-suspicious': {
    what: 'Ce fichier contient ce qu’un fichier d’échange ne doit pas contenir.',
    todo: 'Ne l’utilisez pas. Prévenez l’autre centre et votre superviseur. Rien n’a été changé.',
  },
  'sync-rules-violated': {
    what: 'Ce fichier contient des informations que ce centre n’a pas le droit d’écrire.',
    todo: 'Ne l’utilisez pas. Prévenez votre superviseur. Rien n’a été changé.',
  },
} as const
