import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { showAelyst } from '../../sandbox/aelyst/show-aelyst.ts'
import { type Page as ServedPage, startPage } from '../../sandbox/page/start-page.ts'
import { showSalesChat } from '../../sandbox/saleschat/show-saleschat.ts'
import { showWamm } from '../../sandbox/wamm/show-wamm.ts'
import { type Scene, type SceneOptions, startScene } from '../fixtures/start-scene.ts'

/** Somebody in front of a browser window. */
export interface Person {
  readonly page: Page
  /** The card of a customer, by name. */
  readonly card: (customer: string) => Locator
  readonly press: (customer: string, button: string) => Promise<void>
  readonly dialog: Locator
  readonly composer: Locator
}

export interface PageScene extends Scene {
  readonly url: string
  /** Opens a window with storage of its own. */
  readonly open: (
    user: string,
    options?: { readonly colorScheme?: 'light' | 'dark'; readonly channel?: string },
  ) => Promise<Person>
}

/** Baton between its sandbox's Slack and providers, with the page; the staff is linked, and three customers wait in WAMM. */
export const startPageScene = async (browser: Browser, options: SceneOptions = {}): Promise<PageScene> => {
  const scene = await startScene({
    ...options,
    prepare: async (parts) => {
      for (const [key, name, text] of customers) parts.wamm.customerWrites(key, { name, text })
      await options.prepare?.(parts)
    },
  })
  const manifest = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8')
  const { slack, wamm, saleschat, aelyst } = scene
  const providers = [
    showWamm(wamm),
    ...(saleschat === null ? [] : [showSalesChat(saleschat)]),
    ...(aelyst === null ? [] : [showAelyst(aelyst)]),
  ]
  const served: ServedPage = await startPage({ slack, providers, manifest })
  await slack.until(() => slack.messagesIn('support').length >= customers.length)
  const staff = ['ann', 'ben', 'carla', 'dora']
  await Promise.all(staff.map((user) => slack.as(user).command('/baton', 'link')))
  const contexts: BrowserContext[] = []
  return {
    ...scene,
    url: served.url,
    open: async (user, { colorScheme = 'light', channel = 'support' } = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        colorScheme,
        bypassCSP: true,
      })
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      await page.goto(`${served.url}?as=${user}&in=${channel}`)
      const person = personAt(page, channel)
      await person.composer.waitFor()
      return person
    },
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()))
      await served.close()
      await scene.close()
    },
  }
}

const customers = [
  ['79001234567', 'Ivan Petrov', 'Is anybody there?'],
  ['12025550143', 'Grace Miller', 'Can I change my address?'],
  ['4915228817386', 'Jürgen Weiß', 'Die Rechnung fehlt noch.'],
] as const

const personAt = (page: Page, channel: string): Person => {
  // A private answer may name the customer too: the card is the first message that does.
  const card = (customer: string) => page.getByRole('article').filter({ hasText: customer }).first()
  return {
    page,
    card,
    press: (customer, button) => card(customer).getByRole('button', { name: button }).click(),
    dialog: page.getByRole('dialog'),
    composer: page.getByRole('textbox', { name: `Message to ${channel}` }),
  }
}
