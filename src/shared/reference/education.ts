/** What stands beside a level or certificate: classes and papers of both subsystems, and the attainment of ISCED 2011. */
export interface Schooling {
  /** The subsystem in French, as its people say it. */
  readonly francophone: string
  /** The subsystem in English. */
  readonly anglophone: string
  /** Level of attainment: completed levels count, a class that was only attended does not (UIS, ISCED 2011). '' for none. */
  readonly isced: string
  /** Further words by which it is found. */
  readonly words: string
}

/** Every name under which a level or certificate is looked for, each for itself. */
export function schoolingNames({ francophone, anglophone, words }: Schooling): readonly string[] {
  return [francophone, anglophone, words].flatMap((names) => names.split(', ')).filter(Boolean)
}

/** The list `education_level` of the profile. */
const levels: Readonly<Record<string, Schooling>> = {
  none: {
    francophone: 'Jamais à l’école, école coranique seulement',
    anglophone: 'Never at school, Koranic school only',
    isced: '0',
    words: 'aucun none zéro madrasa medersa makaranta almajiri alphabétisation literacy illettré',
  },
  pre: {
    francophone: 'Petite et grande section',
    anglophone: 'Nursery 1, Nursery 2',
    isced: '0',
    words: 'maternelle garderie kindergarten pre-nursery préscolaire',
  },
  pri_inc: {
    francophone: 'SIL, CP, CE1, CE2, CM1',
    anglophone: 'Class 1, Class 2, Class 3, Class 4, Class 5',
    isced: '0',
    words: 'cours préparatoire élémentaire moyen primary CM2 Class 6 non achevé not finished',
  },
  pri: {
    francophone: 'CM2, CEP',
    anglophone: 'Class 6, Class 7, FSLC',
    isced: '1',
    words: 'CEPE certificat d’études primaires first school leaving certificate primary',
  },
  sec1_inc: {
    francophone: '6e, 5e, 4e',
    anglophone: 'Form 1, Form 2, Form 3, Form 4',
    isced: '1',
    words: 'sixième cinquième quatrième collège secondary 3e troisième Form 5 non achevé not finished',
  },
  sec1: {
    francophone: '3e, BEPC',
    anglophone: 'Form 5, O Level',
    isced: '2',
    words: 'troisième collège GCE ordinary level',
  },
  sec2_inc: {
    francophone: '2de, 1re, Probatoire, Tle non achevée',
    anglophone: 'Lower Sixth, Upper Sixth not finished',
    isced: '2',
    words: 'seconde première terminale lycée L6 U6 high school',
  },
  sec2: {
    francophone: 'Tle, Bac',
    anglophone: 'Upper Sixth, A Level',
    isced: '3',
    words: 'terminale baccalauréat lycée U6 GCE advanced level high school',
  },
  tech: {
    francophone: 'CAP, BT, CQP, DQP',
    anglophone: 'ITC, ATC, CQP, DQP',
    isced: '2–3',
    words: 'CETIC lycée technique SAR SM CFR GTC GTHS technical college apprentissage vocational TVEE bac technique',
  },
  higher: {
    francophone: 'BTS, DUT, Licence, Master',
    anglophone: 'HND, Bachelor, Master',
    isced: '5–8',
    words: 'université university DEUG doctorat PhD degree maîtrise grande école HPD IDE',
  },
}

/** The list `diplomas` of the profile. */
const certificates: Readonly<Record<string, Schooling>> = {
  cep: {
    francophone: 'CEP',
    anglophone: 'FSLC',
    isced: '1',
    words: 'CEPE certificat d’études primaires first school leaving certificate',
  },
  bepc: { francophone: 'BEPC', anglophone: 'GCE O Level', isced: '2', words: 'brevet ordinary level' },
  cap: {
    francophone: 'CAP',
    anglophone: 'ITC',
    isced: '2',
    words: 'certificat d’aptitude professionnelle intermediate technical certificate',
  },
  prob: { francophone: 'Probatoire', anglophone: 'GCE A Level, 1 subject', isced: '2', words: 'probat première 1re' },
  bac: {
    francophone: 'Bac, BT, BP',
    anglophone: 'GCE A Level, ATC',
    isced: '3',
    words: 'A Level, baccalauréat advanced level brevet de technicien',
  },
  dqp: {
    francophone: 'CQP, DQP',
    anglophone: 'CQP, DQP',
    isced: '2–3',
    words: 'qualification professionnelle MINEFOP AFP attestation',
  },
  bts: {
    francophone: 'BTS, DUT',
    anglophone: 'HND, HPD',
    isced: '5',
    words: 'brevet de technicien supérieur higher national diploma',
  },
  uni: {
    francophone: 'Licence, Master, Doctorat',
    anglophone: 'Bachelor, Master, PhD',
    isced: '6–8',
    words: 'université university degree maîtrise ingénieur',
  },
  none: { francophone: '', anglophone: '', isced: '', words: 'aucun none' },
}

/** By the name of the form's list, then by its codes; a list that a later form adds has none. */
export const schooling: Readonly<Record<string, Readonly<Record<string, Schooling>>>> = {
  education_level: levels,
  diplomas: certificates,
}
