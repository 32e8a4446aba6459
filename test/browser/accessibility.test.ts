import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../sandbox/page/open-browser.ts'
import { SALES_STAFF } from '../fixtures/start-saleschat-account.ts'
import { type PageScene, type Person, startPageScene } from './page-scene.ts'

let browser: Browser
let scene: PageScene
beforeAll(async () => {
  browser = await openBrowser(process.env.CHROMIUM)
  scene = await startPageScene(browser, {
    saleschat: { users: SALES_STAFF, groups: [{ id: 'g-sales', name: 'Sales' }] },
    aelyst: {},
    prepare: ({ saleschat, aelyst }) => {
      saleschat?.addContact({ id: 'c-1', phone: '+79001112233', firstName: 'Zoe', lastName: 'Adler' })
      saleschat?.addContact({ id: 'c-2', phone: '+79001112244', firstName: 'Old' })
      saleschat?.expireContact('c-2')
      aelyst?.customerWrites({ email: 'noor@example.com' }, { firstName: 'Noor', text: 'Call me, please.' })
    },
  })
})
afterAll(async () => {
  await scene.close()
  await browser.close()
})

// An open form belongs to the person, whatever becomes of their window.
afterEach(async () => {
  const ann = scene.slack.as('ann')
  const form = ann.modal()
  if (form !== null) await ann.close(form, { all: true })
})

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** What axe finds wrong with what is on the screen, in words. */
const violationsOf = async ({ page }: Person): Promise<readonly string[]> => {
  // Colours are judged as they are when nothing moves any more.
  await page.addStyleTag({ content: '*, ::before, ::after { animation: none !important }' })
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<{ readonly violations: readonly Violation[] }>('axe.run()')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  )
}

describe.each(['light', 'dark'] as const)('the page in %s', (colorScheme) => {
  const screens: Readonly<Record<string, (person: Person) => Promise<void>>> = {
    'the channel with cards': async ({ page }) => {
      await page.getByRole('button', { name: 'Claim Chat' }).first().waitFor()
    },
    'suggested commands': async ({ composer, page }) => {
      await composer.fill('/')
      await page.getByRole('option', { name: /handoff/ }).waitFor()
    },
    'a note below the composer': async ({ composer, page }) => {
      await composer.fill('/nonsense')
      await composer.press('Enter')
      await page.getByText('is not a valid command').waitFor()
    },
    'a form with a menu open': async ({ composer, dialog }) => {
      await composer.fill('/claim')
      await composer.press('Enter')
      await dialog.getByRole('combobox').click()
      await dialog.getByRole('option').first().waitFor()
    },
    'a form with a mistake': async ({ composer, dialog }) => {
      await composer.fill('/claim')
      await composer.press('Enter')
      await dialog.getByRole('button', { name: 'Claim Chat' }).click()
      await dialog.getByText('Please complete this required field.').waitFor()
    },
    'an answer that only one person sees': async ({ composer, page }) => {
      await composer.fill('/baton help')
      await composer.press('Enter')
      await page.getByText('Only visible to you').last().waitFor()
    },
    'a thread': async ({ page }) => {
      await page.getByRole('article').first().getByRole('button', { name: 'Reply in Thread' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('complementary', { name: 'Thread' }).waitFor()
    },
    "the app's conversation": async ({ page }) => {
      await page.getByRole('navigation').getByRole('link', { name: 'Baton' }).click()
      await page.getByRole('log', { name: 'Messages in Baton' }).waitFor()
    },
    "the app's Home tab": async ({ page }) => {
      await page.getByRole('navigation').getByRole('link', { name: 'Baton' }).click()
      await page.getByRole('tab', { name: 'Home' }).click()
      const home = page.getByRole('region', { name: 'Home of Baton' })
      await home.getByRole('button', { name: 'Claim Next' }).waitFor()
    },
    'an archived channel': async ({ page }) => {
      await page.getByRole('navigation').getByRole('link', { name: 'old' }).click()
      await page.getByText('nobody can write here').waitFor()
    },
    'the traffic': async ({ page }) => {
      await page.getByRole('button', { name: 'Traffic' }).click()
      await page.getByText('chat.postMessage').first().click()
      await page.locator('details[open] pre').first().waitFor()
    },
    "SalesChat's own screen, with what it has accepted": async ({ composer, page }) => {
      await composer.fill('/claim saleschat:+79001112233')
      await composer.press('Enter')
      await page.getByRole('button', { name: 'SalesChat.pro' }).click()
      await page.getByText('Accepted, not in effect yet: Ann Abel').waitFor()
    },
    "Aelyst's own screen": async ({ page }) => {
      await page.getByRole('button', { name: 'Aelyst.ai' }).click()
      await page.getByRole('button', { name: 'Close the chat with Noor' }).waitFor()
    },
    'a paused window': async ({ page }) => {
      await page.getByRole('button', { name: 'Pause This Window' }).click()
      await page.getByText('This window is paused').waitFor()
    },
  }

  it.each(Object.keys(screens))('axe finds nothing wrong with %s', async (name) => {
    const ann = await scene.open('ann', { colorScheme })
    await screens[name]?.(ann)
    expect(await violationsOf(ann)).toEqual([])
    await ann.page.close()
  })
})
