import { nationalStream } from '#shared/sync/stream.ts'
import type { RegisterValue } from '../../storage/journaled-tables.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { findPointByExternalId } from './directory-repository.ts'
import type { DirectoryLine } from './read-directory-csv.ts'

const securityTypes = ['police', 'gendarmerie', 'army', 'security']

interface LineFields {
  readonly organization: Record<string, RegisterValue>
  readonly service: Record<string, RegisterValue>
  readonly point: Record<string, RegisterValue>
}

function fieldsOf(line: DirectoryLine): LineFields {
  const flag = (on: boolean) => (on ? 1 : 0)
  return {
    organization: {
      name_fr: line.nameFr,
      name_en: line.nameEn,
      org_type: line.providerType,
      phone: line.phone,
      email: line.email,
      security_actor: flag(securityTypes.includes(line.providerType)),
      is_sample: flag(line.isSample),
    },
    service: {
      name_fr: line.nameFr,
      name_en: line.nameEn,
      status: 'active',
      cost: line.cost,
      capacity: line.capacity,
      capacity_unit: line.capacityUnit,
      external_id: line.externalId,
      is_sample: flag(line.isSample),
      sensitive: flag(line.sensitive),
      sectors: line.sectors,
      types: line.types,
      target_groups: line.targetGroups,
      languages: line.languages,
      accessibility: line.accessibility,
    },
    point: {
      pcode: line.pcode,
      locality: line.locality,
      phone: line.phone,
      hours: line.hours,
      hide_location: flag(line.hideLocation),
      verified_on: line.verifiedOn,
    },
  }
}

/** What taking a line would do, without doing it. */
export function lineEffect(db: ReadableDb, line: DirectoryLine): 'added' | 'updated' | 'unchanged' {
  const known = findPointByExternalId(db, line.externalId)
  if (!known) return 'added'
  const wanted = fieldsOf(line)
  const same = (field: string, value: RegisterValue) => {
    const stored = (known as unknown as Record<string, unknown>)[field]
    if (field === 'verified_on') return (known.verified_on ?? '') >= (line.verifiedOn ?? '')
    // a list of codes is a set: its stored order is not the file's
    return Array.isArray(value) ? stored === JSON.stringify(value.toSorted()) : (stored ?? '') === (value ?? '')
  }
  // an organisation's own fields are compared by name, which is the service's too in this file
  const fields = { ...wanted.service, ...wanted.point }
  return Object.entries(fields).every(([f, v]) => same(f, v)) ? 'unchanged' : 'updated'
}

/** Adds or updates organisation, service and service point of a line; a later verification of ours is kept. */
export function storeDirectoryLine(unit: WriteUnit, line: DirectoryLine): 'added' | 'updated' | 'unchanged' {
  const effect = lineEffect(unit, line)
  const fields = fieldsOf(line)
  if (effect === 'added') {
    const organization = unit.insert('organization', { stream: nationalStream, fields: fields.organization })
    const service = unit.insert('service', {
      stream: nationalStream,
      fields: { ...fields.service, organization_id: organization },
    })
    unit.insert('service_point', { stream: nationalStream, fields: { ...fields.point, service_id: service } })
  }
  const known = effect === 'updated' ? findPointByExternalId(unit, line.externalId) : undefined
  if (known) {
    const { verified_on: verified, ...point } = fields.point
    const newer = typeof verified === 'string' && verified > (known.verified_on ?? '')
    unit.change('organization', known.organization_id, fields.organization)
    unit.change('service', known.service_id, fields.service)
    unit.change('service_point', known.id, { ...point, ...(newer ? { verified_on: verified } : {}) })
  }
  return effect
}
