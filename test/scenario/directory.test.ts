import { describe, expect, it } from 'vitest'
import type { SandboxSlack } from '../../sandbox/slack/start-slack.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const says = async (scene: TimelessScene, user: string, command: string, text: string) =>
  (await scene.slack.as(user).command(command, text)).message?.text ?? ''

const report = (scene: TimelessScene, admin = 'dora') =>
  scene.told(admin, 'people in Slack who can take chats')

const linked = (scene: TimelessScene) =>
  scene
    .peopleHistory()
    .flatMap(({ facts }) => (facts.kind === 'linked' ? [`${facts.slackUser} ${facts.to}`] : []))

/** The cursors by which pages were asked for, refused calls aside. */
const pagesAsked = (slack: SandboxSlack) =>
  slack
    .callsTo('users.list')
    .filter(({ status }) => status === 200)
    .map(({ args }) => args.cursor ?? 'first')

describe('/baton link everyone', () => {
  it('links whom it finds by e-mail address, and reports to the admin who is left and why', async () => {
    const scene = await timelessScene({
      linked: ['ann'],
      prepare: ({ slack, wamm }) => {
        slack.addUser({ id: 'U0EVE', name: 'eve' })
        slack.addUser({ id: 'U0TWIN', name: 'twin' })
        slack.addUser({ id: 'U0BAD', name: 'bad' })
        slack.addUser({ id: 'U0HID', name: 'hid', email: null })
        for (const id of ['201', '202']) wamm.addUser({ id, name: 'Twin', email: 'twin@acme.test' })
        wamm.addUser({ id: '203', name: 'Bad', email: 'bad@acme.test' })
        wamm.blockUser('203')
      },
    })
    await scene.pass(1_000)
    expect(await says(scene, 'dora', '/baton', 'link everyone')).toContain('You get a private message')
    const { text } = await report(scene)
    expect(text.split('\n')).toEqual([
      '*WAMM*, of 8 people in Slack who can take chats:',
      '• 3 linked now',
      '• 1 linked already',
      '• 1 with an address that nobody has there: <@U0EVE>',
      '• 1 with an address that several users have there: <@U0TWIN>',
      '• 1 blocked or deleted there: <@U0BAD>',
      '• 1 without an address that Slack shows: <@U0HID>',
      '• 3 users there with whom nobody is linked: Olga Orlova, Twin and Twin',
      'Everybody else is linked by their first claim once the addresses match, or by hand.',
    ])
    await scene.settled()
    expect(linked(scene).sort()).toEqual(['U0ANN 100', 'U0BEN 101', 'U0CARLA 102', 'U0DORA 103'])
    await scene.pass(1_000)
    await says(scene, 'dora', '/baton', 'link everyone')
    await scene.told('dora', '4 linked already')
    await scene.settled()
    expect(linked(scene)).toHaveLength(4)
  })

  it('ends with a form in which an admin finishes by hand, and nobody else', async () => {
    const scene = await timelessScene()
    const { slack } = scene
    await says(scene, 'dora', '/baton', 'link everyone')
    await report(scene)
    await scene.settled()
    slack.addUser({ id: 'U0EVE', name: 'eve' })
    const message = await report(scene)
    await slack.as('dora').click(message, 'Link by Hand')
    const form = await scene.until(() => slack.as('dora').modal())
    const { options } = await slack.as('dora').options(form, 'provider_user', 'ol')
    expect(options.map(({ text }) => text)).toMatchObject([{ text: 'Olga Orlova' }])
    const values = { person: 'U0EVE', provider_user: String(options[0]?.value) }
    await slack.as('dora').submit(form, values)
    expect(JSON.stringify(slack.as('dora').modal()?.blocks)).toContain(
      '<@U0EVE> is now linked to Olga Orlova in WAMM',
    )
    expect(linked(scene)).toContain('U0EVE 110')
    expect(scene.peopleHistory().at(-1)).toMatchObject({ actor: 'U0DORA', facts: { how: 'admin' } })
    expect(await says(scene, 'ann', '/baton', 'link everyone')).toContain('Only admins can link other people')
  })

  it('asks for the id, and says where it is, at a provider that does not list its users', async () => {
    const scene = await timelessScene({ saleschat: {} })
    const { slack } = scene
    const dora = slack.as('dora')
    await says(scene, 'dora', '/baton', 'link everyone')
    const message = await report(scene)
    expect(message.text).toContain('SalesChat does not say who its users are: link people there by hand')
    await dora.click(message, 'Link by Hand')
    const form = await scene.until(() => dora.modal())
    expect(JSON.stringify(form.blocks)).toContain('the id is in its address')
    const wrong = await dora.submit(form, { person: 'U0ANN', account: 'saleschat' })
    expect(wrong.errors).toEqual({ provider_user_id: 'Type the id.' })
    const nobody = await dora.submit(form, { person: 'U0ANN', account: 'wamm', provider_user_id: 'u-ann' })
    expect(nobody.errors).toEqual({ provider_user: 'Choose who this is there.' })
    await dora.submit(form, { person: 'U0GUS', account: 'saleschat', provider_user_id: 'u-gus' })
    const still = await scene.until(() => dora.modal())
    expect(JSON.stringify(still.blocks)).toContain('<@U0GUS> is a guest')
    await dora.submit(still, { person: 'U0ANN', account: 'saleschat', provider_user_id: 'u-ann' })
    await scene.settled()
    expect(linked(scene)).toContain('U0ANN u-ann')
    await slack.as('ann').command('/baton', 'whoami')
    expect(scene.lastTold('ann')).toMatch(
      /saleschat: linked to Ann Abel, with 0 chats. Linked by an admin since/i,
    )
  })

  it('is refused to whoever is an admin no more, at the button and at the form', async () => {
    const scene = await timelessScene()
    const { slack } = scene
    slack.people.changeUser('carla', { isAdmin: true })
    await says(scene, 'carla', '/baton', 'link everyone')
    const message = await report(scene, 'carla')
    await slack.as('carla').click(message, 'Link by Hand')
    const form = await scene.until(() => slack.as('carla').modal())
    await slack.as('carla').options(form, 'provider_user', '')
    const asked = slack.countCalls('users.info')
    await slack.changes('carla', { isAdmin: false })
    await scene.until(() => slack.countCalls('users.info') > asked)
    await scene.settled()
    await slack
      .as('carla')
      .submit(form, { person: 'U0ANN', provider_user: '["wamm","110"]' }, { forged: true })
    await scene.until(() => JSON.stringify(slack.as('carla').modal()?.blocks).includes('Only admins'))
    await slack.as('carla').click(message, 'Link by Hand')
    await scene.told('carla', 'Only admins can link other people')
    expect(linked(scene)).not.toContain('U0ANN 110')
  })

  it('reads 2,000 people in Slack and 1,500 at Aelyst within the limits, each page once', {
    timeout: 60_000,
  }, async () => {
    const scene = await timelessScene({
      slack: { enforceTiers: true },
      aelyst: {},
      prepare: ({ slack, aelyst }) => {
        for (let i = 0; i < 2_000; i += 1) slack.addUser({ name: `p${i}` })
        for (let i = 0; i < 1_500; i += 1)
          aelyst?.addUser({ id: String(5_000 + i), firstName: `P ${i}`, email: `p${i}@acme.test` })
      },
    })
    const begun = scene.clock.now()
    await says(scene, 'dora', '/baton', 'link everyone')
    const { text } = await report(scene)
    expect(text).toMatch(/\*Aelyst\*.*\n• 150\d linked now/)
    expect(text).toContain('and 491 more')
    expect(scene.clock.now() - begun).toBeLessThan(60_000)
    const pages = pagesAsked(scene.slack)
    expect(pages).toHaveLength(11)
    expect(new Set(pages).size).toBe(11)
    expect(scene.slack.rateLimitedCalls).toBe(0)
  })

  it('is one reading however many ask, and everybody who asked gets the report', async () => {
    const scene = await timelessScene({ env: { ADMIN_USERS: 'U0DORA,U0CARLA' } })
    const { slack } = scene
    slack.faults.inject('users.list', { kind: 'delay', delayMs: 50 }, 1)
    await Promise.all(
      ['dora', 'carla', 'dora'].map((admin) => slack.as(admin).command('/baton', 'link everyone')),
    )
    await Promise.all(['dora', 'carla'].map((admin) => report(scene, admin)))
    await scene.settled()
    expect(slack.callsTo('users.list')).toHaveLength(1)
    expect(
      slack
        .as('dora')
        .dms()
        .filter(({ text }) => text.includes('linked now')),
    ).toHaveLength(1)
    expect(linked(scene)).toHaveLength(4)
  })

  it('goes on when Slack or the provider is in trouble, and says what it could not read', async () => {
    const scene = await timelessScene()
    const { slack, wamm } = scene
    slack.faults.inject('users.list', { kind: 'rate-limited', retryAfterSeconds: 7 }, 1)
    slack.faults.inject('users.list', { kind: 'outage' }, 1)
    await wamm.goDown()
    await says(scene, 'dora', '/baton', 'link everyone')
    const { text } = await scene.told('dora', 'Nobody could be looked for in WAMM')
    expect(text).toContain('WAMM cannot be reached. Please send the command again')
    await wamm.comeBack()
    await says(scene, 'dora', '/baton', 'link everyone')
    expect((await report(scene)).text).toContain('• 4 linked now')
  })

  it('goes by whom it knew before when Slack lists nobody at all', async () => {
    const scene = await timelessScene()
    scene.slack.faults.inject('users.list', { kind: 'outage' }, 50)
    await says(scene, 'ann', '/baton', 'link')
    await scene.pass(1_000)
    await says(scene, 'dora', '/baton', 'link everyone')
    const { text } = await report(scene)
    expect(text).toContain('Slack did not list its people')
    expect(text).toContain('• 1 linked already')
    scene.slack.faults.clear()
  })

  it('begins again where Slack has forgotten the place', async () => {
    const scene = await timelessScene({
      prepare: ({ slack }) => {
        for (let i = 0; i < 250; i += 1) slack.addUser({ name: `p${i}` })
      },
    })
    const { slack } = scene
    const stop = slack.onChange(() => {
      if (slack.callsTo('users.list').length === 0) return
      stop()
      slack.faults.inject('users.list', { kind: 'error', error: 'invalid_cursor' }, 1)
    })
    await says(scene, 'dora', '/baton', 'link everyone')
    expect((await report(scene)).text).toContain('• 4 linked now')
    expect(pagesAsked(slack).filter((cursor) => cursor === 'first')).toHaveLength(2)
  })
})
