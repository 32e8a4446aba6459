import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { slackSignature } from '../../sandbox/slack/http-delivery.ts'
import { parseJson, recordOrEmpty, stringOrEmpty } from '../../sandbox/slack/json.ts'
import { connect, listen, postCard, start } from './bare-slack-app.ts'

describe('Socket Mode', () => {
  it('gives each payload to one of several connections', async () => {
    const slack = await start()
    const apps = [await connect(slack), await connect(slack)]
    for (let count = 0; count < 4; count += 1) await slack.as('ann').command('/claim')
    expect(apps.map(({ payloads }) => payloads().length - 1)).toEqual([2, 2])
  })

  it('takes an address only once', async () => {
    const slack = await start()
    const { url } = await connect(slack)
    const again = new WebSocket(url)
    await expect(
      new Promise((resolve, reject) => again.on('open', resolve).on('error', reject)),
    ).rejects.toThrow('404')
  })

  it('tells the person at once when the connection dies before the answer', async () => {
    const slack = await start()
    const app = await connect(slack, () => {
      slack.sockets.drop()
      return null
    })
    expect((await slack.as('ann').command('/claim')).error).toBe('dispatch_failed')
    expect(app.envelopes[0]).toMatchObject({ type: 'hello', num_connections: 1 })
  })
})

describe('HTTP mode', () => {
  it('signs commands, interactions and events as Slack does', async () => {
    const slack = await start({ mode: 'http', signingSecret: 'shh' })
    const heard = await listen(slack)
    await slack.as('ann').command('/claim', 'Grüße & co')
    await slack.as('ann').shortcut('start')
    await slack.as('ann').openHome()
    const [command, shortcut, event] = heard
    expect(heard.map(({ headers }) => headers['content-type'])).toEqual([
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded',
      'application/json',
    ])
    for (const { headers, body } of heard) {
      const timestamp = stringOrEmpty(headers['x-slack-request-timestamp'])
      expect(headers['x-slack-signature']).toBe(slackSignature('shh', timestamp, body))
    }
    expect(new URLSearchParams(command?.body).get('text')).toBe('Grüße &amp; co')
    expect(parseJson(new URLSearchParams(shortcut?.body).get('payload') ?? '')).toMatchObject({
      type: 'shortcut',
      callback_id: 'start',
    })
    expect(parseJson(event?.body ?? '')).toMatchObject({
      type: 'event_callback',
      event: { type: 'app_home_opened', user: 'U0ANN', tab: 'home' },
    })
  })

  it('repeats an event that was not taken, and says so', async () => {
    const slack = await start({ mode: 'http', eventRetryDelaysMs: [0, 1, 60_000] })
    const heard = await listen(slack, (count) => (count < 3 ? 500 : 200))
    expect(await slack.event({ type: 'team_join' })).toMatchObject({ error: 'http_service_error' })
    await slack.until(() => slack.interactions.some(({ error }) => error === null))
    expect(heard.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2'])
    expect(heard[1]?.headers['x-slack-retry-reason']).toBe('http_error')
    expect(new Set(heard.map(({ body }) => recordOrEmpty(parseJson(body)).event_id)).size).toBe(1)
  })

  it('does not repeat a click', async () => {
    const slack = await start({ mode: 'http', eventRetryDelaysMs: [0] })
    const heard = await listen(slack, () => 500)
    expect((await slack.as('ann').command('/claim')).error).toBe('http_service_error')
    await slack.event({ type: 'marker' })
    await slack.until(() => heard.length === 3)
    expect(heard.filter(({ headers }) => headers['content-type'] !== 'application/json')).toHaveLength(1)
  })
})

describe('The text of a command', () => {
  it.each([
    ['Anna @ben thanks', 'Anna <@U0BEN|ben> thanks'],
    ['Anna <@U0BEN>', 'Anna <@U0BEN|ben>'],
    ['a@b.c #support', 'a@b.c <#C0SUPPORT|support>'],
    ['<mailto:a@b.c|a@b.c> & <b>', '<mailto:a@b.c|a@b.c> &amp; &lt;b&gt;'],
    ['@nobody', '@nobody'],
  ])('%s arrives as %s', async (typed, arrived) => {
    const slack = await start()
    const app = await connect(slack)
    await slack.as('ann').command('/claim', typed)
    expect(app.payloads()[1]?.text).toBe(arrived)
  })
})

describe('Under load', () => {
  it('carries 10,000 clicks of 50 people at once', async () => {
    const slack = await start()
    await connect(slack)
    const message = await postCard(slack)
    const people = Array.from({ length: 50 }, (_, index) => {
      const user = slack.addUser({ name: `p${index}` })
      return slack.as(user.id)
    })
    const channel = slack.people.channel('support')
    if (channel === null) throw new Error('no support')
    const members = new Set([...channel.members, ...people.map(({ id }) => id)])
    slack.people.changeChannel(channel, { members })
    for (let round = 0; round < 200; round += 1) {
      await Promise.all(people.map((person) => person.click(message, 'History')))
    }
    expect(slack.interactions.filter(({ error }) => error === null)).toHaveLength(10_000)
  })
})
