import type { TreeFault } from './form-tree.ts'
import type { ExpressionFault } from './xpath-syntax.ts'

/** What may be wrong with a form that somebody wrote. */
export type FaultCode =
  | ExpressionFault
  | TreeFault['fault']
  | 'cycle'
  | 'sheet-missing'
  | 'sheet-empty'
  | 'column-missing'
  | 'column-unknown'
  | 'column-twice'
  | 'language-unknown'
  | 'cell-formula'
  | 'cell-too-long'
  | 'cell-value'
  | 'type-missing'
  | 'type-unknown'
  | 'type-left-out'
  | 'name-wrong'
  | 'list-missing'
  | 'list-unused'
  | 'choice-code'
  | 'choice-twice'
  | 'choice-reserved'
  | 'choice-in-use'
  | 'words-missing'
  | 'calculation-of-group'
  | 'calculation-of-past'
  | 'message-missing'
  | 'sensitivity-missing'
  | 'too-many-rows'
  | 'asks-violence'
  | 'sensitivity-wrong'
  | 'text-too-long'
  | 'form-unknown'
  | 'question-outside'
  | 'version-taken'
  | 'form-too-large'
  | 'desk-question'
  | 'desk-question-changed'
  | 'desk-choice'
  | 'question-in-use'

/** One fault, where an author finds it in Excel. */
export interface FormFault {
  readonly code: FaultCode
  /** An error stops the form from being published; a warning does not. */
  readonly weight: 'error' | 'warning'
  readonly sheet: 'survey' | 'choices' | 'settings'
  /** Number of the row in Excel, from 1; 0 when it is about the whole sheet. */
  readonly row: number
  /** The heading of the column, '' when it is about the whole row. */
  readonly column: string
  /** The text that it is about. */
  readonly about: string
  /** The name of the question, '' outside one. */
  readonly question: string
}

interface Said {
  readonly fr: string
  readonly en: string
}
const said = (fr: string, en: string): Said => ({ fr, en })

/** What each fault means and what to do, `{about}` being the text that it is about. */
export const faultWords: Readonly<Record<FaultCode, Said>> = {
  'expression-character': said('Caractère inattendu « {about} » : retirez-le.', 'Unexpected character “{about}”: take it out.'),
  'expression-end': said('La formule s’arrête trop tôt : complétez-la.', 'The expression ends too early: complete it.'),
  'expression-expected': said('Il manque « {about} » ou le signe n’est pas à sa place.', '“{about}” is missing or out of place.'),
  'expression-rest': said(
    '« {about} » est de trop : retirez-le ou reliez-le par and, or, +…',
    '“{about}” is too much: take it out or join it by and, or, +…',
  ),
  'expression-deep': said(
    'Formule trop longue ou trop de parenthèses : découpez-la en calculs.',
    'Too long or too many brackets: split it into calculations.',
  ),
  'expression-unsupported': said(
    '« {about} » n’est pas pris en charge dans une formule : voyez la liste.',
    '“{about}” is not supported in an expression: see the list.',
  ),
  'function-unknown': said(
    'La fonction « {about} » n’est pas prise en charge : voyez la liste.',
    'The function “{about}” is not supported: see the list.',
  ),
  'function-arguments': said(
    'La fonction « {about} » n’est pas employée comme il faut.',
    'The function “{about}” is not used as it must be.',
  ),
  'reference-missing': said(
    '« {about} » n’existe pas dans ce formulaire : corrigez le nom.',
    '“{about}” is not in this form: correct the name.',
  ),
  cycle: said(
    'Ces questions dépendent en rond les unes des autres : {about}.',
    'These questions depend on each other in a circle: {about}.',
  ),
  'group-not-closed': said(
    'Le groupe « {about} » n’est pas fermé : ajoutez end_group ou end_repeat.',
    'The group “{about}” is not closed: add end_group or end_repeat.',
  ),
  'group-not-opened': said('« {about} » ne ferme aucun groupe ouvert.', '“{about}” closes no open group.'),
  'name-missing': said('Cette ligne n’a pas de nom : donnez-lui-en un.', 'This row has no name: give it one.'),
  'name-twice': said(
    'Le nom « {about} » est déjà pris : choisissez-en un autre.',
    'The name “{about}” is taken: choose another.',
  ),
  'nested-too-deep': said(
    'Trop de groupes les uns dans les autres : 20 au plus.',
    'Too many groups within each other: 20 at most.',
  ),
  'sheet-missing': said('La feuille « {about} » manque.', 'The sheet “{about}” is missing.'),
  'sheet-empty': said('La feuille « {about} » est vide.', 'The sheet “{about}” is empty.'),
  'column-missing': said('La colonne « {about} » manque.', 'The column “{about}” is missing.'),
  'column-unknown': said('La colonne « {about} » n’est pas reprise.', 'The column “{about}” is not taken over.'),
  'column-twice': said(
    'La colonne « {about} » est là deux fois : gardez-en une.',
    'The column “{about}” is there twice: keep one.',
  ),
  'language-unknown': said(
    'Langue sans code : écrivez « label::Français (fr) » et non « {about} ».',
    'Language without a code: write “label::English (en)”, not “{about}”.',
  ),
  'cell-formula': said(
    'Cette case contient une formule d’Excel : remplacez-la par son texte.',
    'This cell holds an Excel formula: replace it by its text.',
  ),
  'cell-too-long': said('Texte trop long dans cette case.', 'The text of this cell is too long.'),
  'cell-value': said('« {about} » n’est pas une valeur possible ici.', '“{about}” is not possible here.'),
  'type-missing': said('Cette ligne n’a pas de type.', 'This row has no type.'),
  'type-unknown': said('Le type « {about} » n’est pas pris en charge.', 'The type “{about}” is not supported.'),
  'type-left-out': said(
    'Le type « {about} » n’est pas repris : le poste note lui-même qui et quand.',
    'The type “{about}” is not taken over: the desk notes who and when itself.',
  ),
  'name-wrong': said(
    '« {about} » n’est pas un nom : lettres sans accent, chiffres, _ et - ; 60 caractères au plus.',
    '“{about}” is no name: plain letters, digits, _ and -; 60 characters at most.',
  ),
  'list-missing': said(
    'La liste « {about} » n’est pas dans la feuille choices.',
    'The list “{about}” is not in the sheet choices.',
  ),
  'list-unused': said('La liste « {about} » n’est employée par aucune question.', 'The list “{about}” is used by no question.'),
  'choice-code': said(
    'Le code « {about} » contient une espace ou manque : corrigez-le.',
    'The code “{about}” holds a space or is missing: correct it.',
  ),
  'choice-twice': said('Le code « {about} » est deux fois dans sa liste.', 'The code “{about}” is twice in its list.'),
  'choice-reserved': said(
    'Le code « {about} » ne peut avoir qu’un sens : « ne sait pas » ou « ne souhaite pas répondre ».',
    'The code “{about}” has one meaning only: “does not know” or “prefers not to answer”.',
  ),
  'choice-in-use': said(
    'Réponse retirée mais employée : {about}. Elle reste visible dans ces dossiers.',
    'Choice taken out but in use: {about}. It stays visible in those records.',
  ),
  'words-missing': said('Texte manquant en {about}.', 'Words missing in {about}.'),
  'calculation-of-group': said(
    'Un groupe ou une répétition n’a pas de valeur : mettez le calcul sur une question.',
    'A group or a repeat has no value: put the calculation on a question.',
  ),
  'calculation-of-past': said(
    'Un calcul ne se sert pas de « {about} » : aucun score ne porte sur un passé ni sur un filtrage. Retirez-le du calcul.',
    'A calculation makes no use of “{about}”: no score is about a past or a screening. Take it out of the calculation.',
  ),
  'message-missing': said(
    'Cette contrainte n’a pas de message : la personne ne saura pas quoi corriger.',
    'This constraint has no message: nobody will know what to correct.',
  ),
  'sensitivity-missing': said(
    'La sensibilité manque : public, restricted ou confidential. Confidentiel en attendant.',
    'The sensitivity is missing: public, restricted or confidential. Confidential until then.',
  ),
  'too-many-rows': said('Trop de lignes : {about} au plus.', 'Too many rows: {about} at most.'),
  'asks-violence': said(
    'Un formulaire général ne parle pas de violences subies : « {about} ».',
    'A general form does not speak of violence suffered: “{about}”.',
  ),
  'sensitivity-wrong': said(
    'La classe « {about} » n’appartient pas à ce formulaire.',
    'The class “{about}” does not belong to this form.',
  ),
  'text-too-long': said(
    'Un texte de l’enveloppe a 60 caractères au plus : limitez-le par une contrainte.',
    'A text of the envelope has 60 characters at most: limit it by a constraint.',
  ),
  'form-unknown': said(
    'Le nom « {about} » est réservé : écrivez un autre nom dans form_id.',
    'The name “{about}” is reserved: write another name in form_id.',
  ),
  'question-outside': said(
    'La question « {about} » n’est dans aucun groupe : mettez-la entre begin_group et end_group.',
    'The question “{about}” stands in no group: put it between begin_group and end_group.',
  ),
  'version-taken': said(
    'La version « {about} » existe déjà et ne change plus : écrivez-en une nouvelle.',
    'Version “{about}” exists already and does not change any more: write a new one.',
  ),
  'form-too-large': said(
    'Ce formulaire est trop grand pour être envoyé aux centres : raccourcissez des textes ou des listes.',
    'This form is too large to be sent to the centres: shorten texts or lists.',
  ),
  'desk-question': said(
    'La question « {about} » ne peut pas être retirée : le poste lui-même en a besoin. Remettez-la.',
    'The question “{about}” cannot be taken out: the desk itself needs it. Put it back.',
  ),
  'desk-question-changed': said(
    'Cette case de « {about} » ne peut pas changer : le poste lui-même la lit. Remettez ce qui était écrit.',
    'This cell of “{about}” cannot change: the desk itself reads it. Put back what was written.',
  ),
  'desk-choice': said(
    'La réponse « {about} » ne peut pas être retirée : le poste lui-même la lit. Remettez-la.',
    'The choice “{about}” cannot be taken out: the desk itself reads it. Put it back.',
  ),
  'question-in-use': said(
    'Question retirée mais remplie : {about}. Ses réponses restent gardées dans ces dossiers.',
    'Question taken out but filled in: {about}. Its answers stay in those records.',
  ),
}

const warnings: readonly FaultCode[] = [
  'column-unknown',
  'type-left-out',
  'list-unused',
  'choice-in-use',
  'question-in-use',
  'message-missing',
  'sensitivity-missing',
  'choice-reserved',
]

/** A fault with its weight. */
export function fault(code: FaultCode, at: Partial<Omit<FormFault, 'code' | 'weight'>>): FormFault {
  const weight = warnings.includes(code) ? 'warning' : 'error'
  return { code, weight, sheet: 'survey', row: 0, column: '', about: '', question: '', ...at }
}

/** A fault in words: where it is, what is wrong, what to do. */
export function faultSentence(f: FormFault, language: 'fr' | 'en'): string {
  const where =
    language === 'fr'
      ? `${f.sheet}${f.row > 0 ? `, ligne ${f.row}` : ''}${f.column === '' ? '' : `, colonne ${f.column}`}`
      : `${f.sheet}${f.row > 0 ? `, row ${f.row}` : ''}${f.column === '' ? '' : `, column ${f.column}`}`
  const colon = language === 'fr' ? '\u00a0: ' : ': '
  return `${where}${colon}${faultText(f, language)}`
}

/** What is wrong and what to do, without the place. */
export function faultText(f: FormFault, language: 'fr' | 'en'): string {
  const words = faultWords[f.code][language]
  return (language === 'fr' ? frenchSpaces(words) : words).replaceAll('{about}', () => f.about)
}

/** French wants a space that does not break before : ; ! ? and within « ». */
export function frenchSpaces(text: string): string {
  return text
    .replace(/ ([:»])/g, '\u00a0$1')
    .replace(/ ([;!?])/g, '\u202f$1')
    .replace(/« /g, '«\u00a0')
}
