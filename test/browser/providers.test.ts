import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openBrowser } from '../../sandbox/page/open-browser.ts'
import { SALES_STAFF } from '../fixtures/start-saleschat-account.ts'
import { startPageScene } from './page-scene.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser(process.env.CHROMIUM)
})
afterAll(() => browser.close())

const PHONE = '+971507654321'

const openScene = async () => {
  const scene = await startPageScene(browser, {
    saleschat: { users: SALES_STAFF, groups: [{ id: 'g-sales', name: 'Sales' }] },
    aelyst: {},
    prepare: ({ saleschat, aelyst }) => {
      saleschat?.addContact({
        id: 'c-layla',
        phone: PHONE,
        firstName: 'Layla',
        lastName: 'Haddad',
        createdAtMs: Date.now() + 1_000,
      })
      saleschat?.addContact({ id: 'c-omar', phone: PHONE, firstName: 'Omar', lastName: 'Haddad' })
      aelyst?.customerWrites({ phone: '+96550123456' }, { firstName: 'Noor', text: 'Call me, please.' })
    },
  })
  onTestFinished(() => scene.close())
  const { saleschat, aelyst } = scene
  if (saleschat === null || aelyst === null) throw new Error('the scene lacks a provider')
  return { ...scene, saleschat, aelyst }
}

describe('SalesChat in the browser', () => {
  it('a contact is claimed by a number that two have and given to a group, and its own screen agrees', async () => {
    const { open, saleschat } = await openScene()
    const { page, composer, dialog } = await open('ann', { channel: 'sales' })
    await page.getByRole('button', { name: 'SalesChat.pro' }).click()
    const inSalesChat = page.getByRole('listitem').filter({ hasText: 'Layla Haddad' })
    const holder = page.getByRole('combobox', { name: 'Responsible for Layla Haddad in SalesChat.pro' })

    await composer.fill(`/claim saleschat:${PHONE}`)
    await composer.press('Enter')
    const offered = page.getByRole('article').filter({ hasText: '2 chats match' })
    await offered.getByText('Omar Haddad').waitFor()
    // The newest contact is offered first.
    await offered.getByRole('button', { name: 'Claim Chat' }).first().click()
    await inSalesChat.getByText('Accepted, not in effect yet: Ann Abel').waitFor()
    expect(await holder.inputValue()).toBe('nobody')
    saleschat.settle()
    await expect.poll(() => holder.inputValue()).toBe('u-ann')

    const layla = page.getByRole('article').filter({ hasText: 'With @Ann Abel' })
    await layla.getByRole('button', { name: 'Hand Off' }).click()
    await dialog.getByRole('combobox', { name: 'To whom' }).fill('sal')
    await dialog.getByRole('option', { name: 'Sales' }).click()
    await dialog.getByRole('button', { name: 'Hand Off' }).click()
    await dialog.getByText('You handed the chat with Layla Haddad to the group Sales').waitFor()
    await dialog.getByText('Close', { exact: true }).click()
    // SalesChat takes one assignment of a contact in 10 seconds.
    await inSalesChat.getByText('Accepted, not in effect yet: Sales').waitFor({ timeout: 15_000 })
    saleschat.settle()
    await inSalesChat.getByText('Accepted').waitFor({ state: 'detached' })
    expect(await holder.inputValue()).toBe('u-ann')
    await page.getByText('With the group Sales').waitFor()
  }, 30_000)

  it('a contact is added in its own screen and can be claimed then', async () => {
    const { open } = await openScene()
    const { page, composer } = await open('ann', { channel: 'sales' })
    await page.getByRole('button', { name: 'SalesChat.pro' }).click()
    await page.getByRole('button', { name: 'Add the Contact' }).click()
    await page.getByText('Sanne de Vries is there now.').waitFor()
    await composer.fill('/claim saleschat:+31 6 12345678')
    await composer.press('Enter')
    await page.getByText('You have the chat with Sanne de Vries').waitFor()
  })
})

describe('Aelyst in the browser', () => {
  it('a form offers only those who may have the chat that was chosen in it', async () => {
    const { open } = await openScene()
    const { page, composer, dialog, press } = await open('ann', { channel: 'general' })
    await press('Noor', 'Claim Chat')
    await page.getByText('With @Ann Abel').waitFor()
    await composer.fill('/handoff')
    await composer.press('Enter')
    await dialog.getByRole('combobox', { name: 'Which of your chats' }).click()
    await dialog.getByRole('option', { name: /Noor/ }).click()
    await dialog.getByRole('combobox', { name: 'To whom' }).fill('ben')
    await dialog.getByRole('option', { name: 'Ben Bauer' }).first().waitFor()
    expect(await dialog.getByRole('option').allTextContents()).toEqual(['Ben Bauer'])
  })

  it('a customer writes, a note of a hand-off arrives, and a chat that is closed there is closed here', async () => {
    const { open, aelyst, baton } = await openScene()
    const { page, composer, card, press } = await open('ann', { channel: 'general' })
    await page.getByRole('button', { name: 'Aelyst.ai' }).click()
    await page.getByRole('textbox', { name: 'Number or e-mail' }).fill('sanne@example.com')
    await page.getByRole('button', { name: 'Send as the Customer' }).click()
    await page.getByText('Sanne de Vries has written.').waitFor()
    await baton.pollNow()
    await card('Sanne de Vries').waitFor()

    await press('Noor', 'Claim Chat')
    await card('Noor').getByText('With @Ann Abel').waitFor()
    await composer.fill('/handoff Noor @ben before six')
    await composer.press('Enter')
    await page.getByText('Note: Ann Abel handed this chat to Ben Bauer in Slack: before six').waitFor()
    await page.getByRole('button', { name: 'Close the chat with Noor' }).click()
    await aelyst.until(() => aelyst.holder('501') === null, { timeoutMs: 5_000 })
    await baton.pollNow()
    await baton.pollNow()
    await card('Noor').getByText('Closed in Aelyst.').waitFor()
  })
})
