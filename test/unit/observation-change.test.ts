import { expect, it } from 'vitest'
import type { Chat } from '../../src/routing/chat.ts'
import { chatId, eventId, instant, later } from '../../src/routing/ids.ts'
import { observationChange } from '../../src/routing/observation-change.ts'
import { observeMessage } from '../../src/routing/observe-message.ts'
import type { ChangeState } from '../../src/store/contract.ts'
import { ANN, NOW, WAMM, waitingChat } from '../fixtures/chats.ts'

const stateOf = (chat: Chat): ChangeState => ({
  chat,
  newChatId: chatId('new'),
  eventId: eventId(9),
  currentPoll: 3,
  links: new Map(),
  profiles: new Map(),
  absenceOf: () => null,
  awayOf: () => undefined,
})

/** Ann has undone the claim of a number that no list had shown, and the provider is still to hear of it. */
const undone = waitingChat({
  status: 'unlisted',
  waitingSince: null,
  pending: {
    wanted: null,
    receiver: null,
    basis: ANN.providerUser,
    basisSince: NOW,
    basisVia: 'slack',
    maybeWritten: [],
    unlisted: true,
    by: ANN.slackUser,
    event: eventId(5),
    delayed: null,
  },
})

const written = (chat: Chat) => {
  const seen = observeMessage(
    chat,
    {
      direction: 'in',
      at: later(NOW, 1),
      byStaff: false,
      name: null,
      phone: null,
      text: 'Hello?',
      messenger: null,
    },
    {
      account: WAMM,
      key: chat.key,
      newChatId: chatId('new'),
      now: later(NOW, 2),
      currentPoll: 3,
      preview: false,
    },
  )
  return observationChange(stateOf(chat), seen, instant(NOW + 2))
}

it('brings a decision that is under way to the provider, also where the customer writes in the midst of it', () => {
  const change = written(undone)
  expect(change.chat).toMatchObject({ status: 'open', pending: undone.pending, version: undone.version + 1 })
  // The attempt that has begun is one for the version before.
  expect(change.jobs?.map(({ key }) => key)).toContain(`assign:${undone.id}`)
})

it('asks nothing of the provider where nobody has decided anything', () => {
  const jobs = written({ ...undone, pending: null }).jobs ?? []
  expect(jobs.filter(({ kind }) => kind === 'assign')).toEqual([])
})
