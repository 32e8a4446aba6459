import { describe, expect, it } from 'vitest'
import { actionIds } from '../../src/slack/ids.ts'
import { parseChatRef } from '../../src/slack/values.ts'
import { cardMessage } from '../../src/slack/views/card.ts'
import type { ChatFacts } from '../../src/slack/views/chat-facts.ts'
import type { MessageView } from '../../src/slack/views/message.ts'
import { buttonsOf, labelsOf } from './buttons-of.ts'
import {
  closed,
  delayed,
  facts,
  now,
  owned,
  pending,
  pressing,
  takenInProvider,
  troubled,
  facts as waiting,
} from './chat-facts-samples.ts'

describe('the card', () => {
  it.each([
    ['a waiting chat', waiting, ['Claim Chat', 'History']],
    ['an owned chat', owned, ['Hand Off', 'Release', 'Contact', 'Show Number', 'History']],
    ['a chat on its way to its owner', pending, ['Hand Off', 'Release', 'Contact', 'Show Number', 'History']],
    [
      'a chat taken at the provider',
      takenInProvider,
      ['Hand Off', 'Release', 'Contact', 'Show Number', 'History'],
    ],
    [
      'a chat that a group has',
      { ...owned, owner: { kind: 'group' as const, name: 'Sales' } },
      ['Claim Chat', 'Hand Off', 'Release', 'Contact', 'Show Number', 'History'],
    ],
    [
      'a chat that somebody named',
      { ...waiting, state: 'unlisted' as const },
      ['Claim Chat', 'Contact', 'Show Number', 'History'],
    ],
    [
      'an owned chat whose provider keeps no contacts',
      { ...owned, hasContact: false },
      ['Hand Off', 'Release', 'Show Number', 'History'],
    ],
    ['a chat whose assignment failed', troubled, ['Claim Chat', 'History']],
    ['a closed chat', closed, ['History']],
  ])('of %s has the buttons that fit', (_, each, labels) => {
    expect(labelsOf(cardMessage(each))).toEqual(labels)
  })

  it.each([
    ['since when the customer waits', waiting, 'Waiting since <!date^'],
    ['who has it and since when', owned, 'With <@U0ANN> since <!date^'],
    ['what is not confirmed', pending, 'Assigning to <@U0ANN>: WAMM has not confirmed yet.'],
    ['a release that is not confirmed', { ...waiting, wanted: 'nobody' as const }, 'Releasing: WAMM has not'],
    ['why that takes long', delayed, 'WAMM did not answer in time. Baton keeps trying'],
    ['who took it where', takenInProvider, 'Taken in WAMM by Boris since'],
    [
      'what went wrong and what to do',
      troubled,
      'blocked or deleted in WAMM. Give the chat to somebody else',
    ],
    ['that it is closed', closed, 'Closed in WAMM.'],
    ['how many messages nobody has answered', pressing, '3 unanswered messages.'],
    ['so for one message', { ...owned, unanswered: 1 }, '1 unanswered message.'],
    [
      'until when WhatsApp takes answers',
      { ...pressing, answerWindow: { endsAt: now, left: 'enough' as const } },
      '3 unanswered messages. WhatsApp takes answers until <!date^',
    ],
    [
      'that little time is left for an answer',
      pressing,
      'Less than 2 hours are left: WhatsApp takes answers',
    ],
    [
      'that the time for an answer is over',
      { ...pressing, answerWindow: { endsAt: now, left: 'none' as const } },
      'Send an approved template in WAMM.',
    ],
    [
      'the account where there are several',
      { ...waiting, account: 'Sales' },
      '*Ivan Petrov* · +7 900 ••• •• 67 · Sales',
    ],
    [
      'a number once when there is no name',
      { ...waiting, customer: waiting.maskedKey },
      '*+7 900 ••• •• 67* · WAMM',
    ],
  ])('says %s, in its fallback too', (_, each, words) => {
    const { text, blocks } = cardMessage(each)
    expect(text).toContain(words)
    expect(JSON.stringify(blocks)).toContain(words)
  })

  it('asks before a release that is more than it seems, and says what it means', () => {
    const confirmOf = (release: ChatFacts['release']) =>
      buttonsOf(cardMessage({ ...owned, provider: 'SalesChat', release })).flatMap((button) =>
        button.type === 'button' && button.action_id === actionIds.release ? [button.confirm] : [],
      )
    expect(confirmOf({ kind: 'unassign' })).toEqual([undefined])
    expect(JSON.stringify(confirmOf({ kind: 'here-only' }))).toContain(
      'SalesChat cannot take a chat from anybody: there, a released chat stays with whoever has it.',
    )
    expect(JSON.stringify(confirmOf({ kind: 'pool', name: 'Front desk' }))).toContain(
      'Baton asks it to assign a released chat to Front desk.',
    )
  })

  it('has one line more for messages and the time to answer them, and none when there are neither', () => {
    const linesOf = (each: ChatFacts) =>
      cardMessage(each).blocks.filter(({ type }) => type === 'context').length
    expect(linesOf(waiting)).toBe(0)
    expect(linesOf({ ...pressing, answerWindow: { endsAt: now, left: 'enough' } })).toBe(1)
    expect(linesOf(pressing)).toBe(2)
  })

  it('quotes the last message letter by letter, shortened, and never in its fallback', () => {
    const { text, blocks } = cardMessage({ ...pressing, preview: `<!here> *now* ${'x'.repeat(300)}` })
    expect(text).not.toContain('now')
    const [quote] = blocks.filter((block) => block.type === 'rich_text')
    expect(quote?.elements).toMatchObject([
      {
        type: 'rich_text_quote',
        elements: [{ type: 'text', text: expect.stringMatching(/^<!here> \*now\* x{100,140}…$/) }],
      },
    ])
  })

  it('gets fresh block ids with a new version, and its buttons know the version', () => {
    const idsOf = (view: MessageView) => view.blocks.flatMap((block) => block.block_id ?? [])
    const before = cardMessage(waiting)
    const after = cardMessage({ ...waiting, version: 8 })
    expect(idsOf(after).filter((id) => idsOf(before).includes(id))).toEqual([])
    const [claim] = buttonsOf(after)
    expect(claim).toMatchObject({ action_id: actionIds.claim })
    expect(parseChatRef(claim?.type === 'button' ? claim.value : null)).toEqual({
      chat: facts.id,
      version: 8,
    })
  })
})
