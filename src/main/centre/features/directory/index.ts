import type { directoryContract } from '#shared/directory/contract.ts'
import { placeName, type Place } from '#shared/reference/gazetteer.ts'
import { Refusal } from '#shared/result.ts'
import { today } from '../../desk-day.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import { onePiece } from '../../crypto/one-piece.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { findPoint, searchPoints } from './directory-repository.ts'
import { csvCodes, csvModel } from './csv-model.ts'
import { csvImports } from './import-csv.ts'
import { serviceRow } from './service-row.ts'

export { readEncoding } from './csv-encoding.ts'
export { findPoint, type PointRecord, searchPoints } from './directory-repository.ts'
export { lineReference } from './import-csv.ts'
export { readDirectoryCsv } from './read-directory-csv.ts'
export type { DirectoryLine } from './read-line.ts'
export { serviceRow } from './service-row.ts'
export { storeDirectoryLine } from './store-directory-line.ts'

export const directoryHandlers = (reference: ReferenceData): Handlers<CentreCalls<typeof directoryContract>> => {
  const imports = csvImports(reference)
  const { places } = reference
  const shownPlace = (place: Place) => ({
    pcode: place.pcode,
    name: { fr: placeName(place, 'fr'), en: placeName(place, 'en') },
    within: { fr: places.within(place, 'fr'), en: places.within(place, 'en') },
  })
  return {
    'directory.taxonomy': () =>
      reference.taxonomy.filter((t) => !t.sensitive).map((t) => ({ code: t.code, parent: t.parent, label: { ...t.label } })),
    'directory.places': ({ text }) => places.search(text, 30).map(({ place, locality }) => ({ ...shownPlace(place), locality })),
    'directory.place'({ pcode }) {
      const place = places.get(pcode)
      if (!place) throw new Refusal('not-found')
      return shownPlace(place)
    },
    'directory.search'(input, { store, ports }) {
      const page = searchPoints(store, input)
      const day = today(ports.clock)
      return { rows: page.rows.map((p) => serviceRow(p, places, day)), next: page.next, total: page.total }
    },
    'directory.get'({ serviceId }, { store, ports }) {
      const point = findPoint(store, serviceId)
      if (!point || point.sensitive === 1) throw new Refusal('not-found')
      return serviceRow(point, places, today(ports.clock))
    },
    'directory.verify'({ serviceId, how }, { store, session, ports }) {
      const day = today(ports.clock)
      const held = findPoint(store, serviceId)
      if (!held || held.sensitive === 1) throw new Refusal('not-found')
      store.write((unit) => {
        unit.change('service_point', serviceId, { verified_on: day, verified_how: how, verified_by: session.userId })
        unit.audit({ action: 'directory.verify', object: serviceId, details: { how, before: held.verified_on ?? '' } })
      })
      return serviceRow(findPoint(store, serviceId) ?? held, places, day)
    },
    async 'directory.saveModel'({ file, what }, { ports }) {
      await ports.files.writeChosen(file, onePiece(what === 'model' ? csvModel() : csvCodes(reference)))
      return {}
    },
    'directory.previewCsv': (input, context) => imports.preview(input, context),
    'directory.importCsv': (input, context) => imports.import(input, context),
  }
}
