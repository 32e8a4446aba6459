import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../sandbox/slack/interactions.ts'
import type { SlackMessage } from '../../sandbox/slack/model.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const GRACE = '79001234568'

async function waiting(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.pass(2_000)
  await scene.arrives(GRACE, 'Grace')
  await scene.settled()
  return scene
}

/** So many customers more, in one poll: `Many 00`, `Many 01`… */
async function many({ wamm, baton, settled }: TimelessScene, count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    wamm.customerWrites(String(79_007_000_000 + n), {
      name: `Many ${String(n).padStart(2, '0')}`,
      text: 'Hello?',
    })
  await baton.pollNow()
  await settled()
}

const list = async ({ slack }: TimelessScene, user: string, words: string): Promise<SlackMessage> => {
  const { message } = await slack.as(user).command('/chats', words)
  return message ?? expect.fail('no answer')
}

const blocksOf = ({ blocks }: SlackMessage): string => JSON.stringify(blocks)

/** The chat's block with this button. */
const rowOf = (message: SlackMessage, name: string, button: string): { readonly block: string } => {
  const blocks = message.blocks.map((block) => JSON.stringify(block))
  const at = blocks.findIndex((block) => block.includes(name))
  const row = blocks.findIndex((block, index) => index >= at && block.includes(button))
  const [, block = ''] = /"block_id":"([^"]*)"/.exec(blocks[row] ?? '') ?? []
  return { block }
}

const press = ({ slack }: TimelessScene, user: string, message: SlackMessage, name: string, button: string) =>
  slack.as(user).click(message, button, rowOf(message, name, button))

/** How the message reads after what was clicked in it. */
const now = ({ slack }: TimelessScene, { channel, ts }: SlackMessage): SlackMessage =>
  slack.messages.find((message) => message.channel === channel && message.ts === ts) ??
  expect.fail('the message is gone')

describe('/chats', () => {
  it('alone shows my chats, then who waits, and what else there is', async () => {
    const scene = await waiting()
    await scene.slack.as('ann').command('/claim', 'ivan')
    await scene.settled()
    const message = await list(scene, 'ann', '')
    expect(message.text).toMatch(/^\*Your chats: 1\*\n\*Ivan\*.*\n\*Waiting: 1\*\n\*Grace\*/)
    expect(blocksOf(message)).toContain('/chats find')
    expect(blocksOf(message)).toContain('+7 900 123 45 67')
    expect(message.text).not.toContain('45 67')
    expect(blocksOf(await list(scene, 'ben', ''))).not.toContain('45 67')
  })

  it('mine, waiting and all say what they are, and what to do where there is nothing', async () => {
    const scene = await waiting()
    expect((await list(scene, 'ann', 'mine')).text).toContain('You have no chats')
    const waits = await list(scene, 'ann', 'waiting')
    expect(waits.text).toMatch(/^\*Waiting: 2\*\n\*Ivan\*.*\n\*Grace\*/)
    await press(scene, 'ann', waits, 'Ivan', 'Claim Chat')
    await scene.told('ann', 'You have the chat with Ivan')
    expect((await list(scene, 'ann', 'mine')).text).toMatch(/^\*Your chats: 1\*\n\*Ivan\*/)
    expect((await list(scene, 'ben', 'all')).text).toContain('*Open chats: 2*')
    await scene.slack.as('ann').command('/claim', 'grace')
    const mine = await list(scene, 'ann', 'mine')
    await scene.slack.as('ann').click(mine, 'several_chats')
    await scene.until(() => scene.slack.as('ann').modal())
  })

  it('turns pages in place, back and forth, more often than Slack lets one answer be given', async () => {
    const scene = await waiting()
    await many(scene, 21)
    const message = await list(scene, 'ann', 'waiting')
    expect(blocksOf(message)).toContain('1–10 of 23')
    const steps = [
      ['Next', '11–20 of 23'],
      ['Next', '21–23 of 23'],
      ['Previous', '11–20 of 23'],
      ['Previous', '1–10 of 23'],
      ['Next', '11–20 of 23'],
      ['Next', '21–23 of 23'],
      ['Previous', '11–20 of 23'],
    ] as const
    for (const [button, place] of steps) {
      await scene.slack.as('ann').click(now(scene, message), button)
      await scene.until(() => blocksOf(now(scene, message)).includes(place))
    }
    await scene.slack.as('ben').command('/claim', 'many 09')
    await scene.slack.as('ann').click(now(scene, message), 'Refresh')
    await scene.until(() => blocksOf(now(scene, message)).includes('11–20 of 22'))
  })

  it('gives a fresh private message where the old one cannot be replaced any more', async () => {
    const scene = await waiting()
    await many(scene, 10)
    const message = await list(scene, 'ann', 'waiting')
    scene.slack.faults.inject('response_url', { kind: 'outage' }, 1)
    await scene.slack.as('ann').click(message, 'Next')
    await scene.told('ann', '11–12 of 12')
    expect(blocksOf(now(scene, message))).toContain('1–10 of 12')
  })

  it('A late click never undoes newer state: an old list is answered with the present one', async () => {
    const scene = await waiting()
    const waits = await list(scene, 'ann', 'waiting')
    await scene.slack.as('ben').command('/claim', 'ivan')
    await scene.settled()
    await press(scene, 'ann', waits, 'Ivan', 'Claim Chat')
    await scene.told('ann', '<@U0BEN> has had the chat with Ivan since')
    const mine = await list(scene, 'ben', 'mine')
    await scene.slack.as('ben').command('/handoff', 'ivan @ann')
    await scene.settled()
    await press(scene, 'ben', mine, 'Ivan', 'Release')
    await scene.told('ben', 'has moved on since you saw it')
    await scene.slack.as('ben').click(mine, 'Refresh')
    await scene.until(() => now(scene, mine).text.includes('You have no chats'))
  })

  it('says so where a page has gone meanwhile', async () => {
    const scene = await waiting()
    await many(scene, 9)
    const message = await list(scene, 'ann', 'waiting')
    for (const name of ['ivan', 'grace']) await scene.slack.as('ben').command('/claim', name)
    await scene.slack.as('ann').click(message, 'Next')
    const gone = await scene.until(() =>
      now(scene, message).text.startsWith('Nothing is left') ? now(scene, message) : undefined,
    )
    await scene.slack.as('ann').click(gone, 'Previous')
    await scene.until(() => now(scene, message).text.startsWith('*Waiting: 9*'))
  })

  it('finds by name, number, last digits and notes, closed chats too, the most recently active first', async () => {
    const scene = await waiting()
    const { slack, wamm, baton } = scene
    await slack.as('ann').command('/claim', 'ivan')
    await slack.as('ann').command('/release', 'ivan wants a refund for order 7781')
    await scene.settled()
    wamm.closeChat(IVAN)
    await baton.pollNow()
    await baton.pollNow()
    await scene.settled()
    for (const words of [
      'IVÁN',
      '+7 (900) 123-45-67',
      '79001234567',
      '4567',
      '45-67',
      'refund',
      '7781',
      'wamm:iv',
    ])
      expect((await list(scene, 'ben', `find ${words}`)).text).toMatch(
        /^\*Chats that match “.*\n\*Ivan\*[^\n]*Closed[^\n]*$/,
      )
    expect((await list(scene, 'ben', 'find 7900123')).text).toContain('No chat matches “7900123”')
    await scene.arrives('79005554567', 'Ivana')
    expect((await list(scene, 'ben', 'find ivan')).text).toMatch(/\n\*Ivana\*.*\n\*Ivan\*/)
    expect((await list(scene, 'ben', 'find 4567')).text).toMatch(/\n\*Ivana\*.*\n\*Ivan\*/)
    expect((await list(scene, 'ben', 'find ivan refund')).text).not.toContain('Ivana')
    expect(blocksOf(await list(scene, 'ben', 'find 4567'))).not.toContain('123')
  })

  it('Bad input costs nothing: what cannot be searched for is answered with what can', async () => {
    const scene = await waiting()
    for (const words of [
      'find',
      'find   ',
      'find "',
      'find *',
      'find wamm:',
      'find  NEAR(',
      'find \u0000',
      `find ${'x '.repeat(3_000)}`,
    ]) {
      const { text } = await list(scene, 'ann', words)
      expect([words.slice(0, 20), text]).toEqual([
        words.slice(0, 20),
        expect.stringMatching(/No chat matches|Send `\/chats find`/),
      ])
    }
    const message = await list(scene, 'ann', 'waiting')
    const forged = (value: string): Promise<Interaction> =>
      scene.slack.as('ann').click(message, 'list_again', { value, block: 'forged', forged: true })
    for (const value of ['', '{}', '{"list":"all","page":-1}', '{"list":"all","page":99}', 'null'])
      await forged(value)
    await scene.told('ann', 'from an older version')
    expect(now(scene, message).text).toBe(message.text)
  })
})
