import type { EventData, EventName } from '#shared/contract.ts'
import { Refusal } from '#shared/result.ts'
import type { screenContract } from '#shared/screen/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import { findCase, personName } from '../cases/index.ts'
import { mayReveal } from './case-sight.ts'
import { deskSettings, screenOf } from './screen-state.ts'

export { caseSight, partOf } from './case-sight.ts'
export { shownAnswer } from './mask-answers.ts'
export { deskSettings } from './screen-state.ts'

/** Safe screen, and what the desk's screen does by itself. `emit` tells the shell a new idle limit. */
export const screenHandlers = (
  emit: <K extends EventName>(name: K, data: EventData<K>) => void,
): Handlers<CentreCalls<typeof screenContract>> => ({
  'screen.state': (_nothing, { store, session }) => ({ safe: screenOf(session, store).safe, ...deskSettings(store) }),
  'screen.keepSettings'({ idleMinutes, safeByDefault }, { store }) {
    store.write((unit) => {
      unit.keepSetting('desk.idleMinutes', String(idleMinutes))
      unit.keepSetting('desk.safeScreen', safeByDefault ? '1' : '0')
      unit.audit({ action: 'desk.settings', details: { idleMinutes, safeScreen: safeByDefault ? 1 : 0 } })
    })
    emit('idleLimit', { minutes: idleMinutes })
    return {}
  },
  'screen.setSafe'({ on }, { store, session }) {
    store.write((unit) => unit.audit({ action: on ? 'mask.on' : 'mask.off' }))
    const screen = screenOf(session, store)
    screen.safe = on
    screen.revealed.clear()
    return {}
  },
  'screen.reveal'({ caseId, reason, note }, context) {
    const { store, session } = context
    if (reason === 'other' && note === '') throw new Refusal('bad-input', { field: 'note' })
    const shown = store.write((unit) => {
      const record = findCase(unit, session.site.code, caseId)
      // a reason opens what a role may see with one, and nothing else
      if (!record || !mayReveal(record, context)) throw new Refusal('not-found')
      unit.audit({ action: 'mask.reveal', object: caseId, details: { reason, ...(note === '' ? {} : { note }) } })
      return { name: personName(record.answers), number: record.number }
    })
    screenOf(session, store).revealed.add(caseId)
    return shown
  },
})
