import type { peopleContract } from '#shared/people/contract.ts'
import type { CentreCalls, Handlers } from '../../feature.ts'
import type { ReferenceData } from '../../reference-data.ts'
import { cardsOf } from '../national/index.ts'
import { decide, decisionsAbout, undoDecision } from './decide.ts'
import { addToHousehold, linkedCases, removeFromHousehold } from './household.ts'
import { possiblePairs } from './possible-pairs.ts'
import { similarPeople } from './similar-people.ts'

export const peopleHandlers = (reference: ReferenceData): Handlers<CentreCalls<typeof peopleContract>> => ({
  'people.similar': ({ caseId }, context) => ({ rows: similarPeople(caseId, cardsOf(context.store, reference), context) }),
  'people.possible': ({ job }, context) => possiblePairs(cardsOf(context.store, reference), context, context.job(job)),
  'people.linked': ({ caseId }, context) => linkedCases(caseId, cardsOf(context.store, reference), context),
  'people.addToHousehold'(input, context) {
    addToHousehold(input, context)
    return {}
  },
  'people.removeFromHousehold'(input, context) {
    removeFromHousehold(input, context)
    return {}
  },
  'people.decisions': (pair, context) => decisionsAbout(pair, context),
  'people.decide'(input, context) {
    decide(input, reference, context)
    return {}
  },
  'people.undo'(pair, context) {
    undoDecision(pair, context)
    return {}
  },
})
