import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { openBrowser } from '../../sandbox/page/open-browser.ts'
import { startPage } from '../../sandbox/page/start-page.ts'
import { type SlackOptions, startSlack } from '../../sandbox/slack/start-slack.ts'
import { call, connect } from '../unit/bare-slack-app.ts'

/** What Slack's own client does, whatever app is behind it; here the tests answer for the app. */
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser(process.env.CHROMIUM)
})
afterAll(() => browser.close())

const manifest = `
display_information: { name: Baton }
features:
  app_home: { home_tab_enabled: true }
  slash_commands: [{ command: /claim, description: Takes a chat }]
  shortcuts:
    - { name: Start Something, type: global, callback_id: start }
    - { name: Take This, type: message, callback_id: take }
`

const sandbox = async (options: SlackOptions = {}) => {
  const slack = await startSlack(options)
  const page = await startPage({ slack, providers: [], manifest })
  const contexts: BrowserContext[] = []
  onTestFinished(async () => {
    await Promise.all(contexts.map((context) => context.close()))
    await page.close()
    await slack.close()
  })
  const open = async (search: string): Promise<Page> => {
    // Each in a window of its own: what is behind another tab hardly moves.
    const context = await browser.newContext()
    contexts.push(context)
    const opened = await context.newPage()
    opened.setDefaultTimeout(10_000)
    await opened.goto(page.url + search)
    return opened
  }
  return { slack, open }
}

const button = {
  type: 'actions',
  block_id: 'first',
  elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
}
const card = { channel: 'C0SUPPORT', text: 'A card', blocks: [button] }
const form = {
  type: 'modal',
  callback_id: 'form',
  title: { type: 'plain_text', text: 'A form' },
  submit: { type: 'plain_text', text: 'Save' },
  blocks: [
    {
      type: 'input',
      block_id: 'name',
      label: { type: 'plain_text', text: 'Name' },
      element: { type: 'plain_text_input', action_id: 'name' },
    },
  ],
}

describe("Slack's own part", () => {
  it('says so when the app is not connected', async () => {
    const { slack, open } = await sandbox()
    await call(slack, 'chat.postMessage', card)
    const page = await open('?as=ann&in=support')
    await page.getByText('Baton is not connected to Slack just now.').waitFor()
    await page.getByRole('button', { name: 'Go', exact: true }).click()
    await page.getByRole('alert', { name: 'Warnings' }).getByText('dispatch_failed').waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()

    const composer = page.getByRole('textbox', { name: 'Message to support' })
    await composer.fill('/claim me')
    await composer.press('Enter')
    await page.getByRole('alert', { name: 'Warnings' }).getByText('dispatch_failed').waitFor()
    await expect.poll(() => composer.inputValue()).toBe('/claim me')
  })

  it('says so when the app does not answer in time, and keeps the form', async () => {
    const { slack, open } = await sandbox({ ackTimeoutMs: 50 })
    const { url } = await call(slack, 'apps.connections.open', {}, slack.appToken)
    const silent = new WebSocket(String(url))
    onTestFinished(() => silent.terminate())
    await slack.until(() => slack.sockets.open === 1)
    const page = await open('?as=ann&in=support')
    await call(slack, 'views.open', { trigger_id: slack.trigger('ann'), view: form })
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Zoe')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('We had some trouble connecting. Try again?').waitFor()
    expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Zoe')
  })

  it("shows the app's errors at their fields, and modals on top of each other", async () => {
    const { slack, open } = await sandbox()
    const title = { type: 'plain_text', text: 'On top' }
    const answers: unknown[] = [
      { response_action: 'errors', errors: { name: 'That name is taken.' } },
      { response_action: 'push', view: { ...form, title } },
    ]
    await connect(slack, (payload) => (payload.type === 'view_submission' ? (answers.shift() ?? null) : null))
    const page = await open('?as=ann&in=support')
    await call(slack, 'views.open', { trigger_id: slack.trigger('ann'), view: form })
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Zoe')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('That name is taken.').waitFor()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Zoe 2')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog', { name: 'On top' }).getByRole('button', { name: 'Back' }).click()
    const below = page.getByRole('dialog', { name: 'A form' })
    expect(await below.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Zoe 2')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(slack.as('ann').modals()).toEqual([])
  })

  it('marks what is unread, and shows private messages to one person only', async () => {
    const { slack, open } = await sandbox()
    const [ann, ben] = await Promise.all([open('?as=ann&in=general'), open('?as=ben&in=general')])
    const support = ann.getByRole('navigation').getByRole('link', { name: /support/ })
    await support.waitFor()
    await call(slack, 'chat.postMessage', card)
    await call(slack, 'chat.postEphemeral', { channel: 'C0SUPPORT', user: 'U0ANN', text: 'Psst, Ann' })
    await support.getByText('2 unread').waitFor()
    await support.click()
    await ann.getByText('Only visible to you').waitFor()
    await ann.getByText('Psst, Ann').waitFor()
    await support.getByText('unread').waitFor({ state: 'detached' })

    await ben
      .getByRole('navigation')
      .getByRole('link', { name: /support/ })
      .click()
    await ben.getByRole('button', { name: 'Go', exact: true }).waitFor()
    expect(await ben.getByText('Psst').count()).toBe(0)
  })

  it('keeps threads apart, and takes no commands in them', async () => {
    const { slack, open } = await sandbox()
    await connect(slack)
    const [ann, ben] = await Promise.all([open('?as=ann&in=random'), open('?as=ben&in=random')])
    const composer = ann.getByRole('textbox', { name: 'Message to random' })
    await composer.fill('Hello @ben, <b>')
    await composer.press('Enter')
    const said = ann.getByRole('article').filter({ hasText: 'Hello @Ben Bauer, <b>' })
    await said.waitFor()
    await said.hover()
    await said.getByRole('button', { name: 'Reply in Thread' }).click()
    const thread = ann.getByRole('complementary', { name: 'Thread' })
    const reply = thread.getByRole('textbox', { name: 'Reply in this thread' })
    await reply.fill('/claim')
    await reply.press('Enter')
    await thread.getByText('/claim is not supported in threads. Sorry!').waitFor()
    await reply.fill('A reply')
    await reply.press('Enter')
    await thread.getByText('A reply').waitFor()
    await ben.getByRole('button', { name: '1 reply' }).click()
    await ben.getByRole('complementary', { name: 'Thread' }).getByText('A reply').waitFor()
  })

  it('has the shortcuts and the Home tab of the manifest', async () => {
    const { slack, open } = await sandbox()
    const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
    const { payloads } = await connect(slack)
    await call(slack, 'chat.postMessage', card)
    const page = await open('?as=ann&in=support')
    await page.getByRole('button', { name: 'Shortcuts', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Start Something' }).click()
    await slack.until(() => payloads().some(({ callback_id: id }) => id === 'start'))
    await page.getByRole('article').hover()
    await page.getByRole('button', { name: 'Shortcuts of this message' }).click()
    await page.getByRole('menuitem', { name: 'Take This' }).click()
    await slack.until(() => payloads().some(({ callback_id: id }) => id === 'take'))

    await page.getByRole('navigation').getByRole('link', { name: 'Baton' }).click()
    await page.getByRole('tab', { name: 'Home' }).click()
    await call(slack, 'views.publish', {
      user_id: 'U0ANN',
      view: { type: 'home', blocks: [section('Your chats'), button] },
    })
    await page.getByText('Your chats').waitFor()
    await page.getByRole('button', { name: 'Go', exact: true }).click()
    await slack.until(() => payloads().some(({ type }) => type === 'block_actions'))
  })

  it('shows in plain sight what Slack would have refused', async () => {
    const { slack, open } = await sandbox()
    const page = await open('?as=ann&in=support')
    await call(slack, 'chat.postMessage', { ...card, blocks: [{ type: 'section' }] })
    await page.getByRole('button', { name: /Traffic 1 wrong/ }).click()
    await page.getByText('Against Slack’s rules').waitFor()
  })

  it('shows the newest of 2,000 cards at once, and older ones to whoever goes up', async () => {
    const { slack, open } = await sandbox()
    const ann = slack.as('ann')
    for (let count = 1; count <= 2_000; count += 1) ann.say('support', `message ${count}.`)
    const page = await open('?as=ben&in=support')
    await page.getByText('message 2000.').waitFor()
    expect(await page.getByRole('article').count()).toBeLessThan(200)
    await page.getByRole('button', { name: /Show Older Messages/ }).scrollIntoViewIfNeeded()
    await page.getByText('message 1900.').waitFor({ state: 'attached' })
    ann.say('support', 'message 2001.')
    await page.getByText('message 2001.').waitFor({ state: 'attached' })
  })

  it('lets somebody else sit down at the window', async () => {
    const { open } = await sandbox()
    const page = await open('')
    await page.waitForURL(/as=ann/)
    await page
      .getByRole('combobox', { name: 'You are' })
      .selectOption({ label: 'Sid Stranger (from another company)' })
    await page.waitForURL(/as=sid/)
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /shared/ })
      .waitFor()
    expect(
      await page
        .getByRole('navigation')
        .getByRole('link', { name: /support/ })
        .count(),
    ).toBe(0)
  })
})
