import type { ServiceRow, VerifiedHow } from '#shared/directory/contract.ts'
import { freshness } from '#shared/directory/freshness.ts'
import type { Gazetteer } from '#shared/reference/gazetteer.ts'
import { storedJson } from '../../storage/stored-json.ts'
import type { PointRecord } from './directory-repository.ts'

const verifiedHows: readonly VerifiedHow[] = ['visit', 'phone', 'document', 'partner']
const list = (text: string): string[] => [...storedJson<readonly string[]>(text)]

/** A service as the page shows it; a hidden location is not shown (safe houses). `day` is YYYY-MM-DD. */
export function serviceRow(point: PointRecord, places: Gazetteer, day: string): ServiceRow {
  const hidden = point.hide_location === 1
  const arrondissement = hidden || point.pcode === null ? undefined : places.get(point.pcode)
  const department = arrondissement && places.get(arrondissement.parent)
  const region = department && places.get(department.parent)
  return {
    id: point.id,
    name: { fr: point.name_fr ?? '', en: point.name_en ?? point.name_fr ?? '' },
    sectors: list(point.sectors),
    types: list(point.types),
    place: {
      pcode: arrondissement?.pcode ?? '',
      arrondissement: arrondissement?.name ?? '',
      department: department?.name ?? '',
      region: region?.name ?? '',
      locality: hidden ? '' : (point.locality ?? ''),
      hidden,
    },
    phone: point.phone ?? '',
    hours: point.hours ?? '',
    cost: point.cost ?? '',
    targetGroups: list(point.target_groups),
    languages: list(point.languages),
    accessibility: list(point.accessibility),
    capacity: point.capacity === null ? null : { number: point.capacity, unit: point.capacity_unit ?? '' },
    status: point.status === 'inactive' || point.status === 'to-verify' ? point.status : 'active',
    verifiedOn: point.verified_on,
    verifiedHow: verifiedHows.find((h) => h === point.verified_how) ?? null,
    verifiedBy: point.verified_on === null ? '' : (point.verified_name ?? ''),
    freshness: freshness(point.verified_on, day),
    securityActor: point.security_actor === 1,
    isSample: point.is_sample === 1,
  }
}
