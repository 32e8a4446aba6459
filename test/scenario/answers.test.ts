import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Scene, startScene } from '../fixtures/start-scene.ts'

describe('what a command answers', () => {
  let scene: Scene
  beforeEach(async () => {
    scene = await startScene()
  })
  afterEach(() => scene.close())

  const answerTo = async (user: string, command: string, text: string) =>
    (await scene.slack.as(user).command(command, text)).message?.text ?? ''

  it('asks which chat is meant when somebody with several hands off without naming one', async () => {
    for (const [key, name] of Object.entries({ '79001234567': 'Ivan', '79001234568': 'Maria' })) {
      scene.wamm.customerWrites(key, { name, text: 'Hello?' })
      scene.wamm.assignInProvider(key, '100')
    }
    await scene.slack.as('ann').command('/baton', 'link')
    await scene.baton.pollNow()

    const answer = await answerTo('ann', '/handoff', '@ben for you')
    expect(answer).toMatch(/^Which of your 2 chats\?/)
    expect(answer).toContain('Ivan')
    expect(answer).toContain('Maria')
  })

  it('promises nothing to people who are not linked', async () => {
    expect(await answerTo('ben', '/baton', 'whoami')).toContain('Once you are linked')
    await scene.slack.as('ann').command('/baton', 'link')
    expect(await answerTo('ann', '/baton', 'whoami')).toContain('You can claim chats')
  })

  it('speaks of a colleague by name and of the reader as you', async () => {
    await scene.slack.as('ann').command('/baton', 'link')
    await scene.slack.as('ben').command('/baton', 'link')
    expect(await answerTo('ann', '/baton', 'unlink')).toMatch(/^You are no longer linked to Ann Abel/)
    expect(await answerTo('dora', '/baton', 'unlink @ben')).toMatch(/^<@U0BEN> is no longer linked/)
  })
})
