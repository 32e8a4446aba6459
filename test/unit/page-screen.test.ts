import { describe, expect, it } from 'vitest'
import { applyPatch, asRead, type Screen } from '../../sandbox/page/client/screen.ts'
import type { Patch } from '../../sandbox/page/contract.ts'
import type { SlackMessage } from '../../sandbox/slack/model.ts'

const message = (ts: string, change: Partial<SlackMessage> = {}): SlackMessage => ({
  channel: 'C1',
  ts,
  user: 'U0BATON',
  text: `text ${ts}`,
  blocks: [],
  attachments: [],
  metadata: null,
  threadTs: null,
  ephemeralTo: null,
  editedTs: null,
  ...change,
})

const whole: Patch = {
  whole: true,
  team: { id: 'T1', name: 'Acme' },
  app: { name: 'Baton', description: '', hasHome: false, commands: [], shortcuts: [], botUserId: 'U0BATON' },
  me: 'U0ANN',
  messages: [message('1'), message('2')],
}

const texts = (screen: Screen) => [...(screen.messages.get('C1')?.values() ?? [])].map(({ text }) => text)

describe('what a window shows', () => {
  const first = applyPatch(null, whole, 'C1')

  it('a changed message stays where it was, and a removed one is gone', () => {
    const edited = applyPatch(first, { messages: [message('1', { text: 'edited', editedTs: '9' })] }, 'C1')
    expect(texts(edited)).toEqual(['edited', 'text 2'])
    expect(texts(applyPatch(edited, { gone: [{ channel: 'C1', ts: '1' }] }, 'C1'))).toEqual(['text 2'])
    expect(texts(first)).toEqual(['text 1', 'text 2'])
  })

  it("only other people's new messages in other conversations are unread", () => {
    const news = [
      message('3', { channel: 'C2' }),
      message('4', { channel: 'C2', user: 'U0ANN' }),
      message('5'),
      message('6', { channel: 'C3' }),
    ]
    const after = applyPatch(first, { messages: news }, 'C1')
    expect([...after.unread]).toEqual([
      ['C2', 1],
      ['C3', 1],
    ])
    const edited = applyPatch(after, { messages: [message('3', { channel: 'C2', editedTs: '7' })] }, 'C1')
    expect(edited.unread.get('C2')).toBe(1)
    expect([...asRead(edited, 'C2').unread]).toEqual([['C3', 1]])
  })

  it('nothing of what was known before a new connection is left but what is unread', () => {
    const unread = applyPatch(first, { messages: [message('3', { channel: 'C2' })], sockets: 2 }, 'C1')
    const again = applyPatch(unread, { ...whole, messages: [message('7')] }, 'C1')
    expect(texts(again)).toEqual(['text 7'])
    expect(again.sockets).toBe(0)
    expect(again.unread.get('C2')).toBe(1)
  })

  it('what a patch does not name stays the very same', () => {
    const after = applyPatch(first, { sockets: 1 }, 'C1')
    expect(after.messages).toBe(first.messages)
    expect(after.users).toBe(first.users)
    expect(after.traffic).toBe(first.traffic)
  })

  it('a first patch that is not whole is a mistake', () => {
    expect(() => applyPatch(null, { sockets: 1 }, null)).toThrow('not whole')
  })
})
