import { describe, expect, it } from 'vitest'
import { startCrashScene } from '../fixtures/start-crash-scene.ts'
import { type Scene, SUPPORT, startScene } from '../fixtures/start-scene.ts'

/** Something that Baton must never send, sent in its name. */
const send = (
  { slack }: Pick<Scene, 'slack'>,
  args: Readonly<Record<string, unknown>>,
  method = 'chat.postMessage',
) =>
  fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: SUPPORT, ...args }),
  })

describe('Secrets and customers are protected: a scene fails when', () => {
  it.each([
    ['a token is in a message', { text: 'see wamm-secret-token-1' }, 'a secret'],
    ['a customer’s number is in a channel', { text: 'call 79001234567' }, 'a number in a channel'],
    ['it is there in another format', { text: '8 (900) 123-45-67' }, 'a number in a channel'],
    [
      'it is in the value of a button',
      {
        text: 'x',
        blocks: [
          {
            type: 'actions',
            elements: [
              {
                type: 'button',
                action_id: 'a',
                text: { type: 'plain_text', text: 'A' },
                value: '+79001234567',
              },
            ],
          },
        ],
      },
      'a number in a channel',
    ],
    ['Slack would refuse a message', { text: 'x', blocks: [{ type: 'nonsense' }] }, 'Slack cannot show this'],
  ])('%s', async (_name, args, complaint) => {
    const scene = await startScene()
    scene.wamm.customerWrites('79001234567', { text: 'Hello?' })
    await send(scene, args)
    await expect(scene.close()).rejects.toThrow(complaint)
  })

  it("it is in what nobody sees of a Home tab, sent as Slack's own client sends it", async () => {
    const scene = await startScene()
    scene.wamm.customerWrites('79001234567', { text: 'Hello?' })
    const view = { type: 'home', private_metadata: 'of 79001234567', blocks: [{ type: 'divider' }] }
    const { slack } = scene
    await fetch(`${slack.apiUrl}views.publish`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}` },
      body: new URLSearchParams({ user_id: 'U0ANN', view: JSON.stringify(view) }),
    })
    await expect(scene.close()).rejects.toThrow('a number in a hidden field')
  })

  it('it is in a notification, though only its receiver sees it', async () => {
    const scene = await startScene()
    scene.wamm.customerWrites('79001234567', { text: 'Hello?' })
    await send(scene, { user: 'U0ANN', text: 'call 79001234567' }, 'chat.postEphemeral')
    await expect(scene.close()).rejects.toThrow('a number in a fallback')
  })

  it('two assignments of one chat are asked for at once', async () => {
    const scene = await startScene()
    const { wamm } = scene
    wamm.customerWrites('79001234567', { text: 'Hello?' })
    const held = wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_to_user' })
    const assign = () => fetch(`${wamm.url}/api2/contact_to_user/${wamm.token}/79001234567/100`)
    const both = Promise.all([assign(), assign()])
    await wamm.until(() => held.met === 2, { timeoutMs: 5_000 })
    held.clear()
    await both
    await expect(scene.close()).rejects.toThrow('two assignments at once')
  })
})

describe('Secrets and customers are protected: a scene of processes fails when', () => {
  it.each([
    ['a token', 'xoxb-sandbox', 'a secret'],
    ['a customer’s number', '79001234567', 'a number in the log'],
  ])('one that has ended wrote %s', async (_name, told, complaint) => {
    const scene = await startCrashScene()
    scene.wamm.customerWrites('79001234567', { text: 'Hello?' })
    await scene.spawn({ DATABASE_URL: `file:/dev/null/${told}.db` }).exited
    await scene.spawn({ PORT: 'none' }).exited
    await expect(scene.close()).rejects.toThrow(complaint)
  })

  it('Slack was told a token', async () => {
    const scene = await startCrashScene()
    await send(scene, { text: `see ${scene.wamm.token}` })
    await expect(scene.close()).rejects.toThrow('a secret')
  })
})
