import { FormPack } from './form-pack.ts'

/** The model that an author begins with: each column once, two questions and a rule. Its id is nobody's, so that it is not published as it is. */
export const modelForm: FormPack = FormPack.parse({
  format: 1,
  id: 'form_id',
  version: '1',
  title: { fr: 'Titre du formulaire', en: 'Title of the form' },
  languages: [
    { code: 'fr', name: 'Français' },
    { code: 'en', name: 'English' },
  ],
  defaultLanguage: 'fr',
  survey: [
    { type: 'begin_group', name: 'section_1', label: { fr: 'Première section', en: 'First section' } },
    {
      type: 'select_one',
      list: 'yes_no',
      name: 'question_1',
      label: { fr: 'Une question à choix', en: 'A question with choices' },
      hint: { fr: 'Une aide pour la personne qui remplit', en: 'A help for whoever fills it in' },
      required: 'yes',
      requiredMessage: { fr: 'Choisissez une réponse.', en: 'Choose an answer.' },
      sensitivity: 'restricted',
      tier: 2,
    },
    {
      type: 'integer',
      name: 'question_2',
      label: { fr: 'Un nombre, demandé seulement après « oui »', en: 'A number, asked only after “yes”' },
      relevant: "${question_1} = 'yes'",
      constraint: '. >= 0 and . <= 10',
      constraintMessage: { fr: 'Un nombre de 0 à 10.', en: 'A number from 0 to 10.' },
      sensitivity: 'restricted',
      tier: 2,
    },
    { type: 'end_group', name: '' },
  ],
  choices: {
    yes_no: [
      { name: 'yes', label: { fr: 'Oui', en: 'Yes' } },
      { name: 'no', label: { fr: 'Non', en: 'No' } },
    ],
  },
})
