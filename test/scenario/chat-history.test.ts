import { expect, it } from 'vitest'
import type { SlackView } from '../../sandbox/slack/model.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

async function waiting(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  return scene
}

/** The modal that the person sees once it has so many lines. */
const modalOf = (scene: TimelessScene, person: string, length?: number): Promise<SlackView> =>
  scene.until(() => {
    const view = scene.slack.as(person).modal()
    return view !== null && (length === undefined || lines(view).length === length) ? view : undefined
  })

/** The lines of the page, without the times. */
const lines = (view: SlackView): readonly string[] =>
  [...JSON.stringify(view.blocks).matchAll(/"<!date[^>]*> · ([^"]*)"/g)].map(([, line = '']) => line)

const labels = (view: SlackView): readonly string[] =>
  [...JSON.stringify(view.blocks).matchAll(/"text":"(Show \w+)"/g)].map(([, label = '']) => label)

it('History tells newest first who did what, from where and why, with numbers masked', async () => {
  const scene = await waiting()
  const { slack, wamm, baton } = scene
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  await slack.as('ann').command('/handoff', `ivan @ben <!channel> call +${IVAN}`)
  await scene.settled()
  wamm.assignInProvider(IVAN, '110')
  await baton.pollNow()
  await scene.settled()
  await slack.as('ben').click(scene.card('Ivan'), 'History')
  const view = await modalOf(scene, 'ben')
  expect(lines(view)).toEqual([
    'WAMM · Taken in WAMM by Olga Orlova.',
    'WAMM · The hand-off by Ann Abel was confirmed.',
    'Slack · Ann Abel handed the chat to Ben Bauer.',
    'WAMM · The claim by Ann Abel was confirmed.',
    'Slack · Ann Abel claimed the chat.',
    'WAMM · Came in, with nobody.',
  ])
  expect(JSON.stringify(view.blocks)).toContain('"<!channel> call +•••••••••67"')
  expect(JSON.stringify(view.blocks)).not.toContain(IVAN)
})

it('History says why a claim failed, and what was too late', async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  wamm.faults.add({ fault: { kind: 'err', err: 'user_fail' }, method: 'contact_to_user', times: 1 })
  await slack.as('ann').command('/claim', 'ivan')
  await scene.settled()
  wamm.assignInProvider(IVAN, '110')
  await slack.as('ben').command('/claim', 'ivan')
  await scene.settled()
  await slack.as('ben').command('/chats', 'history ivan')
  const [late, , failed] = lines(await modalOf(scene, 'ben'))
  expect(late).toContain('The claim by Ben Bauer came too late')
  expect(failed).toMatch(/^WAMM · The claim by Ann Abel did not go through\. /)
})

it('/chats history finds closed chats too, lists several, and says what was not found', async () => {
  const scene = await waiting()
  const { slack, wamm, baton } = scene
  wamm.closeChat(IVAN)
  await baton.pollNow()
  await baton.pollNow()
  await scene.settled()
  await slack.as('ann').command('/chats', `history +7 900 123-45-67`)
  expect(lines(await modalOf(scene, 'ann'))[0]).toBe('WAMM · Closed in WAMM.')
  await slack.as('ann').click(await scene.cardSays('Ivan', 'Closed'), 'History')
  await modalOf(scene, 'ann', 2)

  await scene.arrives('79007654321', 'Ivan Second')
  await scene.settled()
  const several = await slack.as('ann').command('/chats', 'HISTORY  ivan')
  expect(several.message?.text).toContain('2 chats match “ivan”')
  if (several.message === null) throw new Error('no answer')
  const [, block] = /"([\w-]+\.\d+\.actions)"/.exec(JSON.stringify(several.message.blocks)) ?? []
  await slack.as('ann').click(several.message, 'History', { block: block ?? '' })
  await modalOf(scene, 'ann', 1)

  expect((await slack.as('ann').command('/chats', 'history Zoe')).message?.text).toBe(
    "No chat matches “Zoe”. Baton searched in customers' names and numbers. Try the whole number with its country code, or part of the name.",
  )
  for (const words of ['help', 'history'])
    expect((await slack.as('ann').command('/chats', words)).message?.text).toContain('Send `/chats history`')
  expect((await slack.as('ann').command('/chats', 'histroy ivan')).message?.text).toContain(
    'Baton does not know “/chats histroy ivan”',
  )
})

it('A long History has pages, which show what is there when they are turned, however often', async () => {
  const scene = await waiting()
  const { slack } = scene
  for (let round = 0; round < 6; round++) {
    await slack.as('ann').command('/claim', 'ivan')
    await scene.settled()
    await slack.as('ann').command('/release', `ivan round ${round}`)
    await scene.settled()
  }
  await slack.as('ben').command('/chats', 'history ivan')
  const first = await modalOf(scene, 'ben', 20)
  expect(labels(first)).toEqual(['Show Older'])
  await Promise.all([slack.as('ben').click(first, 'Show Older'), slack.as('ben').click(first, 'Show Older')])
  const second = await modalOf(scene, 'ben', 5)
  expect(slack.as('ben').modals()).toHaveLength(1)
  expect(lines(second).at(-1)).toBe('WAMM · Came in, with nobody.')
  expect(labels(second)).toEqual(['Show Newer'])
  await slack.as('ann').command('/claim', 'ivan')
  await scene.settled()
  await slack.as('ben').click(second, 'Show Newer')
  const third = await modalOf(scene, 'ben', 20)
  expect(lines(third)).toEqual(lines(first))
  expect(labels(third)).toEqual(['Show Newer', 'Show Older'])
  await slack.as('ben').click(third, 'Show Newer')
  expect(lines(await modalOf(scene, 'ben', 2))).toEqual([
    'WAMM · The claim by Ann Abel was confirmed.',
    'Slack · Ann Abel claimed the chat.',
  ])
})

it('A page that is turned after the modal was closed, or from a value that nobody made, does no harm', async () => {
  const scene = await waiting()
  const { slack } = scene
  await slack.as('ben').command('/chats', 'history ivan')
  const view = await modalOf(scene, 'ben')
  const forged = { forged: true, value: '{"chat":"../etc","event":1}' }
  const answer = await slack.as('ben').click(view, 'history_older', forged)
  expect(answer.acknowledged).toBe(true)
  await scene.told('ben', 'older version of Baton')
  await slack.as('ben').close(view)
  const messages = slack.messages.length
  const [, chat] = /([\w-]+)\.\d+\.actions/.exec(JSON.stringify(scene.card('Ivan').blocks)) ?? []
  const late = { forged: true, value: JSON.stringify({ chat, event: 2 }) }
  await slack.as('ben').click(view, 'history_older', late)
  await scene.settled()
  expect(slack.as('ben').modal()).toBeNull()
  expect(slack.messages).toHaveLength(messages)
})
