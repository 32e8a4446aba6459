import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chatKey, providerUserId } from '../../src/routing/ids.ts'
import { answerWith } from '../fixtures/answer-with.ts'
import {
  anna,
  boris,
  connectAelyst,
  ivan,
  ivanPhone,
  startAelystAdapter,
  token,
} from '../fixtures/start-aelyst-adapter.ts'

/** What a server of these answers is asked: method, path and body as they came, with the headers that matter. */
const record = async (answers: Readonly<Record<string, unknown>> = {}) => {
  const asked: string[] = []
  const headers: (string | undefined)[][] = []
  const server = createServer(async (request, response) => {
    const line = `${request.method} ${request.url}`
    asked.push(`${line} ${await text(request)}`.trimEnd())
    headers.push([request.headers.authorization, request.headers['content-type']])
    response.end(JSON.stringify(answers[line] ?? { contactId: 1 }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return { asked, headers, adapter: connectAelyst(`http://127.0.0.1:${port}/v1/`) }
}

const contact1 = { id: 1, firstName: 'Ivan', lastName: 'Petrov', status: 'open', assignee: null }
const list = '"timezone":"Asia/Kuala_Lumpur","filter":{"$and":[{"category":"contactField"'

describe('what the adapter asks', () => {
  it("equals the three bodies of updateassignee's page byte for byte", async () => {
    const { adapter, asked, headers } = await record()
    const key = chatKey('1')
    await adapter.unassign(key)
    await adapter.assign(key, providerUserId('1'))
    await adapter.assign(key, providerUserId('abc@gmail.com'))
    expect(asked.filter((line) => line.startsWith('POST'))).toEqual([
      'POST /v1/contact/id:1/conversation/assignee {"assignee":null}',
      'POST /v1/contact/id:1/conversation/assignee {"assignee":1}',
      'POST /v1/contact/id:1/conversation/assignee {"assignee":"abc@gmail.com"}',
    ])
    expect(headers[0]).toEqual([`Bearer ${token}`, 'application/json'])
  })

  it('lists by status, and by the documented example where that is refused', async () => {
    const { adapter, asked } = await record()
    await adapter.listChats()
    expect(asked).toEqual([
      `POST /v1/contact/list?limit=99 {"search":"",${list},"field":"status","operator":"isEqualTo","value":"open"}]}}`,
    ])

    const { aelyst, adapter: other } = await startAelystAdapter()
    aelyst.setQuirks({ statusFilter: false })
    await other.listChats()
    const example = `{"search":"",${list},"field":"assigneeUserId","operator":"isEqualTo","value":null}]}}`
    expect(JSON.stringify(aelyst.calls.at(-1)?.body)).toBe(example)
  })

  it('is a plain address for everything that only reads', async () => {
    const { adapter, asked, headers } = await record()
    await adapter.readChat(chatKey('1'))
    await adapter.listUsers()
    await adapter.health()
    expect(asked).toEqual([
      'GET /v1/contact/id:1',
      'GET /v1/space/user?limit=99',
      'GET /v1/space/user?limit=1',
    ])
    expect(headers[0]).toEqual([`Bearer ${token}`, undefined])
  })

  it.each([
    [{ phone: ivanPhone }, 'phone:+60121233112'],
    [{ email: 'abdc@gmail.com' }, 'email:abdc@gmail.com'],
    [{ email: 'a+b/c?d#e%3A@ё.рф' }, 'email:a+b%2Fc%3Fd%23e%253A@%D1%91.%D1%80%D1%84'],
  ])('spells %j as %s in the path', async (by, path) => {
    const { adapter, asked } = await record()
    await adapter.findChats(by)
    expect(asked).toEqual([`GET /v1/contact/${path}`])
  })

  it('writes comments, names and the state of the conversation', async () => {
    const { adapter, asked } = await record({ 'GET /v1/contact/id:1': contact1 })
    const key = chatKey('1')
    await adapter.comment(key, 'Claimed from Slack')
    const values = { 'first-name': 'Иван', 'last-name': '', email: 'i@p.ru', conversation: 'closed' }
    await adapter.contacts.save({ key, phone: null }, values)
    await adapter.contacts.save({ key, phone: null }, { 'first-name': 'Ivan', conversation: 'open' })
    expect(asked).toEqual([
      'POST /v1/contact/id:1/comment {"text":"Claimed from Slack"}',
      'GET /v1/contact/id:1',
      'PUT /v1/contact/id:1 {"firstName":"Иван","lastName":null,"email":"i@p.ru"}',
      'POST /v1/contact/id:1/conversation/status {"status":"close"}',
      'GET /v1/contact/id:1',
    ])
  })

  it('adds a contact under its number', async () => {
    const { aelyst, contacts } = await startAelystAdapter()
    await contacts.save({ key: null, phone: '+60121112222' }, { 'first-name': 'Zoe', email: 'z@l.my' })
    expect(aelyst.calls.map(({ method, args, body }) => [method, args[0], body])).toEqual([
      ['getcontact', 'phone:+60121112222', null],
      ['createcontact', 'phone:+60121112222', { firstName: 'Zoe', email: 'z@l.my', phone: '+60121112222' }],
      ['getcontact', 'phone:+60121112222', null],
    ])
  })

  it.each(['', '0', '01', '.', '..', '1/2', '1?', '+1', '٣', 'list', '\ud800'])(
    'never asks for the key %j, which is no id',
    async (key) => {
      const { aelyst, adapter } = await startAelystAdapter()
      const bad = chatKey(key)
      const refused = { kind: 'refused', problem: 'invalid-chat-key' }
      expect(await adapter.assign(bad, anna)).toMatchObject(refused)
      expect(await adapter.unassign(bad)).toMatchObject(refused)
      expect(await adapter.readChat(bad)).toMatchObject(refused)
      expect(await adapter.comment(bad, 'x')).toMatchObject(refused)
      expect(await adapter.contacts.read({ key: bad, phone: ivanPhone })).toMatchObject(refused)
      expect(await adapter.contacts.save({ key: bad, phone: ivanPhone }, {})).toMatchObject(refused)
      expect(aelyst.calls).toEqual([])
    },
  )

  it.each(['', '0', 'group:5', '12345678901234567890', '1.5', '-1'])(
    'never assigns to %j, which is neither an id nor an address',
    async (user) => {
      const { aelyst, adapter } = await startAelystAdapter()
      expect(await adapter.assign(ivan, providerUserId(user))).toMatchObject({
        kind: 'refused',
        problem: 'user-not-found',
      })
      expect(aelyst.calls).toEqual([])
    },
  )
})

describe('assign and unassign', () => {
  it('make the user the assignee, hand over to another, and free the chat', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    expect(await adapter.assign(ivan, anna)).toEqual({ kind: 'done', value: 'confirmed' })
    expect(await adapter.assign(ivan, boris)).toEqual({ kind: 'done', value: 'confirmed' })
    expect(await adapter.unassign(ivan)).toEqual({ kind: 'done', value: 'confirmed' })
    expect(aelyst.writesOf(ivan).map(({ from, to }) => [from, to])).toEqual([
      [null, '1'],
      ['1', '2'],
      ['2', null],
    ])
  })

  it('take an address for a user', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    expect(await adapter.assign(ivan, providerUserId('Anna@Example.com'))).toMatchObject({ kind: 'done' })
    expect(aelyst.holder(ivan)).toBe('1')
  })

  it('know a closed conversation, which Aelyst leaves unassigned with success', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    aelyst.closeConversation(ivan)
    expect(await adapter.assign(ivan, anna)).toMatchObject({
      kind: 'refused',
      problem: 'conversation-closed',
    })
  })

  it('leave it to a later try when somebody else holds the chat right after the assignment', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    const held = aelyst.faults.add({ fault: { kind: 'hold' }, method: 'getcontact', times: 1 })
    const assigned = adapter.assign(ivan, anna)
    await aelyst.until(() => held.met === 1, { timeoutMs: 5000 })
    aelyst.assignInProvider(ivan, boris)
    held.clear()
    expect(await assigned).toMatchObject({ kind: 'retry', problem: 'queued', sent: true })
  })

  it('say no more than accepted when the chat cannot be read afterwards', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    aelyst.faults.add({ fault: { kind: 'status', status: 502 }, method: 'getcontact', times: 1 })
    expect(await adapter.assign(ivan, anna)).toEqual({ kind: 'done', value: 'accepted' })
  })

  it('leave the effect of a lost answer: after it a chat is held, without it not', async () => {
    const { aelyst, adapter } = await startAelystAdapter()
    aelyst.faults.add({ fault: { kind: 'reset', handled: false }, times: 1 })
    aelyst.faults.add({ fault: { kind: 'reset', handled: true }, times: 1 })
    await adapter.assign(ivan, anna)
    expect(aelyst.holder(ivan)).toBeNull()
    await adapter.assign(ivan, anna)
    expect(aelyst.holder(ivan)).toBe('1')
  })

  it.each([
    ['999', '1', 'chat-not-found'],
    [ivan, '99', 'user-not-found'],
    [ivan, '3', 'user-not-found'],
    [ivan, 'x@example.com', 'user-not-found'],
  ])('tell why Aelyst refuses to give %s to %s', async (key, user, problem) => {
    const { aelyst, adapter } = await startAelystAdapter()
    aelyst.addUser({ id: '3', firstName: 'Gone' })
    aelyst.removeUser('3')
    const outcome = await adapter.assign(chatKey(key), providerUserId(user))
    expect(outcome).toEqual({ kind: 'refused', problem, detail: expect.stringMatching(/^answered 40[04]$/) })
    expect(aelyst.writes).toEqual([])
  })

  it.each<[number, string, string, string]>([
    [400, 'Validation error.', 'user-not-found', 'refused-otherwise'],
    [400, 'Assignee is not a member of the workspace', 'user-not-found', 'refused-otherwise'],
    [400, 'User not found', 'user-not-found', 'refused-otherwise'],
    [400, 'Contact is blocked', 'refused-otherwise', 'refused-otherwise'],
    [404, 'Contact not found', 'chat-not-found', 'chat-not-found'],
    [404, 'User not found', 'user-not-found', 'chat-not-found'],
  ])('take %i "%s" for %s, and %s when nobody is to be assigned', async (code, message, assigned, freed) => {
    const { aelyst, adapter } = await startAelystAdapter()
    answerWith(aelyst, { code, message }, code)
    expect(await adapter.assign(ivan, anna)).toMatchObject({ kind: 'refused', problem: assigned })
    answerWith(aelyst, { code, message }, code)
    expect(await adapter.unassign(ivan)).toMatchObject({ kind: 'refused', problem: freed })
  })
})

describe('comment', () => {
  const commented = async (given: string): Promise<string | undefined> => {
    const { aelyst, adapter } = await startAelystAdapter()
    expect(await adapter.comment(ivan, given)).toEqual({ kind: 'done', value: null })
    return aelyst.state.contacts.get(ivan)?.comments[0]?.text
  }

  it('leaves a note at the contact', async () => {
    expect(await commented('Claimed from Slack by Anna: 👍\n{ok}')).toBe(
      'Claimed from Slack by Anna: 👍\n{ok}',
    )
  })

  it('mentions nobody and fills nothing in', async () => {
    expect(await commented('{{@user.1}} {{{$contact.name}}} }}')).toBe(
      '{ {@user.1} } { { {$contact.name} } } } }',
    )
  })

  it('is cut at 1000 with an ellipsis, after a whole character', async () => {
    expect(await commented('x'.repeat(1000))).toBe('x'.repeat(1000))
    expect(await commented('x'.repeat(1001))).toBe(`${'x'.repeat(999)}…`)
    expect(await commented(`${'x'.repeat(990)}👩‍👩‍👧‍👦 and more`)).toBe(`${'x'.repeat(990)}…`)
    expect(await commented('{'.repeat(900))).toBe(`${'{ '.repeat(499)}{…`)
  })
})
