import { foldedServiceText } from '#shared/directory/search-words.ts'
import { nationalStream } from '#shared/sync/stream.ts'
import type { RegisterValue } from '../../storage/journaled-tables.ts'
import type { ReadableDb, WriteUnit } from '../../storage/store.ts'
import { directoryRowId } from './directory-row-id.ts'
import { findPoint, isHeld, type PointRecord } from './directory-repository.ts'
import type { DirectoryLine } from './read-line.ts'

const securityTypes = /\b(?:police|gendarme\w*|army|armee|military|militaire|security|securite|defen[cs]e)\b/
const securityNames = /\b(?:police|gendarme\w*|commissariat|army|armee|military|militaire)\b/

/** Police, gendarmerie, army, told by the type of provider or by the name: in doubt a minor is not sent there (H24). */
function isSecurityActor(line: DirectoryLine): boolean {
  return (
    securityTypes.test(foldedServiceText(line.providerType)) ||
    securityNames.test(foldedServiceText(`${line.nameFr} ${line.nameEn}`))
  )
}

type Fields = Readonly<Record<string, RegisterValue>>
interface LineFields {
  readonly organization: Fields
  readonly service: Fields
  readonly service_point: Fields
}
const kinds = ['organization', 'service', 'service_point'] as const

const flag = (on: boolean) => (on ? 1 : 0)

function fieldsOf(line: DirectoryLine): LineFields {
  return {
    organization: {
      name_fr: line.nameFr,
      name_en: line.nameEn,
      org_type: line.providerType,
      phone: line.phone,
      email: line.email,
      security_actor: flag(isSecurityActor(line)),
      is_sample: flag(line.isSample),
    },
    service: {
      name_fr: line.nameFr,
      name_en: line.nameEn,
      ...(line.status === null ? {} : { status: line.status }),
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
    service_point: {
      pcode: line.pcode,
      locality: line.locality,
      phone: line.phone,
      hours: line.hours,
      hide_location: flag(line.hideLocation),
    },
  }
}

/** A date in a file counts when it is later than ours; who and how then are the file's. */
function verification(line: DirectoryLine, heldDay: string | null): Fields {
  return line.verifiedOn !== null && line.verifiedOn > (heldDay ?? '')
    ? { verified_on: line.verifiedOn, verified_how: 'document', verified_by: null }
    : {}
}

const idOf = (kind: (typeof kinds)[number], line: DirectoryLine) => directoryRowId(kind, line.key)

/** The point under which this line was kept before its location was hidden and it got a uuid; it still tells the place. */
function tellingPoint(db: ReadableDb, line: DirectoryLine) {
  const point = line.hideLocation ? findPoint(db, directoryRowId('service_point', line.keyByName)) : undefined
  return point && point.hide_location !== 1 ? point : undefined
}

/** True when the row already says all that the line says. */
function saysIt(known: PointRecord, line: DirectoryLine): boolean {
  const wanted = fieldsOf(line)
  const held = known as unknown as Readonly<Record<string, unknown>>
  // lists are sets; the organisation's name and phone are the service's and the point's in such a file
  const same = ([field, value]: readonly [string, RegisterValue]) =>
    Array.isArray(value) ? held[field] === JSON.stringify(value.toSorted()) : (held[field] ?? '') === (value ?? '')
  return (
    Object.entries({ ...wanted.organization, ...wanted.service, ...wanted.service_point }).every(same) &&
    Object.keys(verification(line, known.verified_on)).length === 0
  )
}

type Effect = 'added' | 'updated' | 'unchanged'

/** What taking a line would do, without doing it. */
export function lineEffect(db: ReadableDb, line: DirectoryLine): Effect {
  return effectOn(findPoint(db, idOf('service_point', line)), db, line)
}

function effectOn(held: PointRecord | undefined, db: ReadableDb, line: DirectoryLine): Effect {
  if (!held) return 'added'
  return saysIt(held, line) && !tellingPoint(db, line) ? 'unchanged' : 'updated'
}

/** Adds or updates organisation, service and service point of a line; a later verification of ours is kept. */
export function storeDirectoryLine(unit: WriteUnit, line: DirectoryLine): Effect {
  const held = findPoint(unit, idOf('service_point', line))
  const effect = effectOn(held, unit, line)
  if (effect === 'unchanged') return effect
  const fields = fieldsOf(line)
  const extra: Partial<Record<(typeof kinds)[number], Fields>> = {
    service: { organization_id: idOf('organization', line) },
    service_point: { service_id: idOf('service', line), ...verification(line, held?.verified_on ?? null) },
  }
  for (const kind of kinds) {
    const id = idOf(kind, line)
    const wanted = { ...fields[kind], ...extra[kind] }
    if (isHeld(unit, kind, id)) unit.change(kind, id, wanted)
    else unit.insert(kind, { id, stream: nationalStream, fields: kind === 'service' ? { status: 'active', ...wanted } : wanted })
  }
  const telling = tellingPoint(unit, line)
  if (telling) {
    unit.change('service_point', telling.id, { pcode: null, locality: '', hide_location: 1 })
    unit.change('service', telling.service_id, { status: 'inactive' })
  }
  return effect
}
