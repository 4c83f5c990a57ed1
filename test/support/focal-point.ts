import type { CallInput } from '#shared/contract.ts'
import { noAnswers, type Envelope, type EnvelopeAnswers } from '#shared/envelope/envelope.ts'
import { addCase, addDirectory, openTestCentre, testLogin, testPassword, type TestCentre } from './open-test-centre.ts'
import { addUser, signInAs, userPassword } from './test-users.ts'

export const focalLogin = 'ngono'

/** A desk with a case, a directory and a focal point, who is signed in. The first user supervises. */
export async function openFocalDesk(
  options: Parameters<typeof openTestCentre>[0] = {},
): Promise<{ desk: TestCentre; caseId: string }> {
  const desk = await openTestCentre({ roles: ['SUP', 'CW', 'DIR'], ...options })
  await addDirectory(desk)
  const caseId = await addCase(desk)
  await addUser(desk, focalLogin, ['GBV', 'CW'])
  await signInAs(desk, focalLogin)
  return { desk, caseId }
}

/** Signs the supervisor of `openFocalDesk` in. */
export async function signInSupervisor(desk: TestCentre): Promise<void> {
  await desk.get('security.unlock', { login: testLogin, password: testPassword })
}

/** Opens the envelopes for the focal point who is signed in. */
export const openEnvelopes = (desk: TestCentre) => desk.get('envelope.open', { password: userPassword })

/** A new envelope with these answers, for the focal point who has them open. */
export async function addEnvelope(desk: TestCentre, caseId: string, answers: Partial<EnvelopeAnswers> = {}): Promise<Envelope> {
  const { envelope } = await desk.get('envelope.create', { caseId })
  const all = { ...noAnswers, listenedOnly: 'no' as const, isMinor: 'no' as const, ...answers }
  return (await desk.get('envelope.save', { id: envelope.id, answers: all })).envelope
}

/** An agreement for a service that was just found fit; returns the envelope. */
export async function addAgreement(desk: TestCentre, id: string, changes: Partial<CallInput<'envelope.consent'>> = {}) {
  const { rows } = await desk.get('envelope.directory', { text: '' })
  const serviceId = changes.serviceId ?? rows[0]?.serviceId ?? ''
  await desk.get('envelope.markService', { serviceId, services: ['health'] })
  return desk.get('envelope.consent', {
    id,
    service: 'health',
    serviceId,
    consent: 'yes',
    method: 'verbal',
    mayCallBack: 'no',
    ...changes,
  })
}
