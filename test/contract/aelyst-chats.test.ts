import { describe, expect, it } from 'vitest'
import { readPages } from '../../src/providers/aelyst/read-pages.ts'
import { chatKey } from '../../src/routing/ids.ts'
import { answerWith } from '../fixtures/answer-with.ts'
import { doneValue } from '../fixtures/done-value.ts'
import { anna, ivan, ivanPhone, startAelystAdapter } from '../fixtures/start-aelyst-adapter.ts'

const ivanChat = {
  key: ivan,
  name: 'Ivan Petrov',
  phone: ivanPhone,
  holder: null,
  lastMessageAt: null,
  open: true,
}
const row = { id: 501, firstName: 'Ivan', status: 'open', assignee: null }
const unreadable = { kind: 'retry', problem: 'unreadable-answer', sent: true }

describe('readChat', () => {
  it('gives the chat as it is now', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    expect(await adapter.readChat(ivan)).toEqual({ kind: 'done', value: ivanChat })
    aelyst.assignInProvider(ivan, '2')
    expect(doneValue(await adapter.readChat(ivan)).holder).toBe('2')
    expect(await adapter.readChat(chatKey('999'))).toEqual({
      kind: 'refused',
      problem: 'chat-not-found',
      detail: 'answered 404',
    })
  })

  it.each([{ nobody: 'null' }, { nobody: 'empty' }, { nobody: 'missing' }, { ids: 'strings' }] as const)(
    'reads contacts that are printed with %j',
    async (quirks) => {
      const { aelyst, adapter } = await startAelystAdapter()
      aelyst.setQuirks(quirks)
      expect(doneValue(await adapter.readChat(ivan))).toEqual(ivanChat)
      aelyst.assignInProvider(ivan, '2')
      expect(doneValue(await adapter.readChat(ivan)).holder).toBe('2')
    },
  )

  it.each<[unknown, string | null]>([
    [{ id: null }, null],
    [{ id: null, firstName: null, lastName: null, email: null }, null],
    [{ id: ' 2 ' }, '2'],
    [{ id: 2, firstName: ['odd'], team: null }, '2'],
  ])('reads the assignee %j as %j', async (assignee, holder) => {
    const { aelyst, adapter } = await startAelystAdapter()
    answerWith(aelyst, { ...row, assignee })
    expect(doneValue(await adapter.readChat(ivan)).holder).toBe(holder)
  })

  it.each([
    0,
    2,
    '',
    'Anna',
    'none',
    true,
    [],
    [{ id: 2 }],
    { id: '' },
    { id: 0 },
    { id: {} },
    { id: 1.5 },
    { firstName: 'Anna' },
    { id: null, firstName: 'Anna' },
  ])('does not take the assignee %j for nobody', async (assignee) => {
    const { aelyst, adapter } = await startAelystAdapter()
    answerWith(aelyst, { ...row, assignee })
    expect(await adapter.readChat(ivan)).toMatchObject(unreadable)
    answerWith(aelyst, { items: [{ ...row, assignee }], pagination: { next: null } })
    expect(doneValue(await adapter.listChats())).toEqual({ chats: [], complete: false })
  })

  it('takes no other contact for the one it asked for', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    answerWith(aelyst, { ...row, id: 502 })
    expect(await adapter.readChat(ivan)).toMatchObject(unreadable)
  })

  it.each<[object, object]>([
    [{}, { name: 'Ivan', phone: null }],
    [{ lastName: ' ' }, { name: 'Ivan' }],
    [{ firstName: null, lastName: 'Petrov' }, { name: 'Petrov' }],
    [{ firstName: '' }, { name: null }],
    [{ firstName: 7, lastName: {} }, { name: '7' }],
    [{ phone: '60121233112' }, { phone: ivanPhone }],
    [{ phone: 60121233112 }, { phone: ivanPhone }],
    [{ phone: '+60 12-123 3112' }, { phone: ivanPhone }],
    [{ phone: '@ivan' }, { phone: null }],
    [
      { tags: 5, custom_fields: 'x', lifecycle: {}, status: ['?'], new: 1 },
      { name: 'Ivan', holder: null },
    ],
  ])('reads a contact with %j as %j', async (fields, expected) => {
    const { aelyst, adapter } = await startAelystAdapter()
    answerWith(aelyst, { ...row, ...fields })
    expect(doneValue(await adapter.readChat(ivan))).toMatchObject(expected)
  })
})

describe('findChats', () => {
  it('gives the one customer with a number or an address, whatever the state of the conversation', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    const zoe = aelyst.customerWrites({ email: 'z@l.my' }, { text: 'hi', firstName: 'Zoe' })
    aelyst.closeConversation(zoe)
    expect(await adapter.findChats({ phone: ivanPhone })).toEqual({ kind: 'done', value: [ivanChat] })
    expect(doneValue(await adapter.findChats({ email: 'z@l.my' }))).toMatchObject([{ key: zoe, name: 'Zoe' }])
  })

  it.each([{ phone: '+60129999999' }, { email: 'nobody@l.my' }, { email: '\ud800@l.my' }])(
    'gives nobody for %j',
    async (by) => {
      const { adapter } = await startAelystAdapter()
      expect(await adapter.findChats(by)).toEqual({ kind: 'done', value: [] })
    },
  )
})

describe('listChats', () => {
  it('gives every open chat, whoever holds it', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    const zoe = aelyst.customerWrites({ phone: '+60121112222' }, { text: 'hi', firstName: 'Zoe' })
    aelyst.assignInProvider(zoe, '2')
    aelyst.closeConversation(aelyst.customerWrites({ phone: '+60123334444' }, { text: 'bye' }))
    expect(await adapter.listChats()).toEqual({
      kind: 'done',
      value: {
        complete: true,
        chats: [
          ivanChat,
          { key: zoe, name: 'Zoe', phone: '+60121112222', holder: '2', lastMessageAt: null, open: true },
        ],
      },
    })
    aelyst.closeConversation(zoe)
    aelyst.closeConversation(ivan)
    expect(doneValue(await adapter.listChats())).toEqual({ chats: [], complete: true })
  })

  it('reads all pages, by the cursor alone', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    for (let i = 1; i < 250; i += 1)
      aelyst.customerWrites({ phone: `+6012${1_000_000 + i}` }, { text: 'hi', firstName: `No. ${i}` })
    const { chats, complete } = doneValue(await adapter.listChats())
    expect(new Set(chats.map(({ key }) => key)).size).toBe(250)
    expect(complete).toBe(true)
    expect(aelyst.calls.map(({ args }) => args)).toEqual([
      ['limit=99'],
      ['limit=99', 'cursorId=99'],
      ['limit=99', 'cursorId=198'],
    ])
  })

  const pages = async (...next: readonly unknown[]) => {
    const { aelyst, adapter } = await startAelystAdapter()
    for (const [index, link] of next.entries())
      answerWith(aelyst, { items: [{ ...row, id: 700 + index }], pagination: { next: link } })
    const { chats, complete } = doneValue(await adapter.listChats())
    return { keys: chats.map(({ key }) => key), complete, calls: aelyst.calls.length }
  }

  it.each<[string, readonly unknown[], boolean]>([
    ['ends with null', ['https://api.aelyst.ai/contact/list?limit=10&cursorId=10', null], true],
    ['ends without a link', ['/contact/list?cursorId=10&limit=10', undefined], true],
    ['ends with an empty link', ['?cursorId=10', ''], true],
    ['repeats a cursor', ['?cursorId=10', '?cursorId=11', '?cursorId=10'], false],
    ['has a link without a cursor', ['?cursorId=10', 'https://api.aelyst.ai/contact/list?limit=10'], false],
    ['has a link to nowhere', ['?cursorId=10', 'javascript:alert(1)'], false],
    ['has a link that is none', ['?cursorId=10', { cursorId: 11 }], false],
  ])('that %s gives what was read (complete: %3$s)', async (_name, links, complete) => {
    expect(await pages(...links)).toEqual({
      keys: links.map((_link, index) => String(700 + index)),
      complete,
      calls: links.length,
    })
  })

  it('is not complete when a full page does not say what follows', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    const items = Array.from({ length: 99 }, (_, index) => ({ ...row, id: 1 + index }))
    answerWith(aelyst, { items })
    expect(doneValue(await adapter.listChats()).complete).toBe(false)
    answerWith(aelyst, { items: items.slice(1) })
    expect(doneValue(await adapter.listChats()).complete).toBe(true)
  })

  it('ends after 50 pages, as incomplete', async () => {
    const asked: string[] = []
    const read = await readPages(async (query) => {
      asked.push(query)
      const next = `?cursorId=${asked.length}`
      return { kind: 'answer', body: { items: [{ id: asked.length }], pagination: { next } } }
    })
    expect(read).toMatchObject({ kind: 'rows', rows: { length: 50 }, complete: false })
    expect(asked.at(-1)).toBe('limit=99&cursorId=49')
  })

  it('fails as a whole when a page fails', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    answerWith(aelyst, { items: [row], pagination: { next: '?cursorId=10' } })
    aelyst.faults.add({ fault: { kind: 'status', status: 502 }, times: 1 })
    expect(await adapter.listChats()).toMatchObject({ kind: 'retry', problem: 'server-error' })
  })

  it('skips a broken row, keeps the others, and is not complete', async () => {
    for (const broken of [null, 7, {}, { ...row, id: '' }, { ...row, id: 'x/y' }, { ...row, assignee: 5 }]) {
      const { aelyst, adapter } = await startAelystAdapter()
      answerWith(aelyst, { items: [broken, row], pagination: { next: null } })
      const { chats, complete } = doneValue(await adapter.listChats())
      expect(chats.map(({ key }) => key)).toEqual([ivan])
      expect(complete).toBe(false)
    }
  })

  it('lists a customer once who moved to a later page, as seen last', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    answerWith(aelyst, { items: [row], pagination: { next: '?cursorId=10' } })
    answerWith(aelyst, { items: [{ ...row, assignee: { id: 2 } }], pagination: { next: null } })
    expect(doneValue(await adapter.listChats()).chats).toMatchObject([{ key: ivan, holder: '2' }])
  })

  it('leaves out whom Aelyst lists though they are not open', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    const items = ['open', 'Open', undefined, 'closed', 'close', 'blocked', 'snoozed'].map(
      (status, index) => ({
        ...row,
        id: 1 + index,
        status,
      }),
    )
    answerWith(aelyst, { items, pagination: { next: null } })
    expect(doneValue(await adapter.listChats()).chats.map(({ key }) => key)).toEqual(['1', '2', '3'])
  })

  describe('where Aelyst does not know the filter by status', () => {
    it('gives the open chats that nobody holds, never as complete, and asks no more for the other', async () => {
      const { aelyst, adapter } = await startAelystAdapter()
      aelyst.setQuirks({ statusFilter: false })
      const held = aelyst.customerWrites({ phone: '+60121112222' }, { text: 'hi' })
      aelyst.assignInProvider(held, anna)
      aelyst.closeConversation(aelyst.customerWrites({ phone: '+60123334444' }, { text: 'bye' }))
      for (let poll = 0; poll < 2; poll += 1)
        expect(doneValue(await adapter.listChats())).toEqual({ chats: [ivanChat], complete: false })
      expect(aelyst.calls).toHaveLength(3)
    })

    it('asks for it again after a refusal that was not about the filter', async () => {
      const { aelyst, adapter } = await startAelystAdapter()
      aelyst.faults.add({ fault: { kind: 'err', err: '400' }, times: 2 })
      expect(await adapter.listChats()).toMatchObject({ kind: 'refused', problem: 'value-invalid' })
      expect(doneValue(await adapter.listChats())).toEqual({ chats: [ivanChat], complete: true })
    })
  })
})

describe('listUsers', () => {
  it('gives everybody but those who have left', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    aelyst.addUser({ id: '3', firstName: 'Gone' })
    aelyst.removeUser('3')
    expect(await adapter.listUsers()).toEqual({
      kind: 'done',
      value: [
        { id: '1', name: 'Anna Berg', email: 'anna@example.com', active: true },
        { id: '2', name: 'Boris', email: 'user2@example.com', active: true },
      ],
    })
  })

  it('reads all pages', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    for (let id = 3; id <= 200; id += 1) aelyst.addUser({ id: String(id), firstName: `No. ${id}` })
    expect(doneValue(await adapter.listUsers())).toHaveLength(200)
  })

  it('calls the nameless by address or id, and skips who has no id', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    const items = [
      { id: '5', firstName: '', email: ' A@B.co ' },
      { id: 6, firstName: null, lastName: 5 },
      { id: 7, email: {} },
      { firstName: 'no id' },
    ]
    answerWith(aelyst, { items, pagination: { next: null } })
    expect(doneValue(await adapter.listUsers())).toEqual([
      { id: '5', name: 'a@b.co', email: 'a@b.co', active: true },
      { id: '6', name: '5', email: null, active: true },
      { id: '7', name: '7', email: null, active: true },
    ])
  })

  it('gives a page at a time, each with the way to the next', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    for (let id = 3; id <= 200; id += 1) aelyst.addUser({ id: String(id), firstName: `No. ${id}` })
    const first = doneValue(await adapter.listUserPage(null))
    const second = doneValue(await adapter.listUserPage(first.next))
    const third = doneValue(await adapter.listUserPage(second.next))
    expect([first, second, third].map(({ users }) => users.length)).toEqual([99, 99, 2])
    expect(third.next).toBeNull()
    answerWith(aelyst, { items: [{ id: 1 }], pagination: { next: 'more' } })
    expect(await adapter.listUserPage(null)).toMatchObject(unreadable)
  })

  it.each<[string, object]>([
    ['nobody', { items: [], pagination: { next: null } }],
    ['a page without a way to the next', { items: [{ id: 1 }], pagination: { next: 'more' } }],
  ])('never takes %s for all', async (_name, body) => {
    const { aelyst, adapter } = await startAelystAdapter()
    answerWith(aelyst, body)
    expect(await adapter.listUsers()).toMatchObject(unreadable)
  })
})
