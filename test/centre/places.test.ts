import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { loadReferenceData } from '#main/centre/reference-data.ts'
import { repositoryShipped } from '../support/fake-ports.ts'

const { places } = loadReferenceData(repositoryShipped)

/** The first places found, each with all that tells it from another. */
const found = (text: string, language: 'fr' | 'en' = 'fr') =>
  places.search(text, 30).map(({ place, locality }) => {
    const unit = `${language === 'en' && place.nameEn ? place.nameEn : place.name} / ${places.within(place, language)}`
    return locality === '' ? unit : `${locality}, ${unit}`
  })

describe('places', () => {
  it('tells Mémé of Mayo-Sava from Meme of the South-West, each with its whole path', () => {
    const both = ['Mémé, Mora / Mayo-Sava, Extrême-Nord', 'Meme / Sud-Ouest']
    expect(found('Mémé').slice(0, 2)).toEqual(both)
    expect(found('meme').slice(0, 2)).toEqual([both[1], both[0]])
    expect(found('meme mayo sava')[0]).toBe(both[0])
    expect(found('meme south west', 'en')[0]).toBe('Meme / South-West')
  })

  it('lists every place of one name: Bonamoussadi, Mokolo, Bali', () => {
    expect(found('Bonamoussadi')).toEqual([
      'Bonamoussadi, Yaoundé 3e / Mfoundi, Centre',
      'Bonamoussadi, Douala 5e / Wouri, Littoral',
    ])
    expect(found('mokolo').slice(0, 3)).toEqual([
      'Mokolo / Mayo-Tsanaga, Extrême-Nord',
      'Mokolo, Yaoundé 2e / Mfoundi, Centre',
      'Mayo-Tsanaga / Extrême-Nord',
    ])
    expect(found('bali')).toEqual(
      expect.arrayContaining([
        'Bali / Mezam, Nord-Ouest',
        'Bali, Douala 1er / Wouri, Littoral',
        'Balikumbat / Ngo-Ketunjia, Nord-Ouest',
      ]),
    )
  })

  it.each([
    ['far north', 'Extrême-Nord / '],
    ['EXTREME NORD', 'Extrême-Nord / '],
    ['mayo sava', 'Mayo-Sava / Extrême-Nord'],
    ['mayosava', 'Mayo-Sava / Extrême-Nord'],
    ['ɗargala', 'Dargala / Diamaré, Extrême-Nord'],
    ['Ɓogo', 'Bogo / Diamaré, Extrême-Nord'],
    ['kusseri', 'Kousséri / Logone-et-Chari, Extrême-Nord'],
    ['fort foureau', 'Kousséri / Logone-et-Chari, Extrême-Nord'],
    ['kousserie', 'Kousséri / Logone-et-Chari, Extrême-Nord'],
    ['Bamenda II', 'Bamenda 2e / Mezam, Nord-Ouest'],
    ['victoria', 'Limbé 1er / Fako, Sud-Ouest'],
    ['Bouea', 'Buéa / Fako, Sud-Ouest'],
    ['tokombere', 'Tokombéré / Mayo-Sava, Extrême-Nord'],
    ['tokombré', 'Tokombéré / Mayo-Sava, Extrême-Nord'],
    ['kolofta', 'Kolofata / Mayo-Sava, Extrême-Nord'],
    ['mungo', 'Moungo / Littoral'],
    ['yaunde 3', 'Yaoundé 3e / Mfoundi, Centre'],
    ['banso', 'Kumbo / Bui, Nord-Ouest'],
    ['Minawaou', 'Minawao, Mokolo / Mayo-Tsanaga, Extrême-Nord'],
    ['amchide', 'Amchidé, Kolofata / Mayo-Sava, Extrême-Nord'],
  ])('finds %s first, whatever its spelling', (typed, first) => {
    expect(found(typed)[0]).toBe(first)
  })

  it('finds nothing for a place that is in no list, and for no letters at all', () => {
    expect(['Zzyzx', 'Djalingo-Karewa', '', '  ', '!?'].map((text) => found(text))).toEqual([[], [], [], [], []])
  })

  it('every locality lies in an arrondissement of another name, and stands once there', () => {
    const rows: { name: string; pcode: string }[] = parse(repositoryShipped.text('reference/localities.csv'), { columns: true })
    expect(rows.length).toBeGreaterThan(60)
    const wrong = rows.filter((r) => {
      const unit = places.get(r.pcode)
      return unit?.level !== 'arrondissement' || unit.name === r.name
    })
    expect(wrong).toEqual([])
    expect(new Set(rows.map((r) => `${r.name} ${r.pcode}`)).size).toBe(rows.length)
  })

  it('puts a stored place into words of either language', () => {
    expect(places.answerInWords('CM004', 'en')).toBe('Far North')
    expect(places.answerInWords('CM004005002:Mémé', 'fr')).toBe('Mémé (Mora)')
    expect(['Djalingo', 'CM999', ':unknown'].map((a) => places.answerInWords(a, 'fr'))).toEqual(['Djalingo', 'CM999', 'unknown'])
  })
})
