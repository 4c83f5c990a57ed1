/**
 * Other names of the languages of the form's list, by its codes: spellings, names of the people, names in other languages.
 *
 * Each is a name that somebody may say or type; the first ones stand beside the language in the list.
 */
export const languageNames: Readonly<Record<string, readonly string[]>> = {
  fra: ['French', 'Français'],
  eng: ['English', 'Anglais'],
  wes: ['Kamtok', 'Pidgin English', 'Pidgin-english', 'Camtok', 'Broken'],
  ful: ['Peul', 'Fula', 'Foulfouldé', 'Fulani', 'Foulani', 'Foulbé', 'Fulbe', 'Pulaar'],
  kau: ['Kanuri', 'Kanouri', 'Bornouan', 'Bornouane', 'Beriberi'],
  hau: ['Hausa', 'Haoussa', 'Aoussa'],
  shu: ['Arabe choa', 'Shuwa', 'Choa', 'Arabe tchadien', 'Chadian Arabic', 'Arabe', 'Arabic'],
  maf: ['Matakam', 'Mofa'],
  mfi: ['Wandala', 'Mandara', 'Malgwa', 'Gamergou'],
  glw: ['Gelvaxda', 'Guélébda'],
  kvj: ['Kapsiki', 'Psikye', 'Higi', 'Kapsigi'],
  gis: ['Giziga', 'Guiziga', 'Guizigua'],
  mua: ['Mundang', 'Moundang', 'Moudang'],
  mcn: ['Masa', 'Massa', 'Masana', 'Banana'],
  tui: ['Tupuri', 'Toupouri', 'Tpuri', 'Tupurri'],
  mug: ['Musgum', 'Mousgoum', 'Munjuk', 'Mulwi'],
  kot: ['Lagwan', 'Kotoko', 'Logone'],
  lns: ['Nso', 'Lamnso', 'Banso'],
  bax: ['Shüpamom', 'Bamum', 'Bamun', 'Foumban'],
  bfd: ['Bufut'],
  bkm: ['Itaŋikom', 'Kom'],
  lmp: ['Wimbum', 'Nkambe', 'Ndu'],
  mgo: ['Menemo', 'Moghamo', 'Meta'],
  ken: ['Banyang', 'Bayang', 'Nyang'],
  etu: ['Ekoi', 'Ejagam', 'Keaka'],
  bri: ['Bakweri', 'Kpe', 'Bakwiri', 'Bakoueri'],
  bss: ['Bakossi', 'Kossi', 'Akosse'],
  bdu: ['Bakundu', 'Balundu', 'Mbonge', 'Bakoundou'],
  sgn: ['LSF', 'ASL', 'Signes', 'Sourd', 'Deaf'],
}
