import { describe, expect, it } from 'vitest'
import { chatKey, providerUserId } from '../../src/routing/ids.ts'
import { answerWith } from '../fixtures/answer-with.ts'
import { anna, boris, ivan, ivanPhone, startAelystAdapter } from '../fixtures/start-aelyst-adapter.ts'

describe('what the adapter asks', () => {
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
