import { useMemo } from 'react'
import { useCall } from '#renderer/api/call.ts'
import { useMay } from '#renderer/api/desk.ts'
import { accessInWords, groupsInWords, languagesInWords, openingHours } from '#renderer/features/directory/index.ts'
import { compiledOnce, useProfile } from '#renderer/features/forms/index.ts'
import { en } from '#renderer/i18n/en/index.ts'
import { formatDay } from '#renderer/i18n/format.ts'
import { useLanguage, useText, type Text } from '#renderer/i18n/text.tsx'
import { findQuestion } from '#shared/forms/check-answers.ts'
import { nameOfPath, nodeOfPath } from '#shared/forms/filled-form.ts'
import { answerRefused, answerUnknown, type FormDefinition, type Question } from '#shared/forms/form-definition.ts'
import { shownDate } from '#shared/forms/partial-date.ts'
import { instanceHere } from '#shared/forms/path-answers.ts'
import { wholeForm } from '#shared/forms/quick-card.ts'
import { occupationCode, readCodedText } from '#shared/reference/coded-text.ts'
import type { HistoryValue } from '#shared/history/contract.ts'
import { shownReferralCode } from '#shared/referrals/referral-code.ts'
import { codeOf } from '#shared/sync/entry.ts'

const { caseForms, referrals, directory, cases, people, rights, sync } = en
const has = <T extends object>(known: T, code: string): code is keyof T & string => Object.hasOwn(known, code)

/** Words of a field's code by the catalogues, or undefined when no catalogue knows it. */
function codeInWords(kind: string, field: string, code: string, text: Text): string | undefined {
  switch (field) {
    case 'code':
      return shownReferralCode(code)
    case 'status':
      if (kind === 'case') return has(cases.status, code) ? text(`cases.status.${code}`) : undefined
      if (kind === 'referral') return has(referrals.states, code) ? text(`referrals.states.${code}`) : undefined
      return has(sync.serviceStates, code) ? text(`sync.serviceStates.${code}`) : undefined
    case 'state':
      return has(caseForms.states, code) ? text(`caseForms.states.${code}`) : undefined
    case 'from_state':
    case 'to_state':
      return has(referrals.states, code) ? text(`referrals.states.${code}`) : undefined
    case 'priority':
      return has(referrals.priorities, code) ? text(`referrals.priorities.${code}`) : undefined
    case 'consent_method':
      return has(referrals.methods, code) ? text(`referrals.methods.${code}`) : undefined
    case 'consent_items':
      return has(referrals.itemNames, code) ? text(`referrals.itemNames.${code}`) : undefined
    case 'slip_language':
      return has(referrals.languages, code) ? text(`referrals.languages.${code}`) : undefined
    case 'told_by':
    case 'served_told_by':
      return has(referrals.tellers, code) ? text(`referrals.tellers.${code}`) : undefined
    case 'verified_how':
      return has(directory.how, code) ? text(`directory.how.${code}`) : undefined
    case 'cost':
      return has(directory.costs, code) ? text(`directory.costs.${code}`) : undefined
    case 'a_consent_withdrawal_scope':
      return has(rights.scopes, code) ? text(`rights.scopes.${code}`) : undefined
    case 'a_close_keep_reason':
      return has(rights.keepReasons, code) ? text(`rights.keepReasons.${code}`) : undefined
    case 'a_withdrawal_told':
      // key of the receiver, and the day
      return formatDay(code.slice(-10))
    case 'verdict':
      return has(people.verdicts, code) ? text(`people.verdicts.${code}`) : undefined
    case 'relation':
      return has(people.relations, code) ? text(`people.relations.${code}`) : undefined
    case 'hours':
    case 'provider_hours':
      return openingHours(code, text).join(' · ')
    case 'target_groups':
      return groupsInWords([code], text) || undefined
    case 'languages':
      return languagesInWords([code], text)
    case 'accessibility':
      return accessInWords([code], text)
    default:
      return yesOrNo.has(field) && /^(?:0|1|yes|no)$/.test(code)
        ? text(code === '1' || code === 'yes' ? 'sync.yes' : 'sync.no')
        : undefined
  }
}

const yesOrNo = new Set([
  'consent_given',
  'a_plan_agreed',
  'guardian_agrees',
  'child_assents',
  'security_actor',
  'sensitive',
  'hide_location',
  'is_sample',
])

/** Registers that name rows or computers by their ids: nothing that a person reads. */
const technical = new Set([
  'case_id',
  'service_point_id',
  'referral_id',
  'service_id',
  'organization_id',
  'created_by',
  'assigned_to',
  'assignment_asked_by',
  'origin_site',
  'origin_id',
  'form',
  'form_version',
  'external_id',
  'a_requests_open',
])

/** True for a register that tells a reader something. */
export function isReadable(register: string): boolean {
  return !technical.has(register.split('/')[0] ?? register)
}

export interface ChangeWords {
  /** The words of a register: the question as the form asks it, or the field's name; with a chosen code, that choice too. */
  readonly label: (kind: string, register: string) => string
  /** A value as one reads it; “empty” for none. */
  readonly value: (kind: string, register: string, value: HistoryValue) => string
  /** True for a register whose value is a place: a P-code, with or without a village beside it. */
  readonly isPlace: (kind: string, register: string) => boolean
}

/** A form of a case, by whose questions its registers are read. */
export interface FormNamed {
  readonly form: string
  readonly formVersion: string
  readonly isReadable: boolean
}

/** Words for the registers of the journal and their values, by the card's questions (or those of a form of the case) and the catalogues; undefined until the card is read. */
export function useChangeWords(of: FormNamed | null = null): ChangeWords | undefined {
  const text = useText()
  const language = useLanguage()
  const may = useMay()
  const readsCard = of === null && may('case.read')
  const card = useProfile({ enabled: readsCard })
  const readsForm = of?.isReadable === true
  const pack = useCall('caseForms.pack', { form: of?.form ?? '', version: of?.formVersion ?? '' }, readsForm)
  const profile = of === null ? card.form : pack.data && compiledOnce(pack.data)
  const error = card.error ?? pack.error
  const form = useMemo(() => profile && wholeForm(profile.pack), [profile])
  const taxonomy = useCall('directory.taxonomy', {}, may('directory.read'))
  if ((readsCard || readsForm) && !form && !error) return undefined
  const question = (field: string): Question | undefined =>
    field.startsWith('a_') && form ? findQuestion(form, nameOfPath(field.slice(2)))?.question : undefined
  const one = (kind: string, field: string, code: string): string => {
    const asked = question(field)
    if (asked) return answerInWords(form, asked, code)
    const term =
      field === 'need' || field === 'sectors' || field === 'types' ? taxonomy.data?.find((t) => t.code === code) : undefined
    return term?.label[language] ?? codeInWords(kind, field, code, text) ?? formatDay(code)
  }
  const answerInWords = (card: FormDefinition | undefined, asked: Question, code: string): string => {
    const chosen = card?.choices[asked.list ?? '']?.find((c) => c.name === code)
    if (chosen) return chosen.label[language]
    if (code === answerUnknown) return text('forms.unknown')
    if (code === answerRefused) return text('forms.refused')
    if (asked.type === 'dateTime') return shownDate(code)
    return asked.widget === 'occupation' ? readCodedText(code, occupationCode).text : formatDay(code)
  }
  /** Of an answer in a repeat: the repeat, and the question in it. */
  const answerName = (field: string): string | undefined => {
    const label = question(field)?.label[language]
    const repeat = field.includes('[') ? profile && nodeOfPath(profile, field.slice(2))?.repeats.at(-1) : undefined
    const around = repeat?.row.label?.[language]
    return label === undefined || around === undefined
      ? (label ?? around)
      : text('common.labelled', { label: around, words: label })
  }
  const fieldOf = (register: string) => register.split('/')[0] ?? register
  return {
    label: (kind, register) => {
      const field = fieldOf(register)
      const asked = /^a_request_[0-9a-f]{8}_(\w+)$/.exec(field)?.[1]
      if (asked !== undefined)
        return text('common.labelled', {
          label: text('rights.requests'),
          words:
            asked === 'kind'
              ? text('rights.requestPart.kind')
              : asked === 'about'
                ? text('rights.correctionAbout')
                : text('rights.requestPart.other'),
        })
      const name = answerName(field) ?? (has(sync.fieldNames, field) ? text(`sync.fieldNames.${field}`) : field)
      return register.includes('/') ? text('common.labelled', { label: name, words: one(kind, field, codeOf(register)) }) : name
    },
    value: (kind, register, value) => {
      if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
        return text(register.includes('/') ? 'sync.no' : 'sync.emptyValue')
      }
      if (register.includes('/')) return text(value === 1 ? 'sync.yes' : 'sync.no')
      if (register.endsWith(']')) return text(value === instanceHere ? 'forms.lineHere' : 'forms.lineGone')
      const codes = Array.isArray(value) ? value : [String(value)]
      return codes.map((code) => one(kind, register, code)).join(', ')
    },
    isPlace: (_kind, register) => register === 'pcode' || question(register)?.type === 'place',
  }
}
