import { expect, it } from 'vitest'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

async function waiting(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  return scene
}

/** Nothing was decided: the chat waits as it did, and WAMM was told nothing. */
const nothingChanged = (scene: TimelessScene) => {
  expect(scene.history(IVAN).map(({ facts }) => facts.kind)).toEqual(['arrived'])
  expect(scene.wamm.writes).toEqual([])
}

it.each([
  ['/claimm', '', 'older version'],
  ['/baton', 'dance', 'does not know “/baton dance”'],
  ['/baton', 'constructor', 'does not know'],
  ['/claim', '?', 'Send `/claim` to choose a chat'],
  ['/handoff', 'ivan', 'Who should get the chat?'],
  ['/handoff', 'nobody-of-that-name @ben', 'No open chat matches “nobody-of-that-name”'],
  ['/release', 'nobody of that name', 'No open chat matches'],
])('Every interaction is answered: %s %s', async (command, text, answer) => {
  const scene = await waiting()
  const { message } = await scene.slack.as('ann').command(command, text)
  expect(message?.text).toContain(answer)
  nothingChanged(scene)
})

it.each([
  ['an unknown action', 'assign_v0', JSON.stringify({ chat: 'x', version: 1 }), 'older version'],
  ['a name that every object has', '__proto__', 'x', 'older version'],
  ['a value that is not JSON', 'claim_chat', 'chat-1', 'older version'],
  ['a value of another shape', 'claim_chat', JSON.stringify({ chat: ['a'], version: 'b' }), 'older version'],
  [
    'a chat that does not exist',
    'claim_chat',
    JSON.stringify({ chat: 'nope', version: 1 }),
    'does not know this chat',
  ],
  [
    'a hand-off of no chat',
    'hand_off',
    JSON.stringify({ chat: 'nope', version: 1 }),
    'does not know this chat',
  ],
  [
    'a release of no chat',
    'release',
    JSON.stringify({ chat: 'nope', version: 1 }),
    'does not know this chat',
  ],
  ['a value too long to be ours', 'release', 'x'.repeat(2_000), 'older version'],
])('Every interaction is answered: a button with %s', async (_name, action, value, answer) => {
  const scene = await waiting()
  const { acknowledged } = await scene.slack
    .as('ann')
    .click(scene.card('Ivan'), action, { forged: true, value })
  expect(acknowledged).toBe(true)
  await scene.told('ann', answer)
  nothingChanged(scene)
})

it('Every interaction is answered: unknown forms, shortcuts and menus', async () => {
  const scene = await waiting()
  const { slack } = scene
  const ann = slack.as('ann')
  await ann.command('/claim')
  const view = await scene.until(() => ann.modal())
  const old = { ...view, callbackId: 'old_form', source: { ...view.source, callback_id: 'old_form' } }
  expect((await ann.submit(old, {}, { forged: true })).acknowledged).toBe(true)
  await scene.told('ann', 'older version')
  expect((await ann.shortcut('old_shortcut')).acknowledged).toBe(true)
  expect((await ann.shortcut('old_shortcut', scene.card('Ivan'))).acknowledged).toBe(true)
  await scene.until(() => ann.dms().length === 2)
  nothingChanged(scene)
})

it.each([
  ['no metadata', ''],
  ['metadata that is not JSON', '{'],
  ['metadata of another version', JSON.stringify({ v: 2, chat: { chat: 'x', version: 1 }, channel: null })],
  ['metadata that is far too long', 'x'.repeat(3_000)],
])('Every interaction is answered: forms with %s', async (_name, metadata) => {
  const scene = await waiting()
  const { slack } = scene
  const ann = slack.as('ann')
  await ann.click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  const before = scene.history(IVAN).length
  const submitForged = async () => {
    const form = await scene.until(() => ann.modal())
    const source = { ...form.source, private_metadata: metadata }
    const { errors } = await ann.submit({ ...form, privateMetadata: metadata, source }, {}, { forged: true })
    expect(errors).toEqual({})
    expect(ann.modal()).toBeNull()
  }
  await ann.command('/release')
  await submitForged()
  await ann.click(scene.card('Ivan'), 'Hand Off')
  await submitForged()
  await scene.until(() => ann.dms().filter(({ text }) => text.includes('could not read that')).length === 2)
  expect(scene.history(IVAN)).toHaveLength(before)
})

it('Every interaction is answered: garbage in the fields of a form is shown at the field', async () => {
  const scene = await waiting()
  const ann = scene.slack.as('ann')
  await ann.command('/claim')
  const form = await scene.until(() => ann.modal())
  for (const value of ['', '[]', 'nope', '{"chat":7}', 'x'.repeat(200)]) {
    const chosen = { type: 'external_select', selected_option: { value } }
    const forged = { ...form, values: { chat: { waiting_chat: chosen } } }
    const { errors } = await ann.submit(forged, {}, { forged: true })
    expect(errors).toEqual({ chat: 'Please choose a chat.' })
  }
  nothingChanged(scene)
})

it('Every interaction is answered: whoever the menu does not offer gets no chat', async () => {
  const scene = await waiting()
  const ann = scene.slack.as('ann')
  await ann.click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  const before = scene.history(IVAN).length
  await ann.click(scene.card('Ivan'), 'Hand Off')
  const form = await scene.until(() => ann.modal())
  // WAMM takes `none` for nobody.
  for (const user of ['none', '999']) {
    const chosen = { type: 'external_select', selected_option: { value: JSON.stringify(['wamm', user]) } }
    const forged = { ...form, values: { receiver: { receiver: chosen } } }
    const { errors } = await ann.submit(forged, {}, { forged: true })
    expect(errors).toEqual({ receiver: 'Please choose a colleague.' })
  }
  await scene.settled()
  expect(scene.history(IVAN)).toHaveLength(before)
})

it('Every interaction is answered: payloads that lack what they need', async () => {
  const scene = await waiting()
  const { slack } = scene
  const from = { user: { id: 'U0ANN', team_id: slack.team.id }, team: { id: slack.team.id }, trigger_id: 't' }
  const broken = [
    { type: 'block_actions', ...from, actions: [{ action_id: 'claim_chat' }] },
    {
      type: 'block_actions',
      ...from,
      actions: [{ type: 'button', action_id: 7, block_id: 'b', action_ts: '1' }],
    },
    {
      type: 'view_submission',
      ...from,
      view: { id: 'V1', type: 'modal', callback_id: 'claim_picker', state: { values: 7 } },
    },
    { type: 'view_submission', ...from, view: { id: 'V1', type: 'modal', callback_id: 'claim_picker' } },
    { type: 'shortcut', ...from, callback_id: '' },
    { command: '/claim', user_id: 'U0ANN', team_id: slack.team.id },
    {
      command: '/claim',
      user_id: 'not a user',
      team_id: slack.team.id,
      channel_id: 'C0SUPPORT',
      trigger_id: 't',
    },
    {
      command: '/claim',
      text: 'ivan',
      user_id: 'U0ANN',
      team_id: 'T0OTHER',
      channel_id: 'C0SUPPORT',
      trigger_id: 't',
    },
  ]
  for (const payload of broken) {
    const { acknowledged } = await slack.raw(payload)
    expect(acknowledged, JSON.stringify(payload)).toBe(true)
  }
  nothingChanged(scene)
})

it('Every interaction is answered: what takes long is answered with "still working" and then with its end', async () => {
  const scene = await timelessScene()
  const { slack, wamm } = scene
  const held = wamm.faults.add({ fault: { kind: 'hold' }, method: 'user_list' })
  const { message } = await scene.during(slack.as('ann').command('/baton', 'link'))
  expect(message?.text).toContain('Still working on it')
  held.clear()
  expect((await scene.told('ann', 'You are now linked')).text).toContain('Ann Abel')
})

it('Every interaction is answered: what takes too long ends with what to do', async () => {
  const scene = await timelessScene()
  const { slack, wamm } = scene
  wamm.faults.add({ fault: { kind: 'hang', handled: false }, method: 'user_list', times: 1 })
  const { message } = await scene.during(slack.as('ann').command('/baton', 'link'))
  expect(message?.text).toContain('Still working on it')
  const end = await scene.told('ann', 'could not look for you')
  expect(end.text).toContain('WAMM did not answer in time. Please send the command again')
  await slack.as('ann').command('/baton', 'link')
  await scene.told('ann', 'You are now linked')
})

it('Every interaction is answered: a claim that was acknowledged goes on after a restart', async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  await wamm.goDown()
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.during(scene.restart())
  await wamm.comeBack()
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('100')
  expect(scene.card('Ivan').text).toContain('With <@U0ANN>')
})

it('Every interaction is answered: a first claim whose linking was under way goes on after a restart', async () => {
  const scene = await timelessScene()
  const { slack, wamm } = scene
  await scene.arrives(IVAN, 'Ivan')
  await wamm.goDown()
  const { message } = await slack.as('ann').command('/claim', 'ivan')
  expect(message?.text).toContain('Looking for you in WAMM')
  await scene.during(scene.restart())
  await wamm.comeBack()
  await scene.told('ann', 'You have the chat with Ivan')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('100')
})

it('Every interaction is answered: what was slow when Baton was stopped still gets its end', async () => {
  const scene = await timelessScene()
  const { slack, wamm } = scene
  wamm.faults.add({ fault: { kind: 'hang', handled: false }, method: 'user_list', times: 1 })
  const asked = slack.as('ann').command('/baton', 'link')
  expect((await scene.during(asked)).message?.text).toContain('Still working on it')
  await scene.during(scene.restart())
  await scene.told('ann', /could not look for you|Something went wrong/)
})

it('Every interaction is answered: while Baton stops, people are told to try again', async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  wamm.faults.add({ fault: { kind: 'hang', handled: false }, method: 'user_list', times: 1 })
  const slow = slack.as('carla').command('/baton', 'link')
  await scene.until(() => wamm.calls.filter(({ fault }) => fault === 'hang').length === 1)
  const stopping = scene.restart()
  expect((await slack.as('ann').command('/claim', 'ivan')).message?.text).toContain('Baton is restarting')
  await scene.during(Promise.all([slow, stopping]))
  nothingChanged(scene)
})
