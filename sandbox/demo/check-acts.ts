/** What was there after the act at SalesChat, read from the sandbox's records. */
export interface SalesChatRecord {
  readonly customer: { readonly name: string; readonly phone: string }
  /** Their users in SalesChat. */
  readonly claimer: string
  readonly pool: { readonly id: string; readonly name: string }
  /** How many contacts the claimer could choose from. */
  readonly offered: number
  /** What Slack asked before the release. */
  readonly question: string
  /** To whom SalesChat was asked to assign the chat, in order. */
  readonly writes: readonly string[]
  /** Who has it there at the end. */
  readonly holder: string | null
  /** Assignments that came before SalesChat takes them. */
  readonly tooEarly: number
  /** Texts of the messages in the channel that stand for the chat. */
  readonly cards: readonly string[]
}

/** The same after the act at Aelyst. */
export interface AelystRecord {
  readonly customer: { readonly name: string }
  readonly claimer: string
  readonly receiver: string
  readonly note: string
  readonly writes: readonly (string | null)[]
  readonly holder: string | null
  /** What staff can read beside the chat. */
  readonly comments: readonly string[]
  /** Requests beyond Aelyst's limit. */
  readonly tooMany: number
  readonly cards: readonly string[]
}

type Check = readonly [holds: boolean, otherwise: string]

const failed = (checks: readonly Check[]): readonly string[] =>
  checks.flatMap(([holds, otherwise]) => (holds ? [] : [otherwise]))

const list = (items: readonly (string | null)[]): string =>
  items.map((item) => item ?? 'nobody').join(', ') || 'nothing'

/** What is not as it should be, each in a sentence; empty when all is well. */
export const faultsAtSalesChat = (record: SalesChatRecord): readonly string[] => {
  const { customer, claimer, pool, offered, question, writes, holder, tooEarly, cards } = record
  const wanted = [claimer, pool.id]
  const digits = (text: string) => text.replace(/\D/g, '')
  return failed([
    [offered === 2, `Two contacts have the number, but ${offered} could be chosen.`],
    [
      list(writes) === list(wanted),
      `SalesChat should have been asked for: ${list(wanted)}. It was: ${list(writes)}.`,
    ],
    [holder === pool.id, `${pool.name} should have the chat, but it is with ${holder ?? 'nobody'}.`],
    [question.includes(pool.name), `Slack did not say who gets a released chat. It asked: ${question}`],
    [tooEarly === 0, `${tooEarly} assignments came before SalesChat takes them.`],
    [
      cards.length === 1 && cards.every((card) => card.includes('Waiting')),
      `There should be one card that says that ${customer.name} waits. There is: ${list(cards)}`,
    ],
    [
      cards.every((card) => !digits(card).includes(digits(customer.phone))),
      "The channel shows the customer's number in full.",
    ],
  ])
}

export const faultsAtAelyst = (record: AelystRecord): readonly string[] => {
  const { customer, claimer, receiver, note, writes, holder, comments, tooMany, cards } = record
  const wanted = [claimer, receiver]
  return failed([
    [
      list(writes) === list(wanted),
      `Aelyst should have been told: ${list(wanted)}. It was told: ${list(writes)}.`,
    ],
    [holder === receiver, `${customer.name} should be with ${receiver}, but is with ${holder ?? 'nobody'}.`],
    [
      comments.length === 1 && comments.every((comment) => comment.includes(note)),
      `The note should stand in Aelyst once. There is: ${list(comments)}`,
    ],
    [tooMany === 0, `Aelyst was asked ${tooMany} times more often than it allows.`],
    [cards.length === 1, `There should be one card for ${customer.name}; there are ${cards.length}.`],
  ])
}
