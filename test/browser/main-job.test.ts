import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from '../../sandbox/page/open-browser.ts'
import { type PageScene, startPageScene } from './page-scene.ts'

let browser: Browser
let scene: PageScene
beforeAll(async () => {
  browser = await openBrowser(process.env.CHROMIUM)
})
afterAll(() => browser.close())
beforeEach(async () => {
  scene = await startPageScene(browser)
})
afterEach(() => scene.close())

const IVAN = '79001234567'

describe('the main job in the browser', () => {
  it('a card is claimed with one click, and everybody sees it at once', async () => {
    const [ann, ben] = await Promise.all([scene.open('ann'), scene.open('ben')])
    await ann.press('Ivan Petrov', 'Claim Chat')
    await ben.card('Ivan Petrov').getByText('With @Ann Abel').waitFor()
    await ben.card('Ivan Petrov').getByRole('button', { name: 'Claim Chat' }).waitFor({ state: 'detached' })
    await scene.wamm.until(() => scene.wamm.holder(IVAN) === '100', { timeoutMs: 5_000 })
    await ann.page.getByRole('combobox', { name: 'Responsible for Ivan Petrov in WAMM.chat' }).waitFor()
    await expect
      .poll(() => ann.page.getByRole('combobox', { name: /^Responsible for Ivan/ }).inputValue())
      .toBe('100')
  })

  it('who loses a race is told privately who has the chat', async () => {
    const [ann, ben] = await Promise.all([scene.open('ann'), scene.open('ben')])
    // Both still see the waiting card when they press.
    for (const person of [ann, ben]) {
      await person.page.getByRole('button', { name: 'Pause This Window' }).click()
    }
    await Promise.all([ann.press('Ivan Petrov', 'Claim Chat'), ben.press('Ivan Petrov', 'Claim Chat')])
    await scene.wamm.until(() => scene.wamm.holder(IVAN) !== null, { timeoutMs: 5_000 })
    for (const person of [ann, ben]) await person.page.getByRole('button', { name: 'Go Live' }).click()
    const annWon = scene.wamm.holder(IVAN) === '100'
    const [winner, loser] = annWon ? [ann, ben] : [ben, ann]
    const told = loser.page.getByRole('article').filter({ hasText: 'Only visible to you' })
    await told.getByText(annWon ? '@Ann Abel' : '@Ben Bauer').waitFor()
    await winner
      .card('Ivan Petrov')
      .getByText(annWon ? 'With @Ann Abel' : 'With @Ben Bauer')
      .waitFor()
    expect(scene.wamm.writesOf(IVAN)).toHaveLength(1)
  })

  it('a chat is handed off by form: the colleague gets it, with the note', async () => {
    const ann = await scene.open('ann')
    await ann.press('Ivan Petrov', 'Claim Chat')
    await ann.card('Ivan Petrov').getByText('With @Ann Abel').waitFor()
    await ann.composer.fill('/handoff')
    await ann.composer.press('Enter')
    await ann.dialog.getByRole('combobox', { name: 'Which of your chats' }).click()
    await ann.dialog.getByRole('option', { name: /Ivan Petrov/ }).click()
    await ann.dialog.getByRole('combobox', { name: 'To whom' }).fill('ben')
    await ann.dialog.getByRole('option', { name: 'Ben Bauer' }).click()
    await ann.dialog.getByRole('textbox', { name: 'Note' }).fill('He asked twice already.')
    await ann.dialog.getByRole('button', { name: 'Hand Off' }).click()
    await ann.dialog.getByText('You handed the chat with Ivan Petrov to @Ben Bauer').waitFor()
    await ann.dialog.getByText('Close', { exact: true }).click()
    await ann.card('Ivan Petrov').getByText('With @Ben Bauer').waitFor()

    const ben = await scene.open('ben')
    await ben.page.getByRole('navigation').getByRole('link', { name: 'Baton' }).click()
    await ben.page.getByText('He asked twice already.').waitFor()
    await ben.page.getByText('@Ann Abel handed the chat with Ivan Petrov to you').waitFor()
  })

  it('a form that misses something says so at the field, and keeps what was typed', async () => {
    const ann = await scene.open('ann')
    await ann.press('Ivan Petrov', 'Claim Chat')
    await ann.press('Ivan Petrov', 'Hand Off')
    await ann.dialog.getByRole('textbox', { name: 'Note' }).fill('Typed before the mistake')
    await ann.dialog.getByRole('button', { name: 'Hand Off' }).click()
    await ann.dialog.getByText('Please complete this required field.').waitFor()
    expect(await ann.dialog.getByRole('textbox', { name: 'Note' }).inputValue()).toBe(
      'Typed before the mistake',
    )
  })

  it('a chat is released by its button and waits for somebody else', async () => {
    const [ann, ben] = await Promise.all([scene.open('ann'), scene.open('ben')])
    await ann.press('Ivan Petrov', 'Claim Chat')
    await ann.press('Ivan Petrov', 'Release')
    await ben.card('Ivan Petrov').getByRole('button', { name: 'Claim Chat' }).waitFor()
    await ben.card('Ivan Petrov').getByText('Waiting since').waitFor()
  })

  it.each(['Ivan Petrov', 'Jürgen Weiß'])(
    'the contact of %s is changed from the menu of the card, wherever that stands, and the card follows',
    async (customer) => {
      const ann = await scene.open('ann')
      await ann.press(customer, 'Claim Chat')
      await ann.press(customer, 'More actions')
      await ann.page.getByRole('menuitem', { name: 'Contact' }).click()
      const field = (name: string) => ann.dialog.getByRole('textbox', { name })
      await field('E-mail address').fill('nobody')
      await ann.dialog.getByRole('button', { name: 'Save' }).click()
      await ann.dialog.getByText('Please write an e-mail address').waitFor()
      await field('E-mail address').fill('somebody@example.com')
      await field('Note').fill('Wants two chairs.\nAnd a table.')
      await field('Name').fill(`${customer} the Second`)
      await ann.dialog.getByRole('button', { name: 'Save' }).click()
      await ann.dialog.getByText(`The contact of ${customer} the Second was saved in WAMM.`).waitFor()
      await ann.card(`${customer} the Second`).waitFor()
      expect([...scene.wamm.state.chats.values()].find(({ name }) => name.endsWith('Second'))).toMatchObject({
        notes: 'Wants two chairs.\nAnd a table.',
        email: 'somebody@example.com',
      })
    },
  )

  it('a late click on an old card changes nothing, and the person is told how things stand', async () => {
    const [ann, ben, carla] = await Promise.all([scene.open('ann'), scene.open('ben'), scene.open('carla')])
    await ann.press('Ivan Petrov', 'Claim Chat')
    await ann.card('Ivan Petrov').getByRole('button', { name: 'Release' }).waitFor()
    await ann.page.getByRole('button', { name: 'Pause This Window' }).click()
    await ann.page.getByText('This window is paused').waitFor()

    const carlaLeads = carla.card('Ivan Petrov')
    await carlaLeads.getByRole('button', { name: 'Release' }).click()
    await carlaLeads.getByRole('button', { name: 'Claim Chat' }).waitFor()
    await ben.press('Ivan Petrov', 'Claim Chat')
    await ben.card('Ivan Petrov').getByText('With @Ben Bauer').waitFor()
    await scene.wamm.until(() => scene.wamm.holder(IVAN) === '101', { timeoutMs: 5_000 })

    await ann.press('Ivan Petrov', 'Release')
    await scene.slack.until((slack) => slack.messages.some(({ ephemeralTo }) => ephemeralTo === 'U0ANN'))
    await ann.page.getByRole('button', { name: 'Go Live' }).click()
    const told = ann.page.getByRole('article').filter({ hasText: 'Only visible to you' })
    await told.getByText('@Ben Bauer').waitFor()
    expect(scene.wamm.holder(IVAN)).toBe('101')
  })

  it('while WAMM is down a claim is kept, and it goes through when WAMM is back', async () => {
    const ann = await scene.open('ann')
    await ann.page.getByRole('radio', { name: 'Down' }).click()
    await ann.page.getByText('WAMM.chat takes no connections.').waitFor()
    await ann.press('Ivan Petrov', 'Claim Chat')
    await ann.card('Ivan Petrov').getByText('With @Ann Abel').waitFor()
    await ann.card('Ivan Petrov').getByText('keeps trying').waitFor()
    await ann.page.getByRole('radio', { name: 'Normal' }).click()
    await scene.wamm.until(() => scene.wamm.holder(IVAN) === '100', { timeoutMs: 20_000 })
    await ann.card('Ivan Petrov').getByText('keeps trying').waitFor({ state: 'detached' })
  })

  it('the whole main job can be done by keyboard alone', async () => {
    const ann = await scene.open('ann')
    const { keyboard } = ann.page
    const focused = () =>
      ann.page.evaluate<string>(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent",
      )
    const tabTo = async (name: string) => {
      for (let steps = 0; steps < 60; steps += 1) {
        if ((await focused()).trim() === name) return
        await keyboard.press('Tab')
      }
      throw new Error(`Sixty tabs did not lead to “${name}” but to “${await focused()}”`)
    }
    const ivan = ann.card('Ivan Petrov')

    await tabTo('Claim Chat')
    await keyboard.press('Enter')
    await ivan.getByText('With @Ann Abel').waitFor()
    // The focus stays at the card, so that its next button is one step away.
    await keyboard.press('Tab')
    expect(await focused()).toBe('Hand Off')
    await keyboard.press('Enter')
    await ann.dialog.getByRole('combobox', { name: 'To whom' }).waitFor()
    await keyboard.type('car')
    await ann.dialog.getByRole('option', { name: 'Carla Cruz' }).waitFor()
    await keyboard.press('Enter')
    await keyboard.press('Tab')
    await keyboard.type('By keyboard')
    await tabTo('Hand Off')
    await keyboard.press('Enter')
    await ann.dialog.getByText('to @Carla Cruz').waitFor()
    await keyboard.press('Escape')
    await ann.dialog.waitFor({ state: 'detached' })
    await ivan.getByText('With @Carla Cruz').waitFor()

    await ann.composer.focus()
    await keyboard.type('/cl')
    await keyboard.press('Tab')
    await keyboard.type('grace')
    await keyboard.press('Enter')
    await ann.card('Grace Miller').getByText('With @Ann Abel').waitFor()
    await keyboard.type('/release grace')
    await keyboard.press('Enter')
    await ann.card('Grace Miller').getByText('Waiting since').waitFor()
  })
})
