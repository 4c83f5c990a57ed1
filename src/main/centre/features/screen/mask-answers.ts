import type { CaseFormFile, CaseFormRow } from '#shared/case-forms/contract.ts'
import type { CaseFile, CaseRow } from '#shared/cases/contract.ts'
import type { CallName, CallOutput, CallReceived } from '#shared/contract.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import type { HistoryEntry } from '#shared/history/contract.ts'
import type { LinkedCase, PairDecision } from '#shared/people/contract.ts'
import type { ReferralFile, ReferralRow } from '#shared/referrals/contract.ts'
import { pathOfRegister } from '#shared/review/waiting-answers.ts'
import { maskedText } from '#shared/screen/contract.ts'
import type { CallContext } from '../../feature.ts'
import { findCaseForm } from '../case-forms/index.ts'
import { findReferral } from '../referrals/index.ts'
import type { Store } from '../../storage/store.ts'
import { caseSight, partOf, seenAnswers } from './case-sight.ts'
import { screenOf } from './screen-state.ts'

type Seen = ReturnType<typeof caseSight>
interface Asked<K extends CallName> {
  readonly input: CallReceived<K>
  readonly form: CompiledForm
  readonly sight: (caseId: string) => Seen
  readonly isHidden: (caseId: string) => boolean
  readonly safe: boolean
  /** The case of a referral, or undefined. */
  readonly caseOf: (referralId: string) => string | undefined
  readonly ofCaseForm: CaseFormSights
}
type WhichForm = Pick<CaseFormRow, 'form' | 'formVersion'>
/** What is seen of forms of a case: nothing of them is of the card. */
interface CaseFormSights {
  readonly sight: (caseId: string) => Seen
  readonly caseOf: (caseFormId: string) => string | undefined
  readonly formOf: (which: WhichForm) => CompiledForm | undefined
}
type Masks = { readonly [K in CallName]?: (value: CallOutput<K>, asked: Asked<K>) => CallOutput<K> }
type Sights = Pick<Asked<CallName>, 'sight'>

/** Initials, for whoever must know only that a person is there; dots where a reason shows the name. */
function masked(name: string, { reasonOpens }: Seen, safe: boolean): string {
  if (name === '') return ''
  const initials = name.match(/(?<!\p{L})\p{L}/gu)?.join('. ') ?? ''
  if (safe) return maskedText
  return reasonOpens ? `${initials}. ${maskedText}` : `${initials}.`
}

const caseRow = (row: CaseRow, { sight, safe }: Sights & { readonly safe: boolean }): CaseRow => {
  const seen = sight(row.id)
  if (seen.identity) return row
  const shown = { ...row, name: masked(row.name, seen, safe) }
  return seen.restricted || safe
    ? shown
    : { ...shown, sex: '', ageYears: null, answered: 0, toAnswer: 0, referralsOpen: 0, counsellor: '', askedBy: '' }
}

const caseFile = (file: CaseFile, asked: Sights & { readonly form: CompiledForm; readonly safe: boolean }): CaseFile => {
  const seen = asked.sight(file.row.id)
  return {
    ...file,
    row: caseRow(file.row, asked),
    answers: seenAnswers(asked.form, file.answers, seen),
    editable: file.editable && seen.identity,
    masked: !seen.identity,
    confidential: seen.confidential,
  }
}

const caseFormFile = (file: CaseFormFile, { ofCaseForm, form: profile, safe }: Asked<CallName>): CaseFormFile => {
  const seen = ofCaseForm.sight(file.caseId)
  const form = ofCaseForm.formOf(file.row)
  return {
    ...file,
    name: seen.identity ? file.name : masked(file.name, seen, safe),
    answers: form ? seenAnswers(form, file.answers, seen) : {},
    // they are answers of the case
    facts: seenAnswers(profile, file.facts, seen),
    editable: file.editable && seen.identity,
    approvable: file.approvable && seen.restricted,
    masked: !seen.identity,
    confidential: seen.confidential,
  }
}

const referralRow = (row: ReferralRow, { sight, safe }: Sights & { readonly safe: boolean }): ReferralRow => {
  const seen = sight(row.caseId)
  return seen.identity ? row : { ...row, personName: masked(row.personName, seen, safe) }
}

const referralFile = (file: ReferralFile, asked: Sights & { readonly safe: boolean }): ReferralFile =>
  asked.sight(file.row.caseId).identity
    ? file
    : {
        ...file,
        row: referralRow(file.row, asked),
        history: file.history.map((step) => ({ ...step, reason: step.reason === '' ? '' : maskedText })),
      }

/** What a person says is wrong may say who they are. */
const requests = (
  { rows }: CallOutput<'rights.requests'>,
  { input, isHidden }: { readonly input: { readonly caseId: string }; readonly isHidden: (caseId: string) => boolean },
): CallOutput<'rights.requests'> => ({
  rows: isHidden(input.caseId) ? rows.map((r) => ({ ...r, about: r.about === '' ? '' : maskedText, reason: '' })) : rows,
})

/** Why two cases were linked may say who they are. */
const withoutReason = (decision: PairDecision): PairDecision => ({
  ...decision,
  reason: decision.reason === '' ? '' : maskedText,
})

/** What each call leaves out of its answer about a person who was not revealed. The contract test holds every call against it. */
const masks: Masks = {
  'cases.list': (page, asked) => ({
    ...page,
    rows: page.rows.map(({ byParent, ...row }) => ({ ...caseRow(row, asked), byParent })),
  }),
  'people.similar': ({ rows }, asked) => ({ rows: rows.map((row) => caseRow(row, asked)) }),
  'people.possible': (found, asked) => ({
    ...found,
    rows: found.rows.map((pair) => ({ ...pair, first: caseRow(pair.first, asked), second: caseRow(pair.second, asked) })),
  }),
  'people.linked'({ same, household }, asked) {
    const shown = (list: readonly LinkedCase[]): LinkedCase[] =>
      list.map(({ row, decision }) => ({
        row: caseRow(row, asked),
        decision: [asked.input.caseId, row.id].some(asked.isHidden) ? withoutReason(decision) : decision,
      }))
    return { same: shown(same), household: shown(household) }
  },
  'people.decisions': (decisions, { input, isHidden }) =>
    [input.caseId, input.otherId].some(isHidden)
      ? {
          identity: decisions.identity && withoutReason(decisions.identity),
          household: decisions.household && withoutReason(decisions.household),
        }
      : decisions,
  'cases.get': caseFile,
  'cases.saveAnswers': ({ file, warnings }, asked) => ({ file: caseFile(file, asked), warnings }),
  'cases.proposeClosing': caseFile,
  'cases.decideClosing': caseFile,
  'cases.reopen': caseFile,
  'cases.moveForm': caseFile,
  'caseForms.list': (list, { input, ofCaseForm }) => (ofCaseForm.sight(input.caseId).restricted ? list : { rows: [] }),
  'caseForms.get': caseFormFile,
  'caseForms.create': caseFormFile,
  'caseForms.save': ({ file, warnings }, asked) => ({ file: caseFormFile(file, asked), warnings }),
  'caseForms.setState': caseFormFile,
  'caseForms.approve': caseFormFile,
  'cases.draft'(draft, { input, isHidden, ofCaseForm }) {
    const owner = input.form === 'quick-card' ? input.subject : ofCaseForm.caseOf(input.subject)
    return owner !== undefined && isHidden(owner) ? null : draft
  },
  'cases.drafts': ({ rows, imported }, { isHidden }) => ({
    imported,
    rows: rows.map((row) =>
      row.caseId !== null && isHidden(row.caseId) ? { ...row, name: row.name === '' ? '' : maskedText } : row,
    ),
  }),
  'submissions.waiting': ({ rows, total }, { safe }) => ({
    rows: rows.map((row) => ({ ...row, name: safe && row.name !== '' ? maskedText : row.name })),
    total,
  }),
  'referrals.create': referralFile,
  'referrals.recordConsent': referralFile,
  'referrals.issue': referralFile,
  'referrals.step': referralFile,
  'referrals.get': referralFile,
  'referrals.byCode': referralFile,
  'referrals.list': (page, asked) => ({ ...page, rows: page.rows.map((row) => referralRow(row, asked)) }),
  'review.ofCase'({ rows }, { input, sight, form }) {
    const seen = sight(input.caseId)
    if (!seen.identity) return { rows: [], confidential: false }
    const partOfField = (field: string) => partOf(form, pathOfRegister(field))
    const isSeen = (field: string) => seen[partOfField(field)]
    const shown = rows.flatMap((row) => {
      const fields = row.fields.filter(isSeen)
      const candidates = row.candidates.map((c) => ({
        ...c,
        values: Object.fromEntries(Object.entries(c.values).filter(([field]) => isSeen(field))),
      }))
      return fields.length === 0 ? [] : [{ fields, candidates, whole: row.whole && fields.length === row.fields.length }]
    })
    return { rows: shown, confidential: shown.some((row) => row.fields.some((f) => partOfField(f) === 'confidential')) }
  },
  'history.ofCase'(history, { input, sight, form, ofCaseForm }) {
    const seen = sight(input.caseId)
    if (!seen.identity) return { entries: [], total: 0, archivedUntil: null }
    const seenOfForms = ofCaseForm.sight(input.caseId)
    const isSeen = (register: string, of: HistoryEntry['form']) => {
      if (!register.startsWith('a_')) return true
      const path = pathOfRegister(register)
      if (of === null) return seen[partOf(form, path)]
      const own = ofCaseForm.formOf(of)
      return own !== undefined && seenOfForms[partOf(own, path)]
    }
    return {
      ...history,
      entries: history.entries.map((e) => ({ ...e, changes: e.changes.filter((c) => isSeen(c.register, e.form)) })),
    }
  },
  'rights.requests': requests,
  'rights.ask': requests,
  'rights.decide': requests,
  'rights.finish': requests,
  'rights.tasks'(tasks, { sight, safe }) {
    const shown = <T extends { readonly caseId: string; readonly name: string }>(list: readonly T[]): T[] =>
      list.map((task) => {
        const seen = sight(task.caseId)
        return seen.identity ? task : { ...task, name: masked(task.name, seen, safe) }
      })
    const { figures, ...lists } = tasks
    return {
      handover: shown(lists.handover),
      toTell: shown(lists.toTell),
      requests: shown(lists.requests),
      closings: shown(lists.closings),
      ended: shown(lists.ended),
      renewals: shown(lists.renewals),
      figures,
    }
  },
  'printing.previewSlip'(job, { input, isHidden, caseOf }) {
    const owner = caseOf(input.referralId)
    if (job.kind !== 'slip' || owner === undefined || !isHidden(owner)) return job
    return { ...job, slip: { ...job.slip, person: job.slip.person.map((line) => ({ ...line, value: maskedText })) } }
  },
  'review.list': (conflicts, { sight, form }) =>
    conflicts.map((c) => {
      if (c.caseId === null) return c
      const seen = sight(c.caseId)
      // of which form one of the case is, is not said here: all of it counts as confidential
      const part = (field: string) =>
        c.kind === 'case_form'
          ? 'confidential'
          : c.kind === 'case' && field.startsWith('a_')
            ? partOf(form, pathOfRegister(field))
            : 'identity'
      const isSeen = (field: string) => seen.identity && seen[part(field)]
      return {
        ...c,
        title: seen.identity ? c.title : maskedText,
        whole: c.fields.every(isSeen),
        candidates: c.candidates.map((one) => ({
          ...one,
          values: Object.fromEntries(
            Object.entries(one.values).map(([field, value]) => [field, isSeen(field) ? value : maskedText]),
          ),
        })),
      }
    }),
}

/** How the forms are found by which answers are masked. */
export interface MaskForms {
  readonly profileOf: (store: Store) => CompiledForm
  readonly formOf: (store: Store, which: WhichForm) => CompiledForm | undefined
}

/** A call's answer as this session may see it: nobody stands in it whom the roles do not reach, or who was not revealed yet (E.1, H29). */
export const shownAnswer =
  ({ profileOf, formOf }: MaskForms) =>
  (name: CallName, input: unknown, value: unknown, context: CallContext): unknown => {
    const { store, session } = context
    const site = session.site.code
    const screen = screenOf(session, store)
    if (name === 'cases.create' && screen.safe) screen.revealed.add((value as CallOutput<'cases.create'>).id)
    const mask = masks[name] as ((v: unknown, asked: unknown) => unknown) | undefined
    if (!mask) return value
    const sight = (caseId: string) => caseSight(caseId, context)
    const ofCaseForm: CaseFormSights = {
      sight: (caseId) => caseSight(caseId, context, false),
      caseOf: (caseFormId) => findCaseForm(store, site, caseFormId)?.case_id,
      formOf: (which) => formOf(store, which),
    }
    return mask(value, {
      input,
      // looked up for the few answers that hold answers of a form
      get form() {
        return profileOf(store)
      },
      sight,
      safe: screen.safe,
      isHidden: (caseId: string) => !sight(caseId).identity,
      caseOf: (referralId: string) => findReferral(store, site, referralId)?.case_id,
      ofCaseForm,
    })
  }
