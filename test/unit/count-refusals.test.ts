import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { countRefusals } from '../../src/metrics/count-refusals.ts'
import type { Desk } from '../../src/routing/desk.ts'
import { chatId, eventId, slackUserId } from '../../src/routing/ids.ts'
import type { Refusal } from '../../src/routing/intent.ts'
import { WAMM } from '../fixtures/chats.ts'
import { readMetricsPage } from '../fixtures/metrics-page.ts'

const BY = slackUserId('U0ANN')
const CHAT = chatId('chat-1')

/** Answers everything alike. */
const deskOf = (refusal: Refusal | null): Desk => ({
  ask: async () =>
    refusal === null ? { kind: 'linking', account: WAMM, who: BY } : { kind: 'refused', refusal, chat: null },
  whyNotGiveAway: async () => refusal,
  whyNotAnswer: async () => refusal,
  whyNotEditContact: async () => refusal,
  whyNotAddContact: async () => refusal,
  showNumber: async () => ({ kind: 'refused', refusal: refusal ?? { kind: 'chat-unknown' }, chat: null }),
  latest: () => null,
})

/** All that people can ask for, once. */
async function counted(desk: Desk, everything: (desk: Desk) => Promise<unknown>): Promise<readonly string[]> {
  const registry = new Registry()
  await everything(countRefusals(desk, { registry }))
  const samples = readMetricsPage(await registry.metrics())
  return samples.filter(({ value }) => value > 0).map(({ labels }) => `${labels.request} ${labels.reason}`)
}

it('counts what is refused, whether a decision or a form was asked for, or a number', async () => {
  const found = await counted(deskOf({ kind: 'not-known' }), async (desk) => {
    await desk.ask({ kind: 'claim', by: BY, chat: CHAT, responseUrl: null })
    await desk.whyNotGiveAway(BY, CHAT, null)
    await desk.whyNotAnswer(BY, CHAT, eventId(1))
    await desk.whyNotEditContact(BY, CHAT)
    await desk.whyNotAddContact(BY, WAMM)
    await desk.showNumber(BY, CHAT)
  })
  expect(found).toEqual([
    'claim not-known',
    'give-away not-known',
    'answer-offer not-known',
    'edit-contact not-known',
    'add-contact not-known',
    'show-number not-known',
  ])
})

it('counts nothing that is not refused', async () => {
  const found = await counted(deskOf(null), async (desk) => {
    await desk.ask({ kind: 'claim', by: BY, chat: CHAT, responseUrl: null })
    await desk.whyNotGiveAway(BY, CHAT, null)
    await desk.whyNotEditContact(BY, CHAT)
  })
  expect(found).toEqual([])
})
