import { describe, expect, it } from 'vitest'
import { type JsonRecord, recordOrEmpty, recordsIn } from '../../sandbox/slack/json.ts'
import { call, connect, postJson, start } from './bare-slack-app.ts'

describe('The control API', () => {
  it('lets a page act, see, break things and follow changes', async () => {
    const slack = await start()
    await connect(slack, (payload) => (payload.command === undefined ? null : { text: 'Hello' }))
    const abort = new AbortController()
    const events = await fetch(`${slack.baseUrl}/control/events`, { signal: abort.signal })
    const act = await postJson(`${slack.baseUrl}/control/act`, {
      user: 'ann',
      do: 'command',
      command: '/claim',
      channel: 'support',
    })
    expect(await act.json()).toMatchObject({ acknowledged: true, message: { text: 'Hello' } })
    const state = await fetch(`${slack.baseUrl}/control/state?user=ann`)
    const { channels } = recordOrEmpty(await state.json())
    expect(channels).toContainEqual(
      expect.objectContaining({ name: 'support', messages: [expect.objectContaining({ text: 'Hello' })] }),
    )
    const fault = { target: 'auth.test', fault: { kind: 'outage' }, times: 1 }
    expect((await postJson(`${slack.baseUrl}/control/faults`, fault)).status).toBe(200)
    expect(slack.faults.active()).toHaveLength(1)

    let stream = ''
    for await (const part of events.body ?? []) {
      stream += Buffer.from(part).toString()
      if (stream.includes('"kind":"interaction"')) break
    }
    abort.abort()
    expect(stream).toContain('"user":"U0ANN"')
  })

  it('lets people join, be deactivated and get another address, and the app hears of it', async () => {
    const slack = await start()
    const heard: unknown[] = []
    await connect(slack, (payload) => {
      if (payload.event !== undefined) heard.push(payload.event)
      return null
    })
    const post = (path: string, body: JsonRecord) => postJson(`${slack.baseUrl}/control/${path}`, body)
    expect(await (await post('users', { name: 'eve' })).json()).toMatchObject({ name: 'eve' })
    await post('users/change', { user: 'eve', change: { email: 'e@acme.test' } })
    await post('users/change', { user: 'eve', change: { isDeleted: true } })
    const profile = { email: 'e@acme.test' }
    expect(heard).toMatchObject([
      { type: 'team_join', user: { name: 'eve', deleted: false, profile: { email: 'eve@acme.test' } } },
      { type: 'user_change', user: { deleted: false, profile } },
      { type: 'user_change', user: { deleted: true, profile } },
    ])
    expect((await post('users/change', { user: 'zed', change: {} })).status).toBe(400)
    expect((await post('users/change', { user: 'eve', change: { name: 'x' } })).status).toBe(400)
  })

  it('changes who is in a group and who reads a channel, and the app hears of each', async () => {
    const slack = await start()
    const app = await connect(slack)
    const change = (path: string, body: JsonRecord) => postJson(`${slack.baseUrl}/control/${path}`, body)
    await change('sharing', { channel: 'support', isExtShared: true })
    await change('sharing', { channel: 'support', isExtShared: false })
    await change('usergroups', { id: 'S0SUPPORT', users: ['U0BEN', 'U0CARLA'] })
    await change('usergroups', { id: 'S0SUPPORT', isDisabled: true })
    expect((await change('usergroups', { id: 'S0NONE', users: [] })).status).toBe(400)
    const heard = app.payloads().flatMap(({ event }) => (event === undefined ? [] : [event]))
    expect(heard).toMatchObject([
      { type: 'channel_shared', channel: 'C0SUPPORT' },
      { type: 'channel_unshared', channel: 'C0SUPPORT', is_ext_shared: false },
      {
        type: 'subteam_members_changed',
        subteam_id: 'S0SUPPORT',
        added_users: ['U0CARLA'],
        removed_users: ['U0ANN'],
      },
      { type: 'subteam_updated', subteam: { id: 'S0SUPPORT' } },
    ])
    expect(slack.people.usergroup('S0SUPPORT')).toMatchObject({
      isDisabled: true,
      users: ['U0BEN', 'U0CARLA'],
    })
  })

  it('explains what it could not do', async () => {
    const slack = await start()
    const act = (body: JsonRecord) => postJson(`${slack.baseUrl}/control/act`, body)
    const nobody = await act({ user: 'zed', do: 'openHome' })
    expect([nobody.status, await nobody.json()]).toEqual([400, { error: expect.stringContaining('"zed"') }])
    expect((await act({ user: 'ann', do: 'dance' })).status).toBe(400)
    expect((await fetch(`${slack.baseUrl}/control/nowhere`)).status).toBe(400)
  })

  it('does not take orders from pages of other sites', async () => {
    const slack = await start()
    const simple = await fetch(`${slack.baseUrl}/control/raw`, { method: 'POST', body: '{}' })
    expect(simple.status).toBe(403)
  })

  it('tells equal buttons apart by their block', async () => {
    const slack = await start()
    const clicks: unknown[] = []
    await connect(slack, (payload) => {
      clicks.push(...recordsIn(payload.actions))
      return null
    })
    const button = {
      type: 'button',
      action_id: 'go',
      text: { type: 'plain_text', text: 'Go' },
      value: 'same',
    }
    const blocks = ['first', 'second'].map((id) => ({ type: 'actions', block_id: id, elements: [button] }))
    const posted = await call(slack, 'chat.postMessage', { channel: 'C0SUPPORT', text: 'Two', blocks })
    const { ts } = posted
    await postJson(`${slack.baseUrl}/control/act`, {
      user: 'ann',
      do: 'click',
      on: { channel: 'C0SUPPORT', ts },
      element: 'go',
      block: 'second',
    })
    expect(clicks).toMatchObject([{ action_id: 'go', block_id: 'second' }])
  })
})
