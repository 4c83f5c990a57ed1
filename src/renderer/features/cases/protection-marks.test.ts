import { describe, expect, it } from 'vitest'
import type { CaseFile } from '#shared/cases/contract.ts'
import type { Answers } from '#shared/forms/form-definition.ts'
import { protectionMarks } from './protection-marks.ts'

const adult: CaseFile = {
  closing: null,
  row: {
    id: 'a-1',
    number: 'MOR-26-000001-97',
    name: 'Aïssatou',
    sex: 'F',
    ageYears: 32,
    status: 'active',
    registeredOn: '2026-11-24',
    answered: 3,
    toAnswer: 40,
    referralsOpen: 0,
    receivedFrom: null,
    opens: true,
    counsellor: '',
    askedBy: '',
  },
  answers: { consent_status: 'given', phone_safe: 'yes' },
  formVersion: '1',
  newerForm: null,
  editable: true,
  masked: false,
  confidential: true,
  isMinor: false,
  updatedAt: '2026-11-24T08:00:00Z',
}
const marks = (answers: Answers, change: Partial<CaseFile> = {}, row: Partial<CaseFile['row']> = {}) =>
  protectionMarks({ ...adult, ...change, row: { ...adult.row, ...row }, answers: { ...adult.answers, ...answers } }).map(
    (m) => m.mark,
  )

describe('protection marks', () => {
  it('say nothing of an adult who agreed and may be called', () => expect(marks({})).toEqual([]))

  it('H23 tell a child, and an age that nobody knows', () => {
    expect(marks({}, { isMinor: true }, { ageYears: 17 })).toEqual(['minor'])
    expect(marks({}, { isMinor: true }, { ageYears: null })).toEqual(['ageUnknown'])
  })

  it('tell consent that is missing, taken back or restricted', () => {
    expect(marks({ consent_status: 'refused' })).toEqual(['noConsent'])
    expect(marks({ consent_status: null })).toEqual(['noConsent'])
    expect(marks({ consent_status: 'restricted' })).toEqual(['consentRestricted'])
    expect(marks({ consent_status: 'guardian' })).toEqual([])
  })

  it('tell how to reach the person without harm, and whose copy it is', () => {
    expect(marks({ phone_safe: 'careful' })).toEqual(['callCarefully'])
    expect(marks({ phone_safe: 'no' })).toEqual(['doNotCall'])
    expect(marks({ safe_contact_methods: ['none'] })).toEqual(['doNotCall'])
    expect(marks({}, {}, { receivedFrom: 'Buéa' })).toEqual(['received'])
  })

  it('H9 never tell category or group', () => {
    expect(marks({ programme_category: 'ex_hostage', group_code: 'x' })).toEqual([])
  })
})
