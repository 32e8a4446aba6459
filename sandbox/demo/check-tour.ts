import type { EventFacts } from '../../src/routing/audit.ts'

/** What was there when the tour was over: read from the sandbox's records and Baton's database. */
export interface TourRecord {
  readonly customer: { readonly name: string; readonly key: string }
  /** Their mentions in Slack and their users in WAMM. */
  readonly winner: Player
  readonly loser: Player
  readonly receiver: Player
  readonly colleague: { readonly name: string; readonly wammId: string }
  readonly note: string
  /** Whom WAMM was told to make responsible, in order. */
  readonly writes: readonly (string | null)[]
  /** Who is responsible in WAMM at the end. */
  readonly holder: string | null
  /** Texts of the messages in the channel that stand for the chat. */
  readonly cards: readonly string[]
  /** Everything that the loser alone was told, blocks included. */
  readonly toldLoser: readonly string[]
  /** The same for the receiver. */
  readonly toldReceiver: readonly string[]
  /** Everything that is in the channel for all to read, blocks included. */
  readonly channel: string
  readonly trail: readonly EventFacts['kind'][]
  /** What Slack would have refused. */
  readonly breaches: readonly string[]
  /** What must not be in Slack. */
  readonly secrets: readonly string[]
}

interface Player {
  readonly mention: string
  readonly wammId: string
}

const TRAIL: readonly EventFacts['kind'][] = [
  'arrived',
  'claimed',
  'confirmed',
  'handed-off',
  'confirmed',
  'released',
  'delayed',
  'confirmed',
  'adopted',
]

/** What is not as Baton promises, each in a sentence; empty when all is well. */
export function findFaults(record: TourRecord): readonly string[] {
  const { customer, winner, loser, receiver, colleague, note } = record
  const faults: string[] = []
  const expect = (holds: boolean, otherwise: string): void => {
    if (!holds) faults.push(otherwise)
  }
  const list = (items: readonly (string | null)[]): string =>
    items.map((item) => item ?? 'nobody').join(', ') || 'nothing'

  const writes = [winner.wammId, receiver.wammId, null]
  expect(
    list(record.writes) === list(writes),
    `WAMM should have been told: ${list(writes)}. It was told: ${list(record.writes)}.`,
  )
  expect(
    record.holder === colleague.wammId,
    `${colleague.name} took the chat in WAMM, but it is with ${record.holder ?? 'nobody'} there.`,
  )
  const [card, another] = record.cards
  expect(
    card !== undefined && another === undefined,
    `There should be one card for ${customer.name}; there are ${record.cards.length}.`,
  )
  expect(
    card === undefined || card.includes(`Taken in WAMM by ${colleague.name}`),
    `The card does not say that ${colleague.name} has the chat. It says: ${card}`,
  )
  expect(
    record.toldLoser.some((text) => text.includes(winner.mention) && text.includes(customer.name)),
    `${loser.mention} was not told that ${winner.mention} has the chat.`,
  )
  const heard = [note, 'keeps trying', 'has confirmed'].map((words) =>
    record.toldReceiver.findIndex((text) => text.includes(words)),
  )
  expect(
    heard.every((place, index) => place > (heard[index - 1] ?? -1)),
    `${receiver.mention} should have got the note, then that WAMM is waited for, then that it has confirmed. They got: ${list(record.toldReceiver)}`,
  )
  expect(
    list(record.trail) === list(TRAIL),
    `The audit trail should read: ${list(TRAIL)}. It reads: ${list(record.trail)}.`,
  )
  expect(
    !record.channel.replace(/[\s().+-]/g, '').includes(customer.key),
    "The channel shows the customer's number in full.",
  )
  const everything = [record.channel, ...record.toldLoser, ...record.toldReceiver].join('\n')
  expect(!record.secrets.some((secret) => everything.includes(secret)), 'A secret was shown in Slack.')
  expect(record.breaches.length === 0, `Slack would have refused something: ${list(record.breaches)}.`)
  return faults
}
