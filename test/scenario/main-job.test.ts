import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Scene, SUPPORT, startScene } from '../fixtures/start-scene.ts'

const IVAN = '79001234567'

describe.each(['socket', 'http'] as const)('the main job, with Slack by %s', (mode) => {
  let scene: Scene
  beforeEach(async () => {
    scene = await startScene({ mode })
  })
  afterEach(() => scene.close())

  const card = () => scene.slack.messagesIn(SUPPORT).find((message) => message.text.includes('Ivan'))
  const cardSays = (words: string) => scene.slack.until(() => card()?.text.includes(words))
  const arrives = async () => {
    scene.wamm.customerWrites(IVAN, { name: 'Ivan Petrov', text: 'Hello?' })
    await scene.baton.pollNow()
    await cardSays('Waiting')
  }
  const presentCard = () => {
    const found = card()
    if (found === undefined) throw new Error('no card')
    return found
  }

  it('claims, hands off with a note to somebody who is found by e-mail, and releases, and WAMM and the card agree at each step', async () => {
    await arrives()
    const ann = scene.slack.as('ann')
    const ben = scene.slack.as('ben')

    await ann.click(presentCard(), 'Claim Chat')
    await cardSays('With <@U0ANN>')
    expect(scene.wamm.holder(IVAN)).toBe('100')

    await ann.click(presentCard(), 'Hand Off')
    const form = await scene.slack.until(() => ann.modal())
    const offered = await ann.options(form, 'receiver', 'ben')
    expect(offered.options).toMatchObject([{ text: { text: 'Ben Bauer' } }])
    await ann.submit(form, { receiver: String(offered.options[0]?.value), note: 'Wants *two* chairs' })
    await cardSays('With <@U0BEN>')
    expect(scene.wamm.holder(IVAN)).toBe('101')
    await scene.slack.until(() => ben.dms().some((message) => message.text.includes('handed')))
    expect(JSON.stringify(ben.dms().at(-1)?.blocks)).toContain('Wants *two* chairs')

    await ben.click(presentCard(), 'Release')
    await cardSays('Waiting')
    expect(scene.wamm.holder(IVAN)).toBeNull()
    expect(scene.wamm.writesOf(IVAN).map((write) => write.to)).toEqual(['100', '101', null])
    expect(scene.slack.breaches).toEqual([])
  })
})
