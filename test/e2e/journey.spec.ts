import path from 'node:path'
import { deskDriver } from '../../tools/demo/desk-driver.ts'
import { card, consent, moraUser } from '../../tools/demo/demo-people.ts'
import { answerDialogs, expect, personReadableIn, repositoryRoot, test } from './app.ts'

test(
  'S01 S04 S36 H35 a person is received, referred with a slip, and the loop is closed; nothing complains, asks outside or is readable on disk',
  { tag: '@packed' },
  async ({ desk, folder }) => {
    const hands = deskDriver(desk.page, 'fr')
    const code = await hands.beginFirstRun(moraUser)
    expect(code.replaceAll(' ', '')).toHaveLength(26)
    await hands.endFirstRun(code)
    await hands.goTo('directory')
    await answerDialogs(desk.app, path.join(repositoryRoot, 'resources/training/services.csv'))
    await hands.importDirectory()
    await hands.goTo('cases')
    await hands.openCase(consent)
    await hands.fillCard(card)
    await hands.prepareReferral('S10', hands.t.referrals.priorities.normal, 'formation')
    await hands.consentToReferral([hands.t.referrals.itemNames.name, hands.t.referrals.itemNames.need])
    await hands.issue()
    await answerDialogs(desk.app, path.join(folder, 'document.pdf'))
    await hands.saveSlip()
    await hands.tell('accepted', 'provider')
    await hands.tell('served', 'provider')
    await hands.tell('confirmed', 'person')
    expect(personReadableIn(folder)).toEqual([])
    // in a namespace without a network (tools/without-network.mjs) the program itself sees none
    const networks = await desk.app.evaluate(() =>
      Object.keys(process.getBuiltinModule('node:os').networkInterfaces()).filter((name) => name !== 'lo'),
    )
    expect(process.env.PASSERELLE_NETWORK === 'cut' ? networks : []).toEqual([])
    await hands.lock()
    expect(personReadableIn(folder)).toEqual([])
    expect({ complaints: desk.complaints, strange: desk.strangeRequests }).toEqual({ complaints: [], strange: [] })
  },
)
