import type { exportsContract } from '#shared/exports/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { newestProfile } from '../national/index.ts'
import { countRows } from './export-rows.ts'
import { askForExport, decideExport, listRequests } from './requests.ts'
import { writeExport } from './write-export.ts'

/** Rows without names, asked for by a coordinator and allowed by the data-protection officer. Rows with an identity leave in no way (roles-and-audit.md). */
export const exportsHandlers = (reference: ReferenceData): Handlers<CentreCalls<typeof exportsContract>> => ({
  'exports.list': (_nothing, context) => listRequests(context),
  'exports.count': (_nothing, context) => countRows(newestProfile(context.store, reference).profile.pack, context),
  'exports.ask': (input, context) => askForExport(input, context),
  'exports.decide'(input, context) {
    decideExport(input, context)
    return {}
  },
  'exports.write': (input, context) => writeExport(input, newestProfile(context.store, reference).profile.pack, context),
})
