import { expect, it } from 'vitest'
import type { NewEvent } from '../../src/routing/audit.ts'
import type { SlackUserId } from '../../src/routing/ids.ts'
import { createIntroduction } from '../../src/routing/introduce.ts'
import { ANN, BO, NOW, ownedChat, WAMM } from '../fixtures/chats.ts'
import { fakeAccount } from '../fixtures/fake-account.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryStore } from '../fixtures/temporary-store.ts'

/** Who is told of a hand-off by Ann to a provider's user who turns out to be `receiver`. */
async function toldOf(receiver: SlackUserId): Promise<readonly string[]> {
  const store = temporaryStore()
  const chat = ownedChat(BO.providerUser)
  const happens = (facts: NewEvent['facts']) =>
    store.change({ account: WAMM, key: chat.key }, [], ({ eventId }) => ({
      result: eventId,
      chat,
      event: { at: NOW, account: WAMM, chat: chat.id, actor: ANN.slackUser, via: 'slack', facts },
    }))
  const of = await happens({
    kind: 'handed-off',
    from: null,
    to: BO.providerUser,
    receiver: null,
    note: null,
  })
  const event = await happens({ kind: 'confirmed', of, holder: BO.providerUser, late: false })
  const introduce = createIntroduction({
    store,
    enrolment: { byProviderUser: async () => ({ kind: 'linked', slackUser: receiver }) },
    accounts: new Map([[WAMM, fakeAccount('wamm')]]),
    clock: manualClock(),
  })
  expect(await introduce({ event })).toEqual({ kind: 'done' })
  const jobs = await store.takeJobs({ now: NOW, leaseUntil: NOW, pools: [{ pool: 'slack', limit: 9 }] })
  return jobs.map(({ key }) => key)
}

it('whoever turns out to have got a chat is told, but for the one who handed it to themselves', async () => {
  expect(await toldOf(BO.slackUser)).toEqual(['notice:2:U0BO'])
  expect(await toldOf(ANN.slackUser)).toEqual([])
})
