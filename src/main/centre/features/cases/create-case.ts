import { caseNumber } from '#shared/cases/case-number.ts'
import { allowsIdentity, informationPoints } from '#shared/cases/consent.ts'
import { administrativeSections, completeness, findQuestion, isAnswered, violations } from '#shared/forms/check-answers.ts'
import type { Answers, FormDefinition } from '#shared/forms/form-definition.ts'
import { Refusal } from '#shared/result.ts'
import { regionStream } from '#shared/sync/stream.ts'
import { today } from '../../desk-day.ts'
import type { CallContext } from '../../feature.ts'
import type { RegisterValue } from '../../storage/journaled-tables.ts'
import { endReception } from './drafts-repository.ts'

/** Answers as registers of the row; empty ones become null. */
export function answerRegisters(answers: Answers): Record<string, RegisterValue> {
  return Object.fromEntries(Object.entries(answers).map(([q, v]) => [`a_${q}`, isAnswered(v) ? v : null]))
}

/** Opens a case from the consent alone; see cases.create (H1, H4). */
export function createCase(
  { consent, draft }: { readonly consent: Answers; readonly draft?: string | undefined },
  form: FormDefinition,
  { store, session, ports }: CallContext,
): { id: string; number: string } {
  const day = today(ports.clock)
  const given = Object.keys(consent).filter((q) => !administrativeSections.includes(findQuestion(form, q)?.section.name ?? ''))
  if (given.length > 0) throw new Refusal('answer-invalid', { question: given[0] ?? '', problem: 'not-a-question' })
  const wrong = violations(form, consent, consent, day)[0]
  if (wrong && wrong.question !== 'info_points_given') throw new Refusal('answer-invalid', { ...wrong })
  const points = consent['info_points_given']
  if (!Array.isArray(points) || !informationPoints.every((p) => points.includes(p))) throw new Refusal('information-incomplete')
  if (!allowsIdentity(consent)) throw new Refusal('consent-missing')
  if (consent['consent_status'] === 'guardian' && (consent['consent_giver'] === 'self' || consent['child_assent'] !== 'yes')) {
    throw new Refusal('guardian-consent-missing')
  }
  for (const section of form.sections.filter((s) => administrativeSections.includes(s.name))) {
    const missing = completeness(form, section, consent, day).missing[0]
    if (missing !== undefined) throw new Refusal('answer-invalid', { question: missing, problem: 'required' })
  }
  return store.write((unit) => {
    const year = day.slice(0, 4)
    const number = caseNumber(session.site, Number(year), unit.next(`case-${year}`))
    const id = unit.insert('case', {
      stream: regionStream(session.site.code),
      fields: {
        number,
        status: 'draft',
        registered_on: day,
        form_version: form.version,
        created_by: session.userId,
        ...answerRegisters(consent),
      },
    })
    if (draft !== undefined) endReception(unit, session.userId, draft, id)
    unit.audit({ action: 'cases.create', object: id })
    return { id, number }
  })
}

/** The person refused or put off: only that a session was held, on which day and in which language (H6). */
export function recordInformationSession(
  input: {
    readonly consentStatus: 'refused' | 'deferred'
    readonly on: string
    readonly language: string
    readonly draft?: string | undefined
  },
  { store, session, ports }: CallContext,
): Record<string, never> {
  if (input.on > today(ports.clock)) throw new Refusal('bad-input', { field: 'on' })
  store.write((unit) => {
    const id = unit.insert('information_session', {
      stream: regionStream(session.site.code),
      fields: { held_on: input.on, outcome: input.consentStatus, language: input.language },
    })
    if (input.draft !== undefined) endReception(unit, session.userId, input.draft)
    unit.audit({ action: 'cases.recordInformationSession', object: id })
  })
  return {}
}
