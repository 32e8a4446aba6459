import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../sandbox/page/open-browser.ts'

const gallery = fileURLToPath(new URL('../page/gallery.tsx', import.meta.url))
const origin = 'http://gallery.test'

let browser: Browser
let context: BrowserContext
let page: Page

const builtGallery = async (): Promise<{ readonly script: string; readonly style: string }> => {
  const options = { write: false, target: 'esnext', rolldownOptions: { input: gallery } } as const
  const built = await build({ configFile: false, logLevel: 'error', publicDir: false, build: options })
  const [result] = Array.isArray(built) ? built : [built]
  if (result === undefined || !('output' in result)) throw new Error('The gallery was not built')
  let script = ''
  let style = ''
  for (const file of result.output) {
    if (file.type === 'chunk') script += file.code
    else if (file.fileName.endsWith('.css')) style += String(file.source)
  }
  return { script, style }
}

beforeAll(async () => {
  const { script, style } = await builtGallery()
  const html = `<!doctype html><html lang="en"><title>Gallery</title><link rel="icon" href="data:,">
    <meta charset="utf-8"><link rel="stylesheet" href="/style.css">
    <style>:root { color-scheme: light dark; font-family: sans-serif; background: var(--bk-surface); color: var(--bk-text) }</style>
    <div id="root"></div><script type="module" src="/script.js"></script></html>`
  browser = await openBrowser(process.env.CHROMIUM)
  context = await browser.newContext({ viewport: { width: 900, height: 900 } })
  await context.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname
    if (path === '/script.js') return route.fulfill({ contentType: 'text/javascript', body: script })
    if (path === '/style.css') return route.fulfill({ contentType: 'text/css', body: style })
    return route.fulfill({ contentType: 'text/html', body: html })
  })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => {
    throw error
  })
}, 60_000)

afterAll(async () => {
  await browser.close()
})

const show = async (only: string): Promise<Locator> => {
  await page.goto(`${origin}/?only=${encodeURIComponent(only)}`)
  const sample = page.getByRole('region', { name: only })
  await sample.waitFor()
  return sample
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** What axe finds wrong, a line each. */
const violations = async (): Promise<readonly string[]> => {
  await page.evaluate(axe.source)
  const found = await page.evaluate<readonly Violation[]>('axe.run().then((results) => results.violations)')
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n  ${failureSummary}`),
  )
}

const colour = (selector: string, property: string): Promise<string> =>
  page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${property}`)

const actions = async (): Promise<readonly unknown[]> => {
  const log = await page.locator('[data-log=actions]').textContent()
  return (log ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
const values = () => page.locator('[data-log=values]')
const focused = () => page.locator(':focus')

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  beforeAll(() => page.emulateMedia({ colorScheme }))

  it('axe finds nothing wrong with any view', async () => {
    await page.goto(`${origin}/`)
    await page.getByRole('heading', { name: 'card, waiting' }).waitFor()
    // Without colours there would be nothing to find.
    expect(await colour('.bk-button[data-style=primary]', 'backgroundColor')).toBe(
      { light: 'rgb(15, 107, 79)', dark: 'rgb(47, 158, 119)' }[colorScheme],
    )
    expect(await violations()).toEqual([])
  })

  it('axe finds nothing wrong with lists, menus, errors and dialogs that are open', async () => {
    const form = await show('contact form')
    await form.getByRole('combobox', { name: 'Stage' }).click()
    await form.getByRole('option', { name: 'Won' }).waitFor()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await form.getByRole('combobox', { name: 'Chat', exact: true }).click()
    await form.getByText('33 options').waitFor()
    expect(await violations()).toEqual([])
    await form.getByRole('combobox', { name: 'Chat', exact: true }).fill('fail')
    await form.getByText('Baton did not answer.').waitFor()
    expect(await violations()).toEqual([])

    const home = await show('home')
    await home.getByRole('button', { name: 'More actions' }).click()
    await home.getByRole('menu').waitFor()
    expect(await violations()).toEqual([])
    await home.getByRole('menuitem', { name: 'Close Chat' }).click()
    await page.getByRole('alertdialog').waitFor()
    expect(await violations()).toEqual([])
  })
})

describe('a menu whose options the app delivers', () => {
  const chat = async () => (await show('contact form')).getByRole('combobox', { name: 'Chat', exact: true })

  it('is searched, walked and chosen from by keyboard', async () => {
    const field = await chat()
    await field.focus()
    await expectExpanded(field, 'false')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: 'Pjotr' }).waitFor()
    await expectActive(field, 'Ivan')
    await page.keyboard.press('ArrowUp')
    await expectActive(field, 'Customer 29')
    await page.keyboard.type('j')
    await page.getByText('1 option', { exact: true }).waitFor()
    await expectActive(field, 'Pjotr')
    await page.keyboard.press('Enter')
    await expectExpanded(field, 'false')
    expect(await field.inputValue()).toBe('Pjotr')
    await values().getByText('"Chat-value":"pjotr"').waitFor()
    expect(await actions()).toEqual([])
  })

  it('says that it loads, that nothing matches, and what went wrong', async () => {
    const field = await chat()
    await field.fill('never')
    await page.getByText('Loading…').waitFor()
    await field.fill('zzz')
    await page.getByText('No matches for “zzz”.').waitFor()
    await field.fill('fail')
    await page.getByText('The options could not be loaded: Baton did not answer.').waitFor()
    await expectExpanded(field, 'false')
    await field.fill('iv')
    await page.getByRole('option', { name: 'Ivan' }).waitFor()
  })

  it('gives back what was chosen on Escape, and nothing once it is emptied', async () => {
    const field = await chat()
    await field.click()
    await page.getByRole('option', { name: 'Ivan' }).click()
    await values().getByText('"Chat-value":"ivan"').waitFor()
    await page.keyboard.type('zz')
    await page.keyboard.press('Escape')
    expect(await field.inputValue()).toBe('Ivan')
    await field.fill('')
    await values().getByText('"Chat-value":null').waitFor()
    await page.keyboard.press('Tab')
    expect(await field.inputValue()).toBe('')
  })

  it('asks for letters where the app wants some', async () => {
    const field = (await show('contact form')).getByRole('combobox', { name: 'Chats' })
    await field.click()
    await page.getByText('Type 3 more letters.').waitFor()
  })
})

it('a menu of several collects, shows and removes', async () => {
  const form = await show('contact form')
  const field = form.getByRole('combobox', { name: 'Tags' })
  await field.focus()
  await page.keyboard.type('lost')
  await page.getByRole('option', { name: 'Lost' }).waitFor()
  await page.keyboard.press('Enter')
  await values().getByText('"Tags-value":["new","won","lost"]').waitFor()
  await page.keyboard.press('Backspace')
  await values().getByText('"Tags-value":["new","won"]').waitFor()
  await form.getByRole('button', { name: 'Remove New' }).click()
  await values().getByText('"Tags-value":["won"]').waitFor()
  expect(await focused().getAttribute('role')).toBe('combobox')
})

it('a menu outside a form tells the app at once and keeps what was chosen', async () => {
  const home = await show('home')
  const field = home.getByRole('combobox', { name: 'Stage' })
  await field.focus()
  await page.keyboard.type('wo')
  await page.keyboard.press('Enter')
  await page.locator('[data-log=actions]').getByText('stage').waitFor()
  expect(await actions()).toEqual([
    { blockId: 'home-actions', actionId: 'stage', type: 'static_select', value: 'won', optionText: 'Won' },
  ])
  expect(await field.inputValue()).toBe('Won')
})

describe('a confirm dialog', () => {
  it('holds the action back until it is confirmed, and gives the focus back', async () => {
    const home = await show('home')
    const button = home.getByRole('button', { name: 'Close Chat' })
    await button.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('alertdialog', { name: 'Close the chat?' })
    await dialog.waitFor()
    expect(await focused().textContent()).toBe('Close Chat')
    expect(await dialog.locator('strong').textContent()).toBe('not')

    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await actions()).toEqual([])
    expect(await focused().textContent()).toBe('Close Chat')

    await page.keyboard.press('Enter')
    await dialog.waitFor()
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect
      .poll(actions)
      .toEqual([{ blockId: 'home-actions', actionId: 'close', type: 'button', value: null }])
  })

  it('of something dangerous has the focus on the way out', async () => {
    const home = await show('home')
    await home.getByRole('button', { name: 'More actions' }).click()
    await home.getByRole('menuitem', { name: 'Close Chat' }).click()
    await page.getByRole('alertdialog').waitFor()
    expect(await focused().textContent()).toBe('Keep Open')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    expect(await actions()).toEqual([])
    expect(await focused().getAttribute('aria-label')).toBe('More actions')
  })
})

it('a form tells what was chosen as a date and in a menu, and nothing once both are emptied', async () => {
  const form = await show('contact')
  const date = form.getByLabel('Opt-in date')
  expect(await date.inputValue()).toBe('2026-02-28')
  await date.fill('2026-03-01')
  await values().getByText('"contact_opt-in-date":"2026-03-01"').waitFor()
  await date.fill('')
  await values().getByText('"contact_opt-in-date":null').waitFor()
  const menu = form.getByRole('combobox', { name: 'Conversation' })
  expect(await menu.inputValue()).toBe('Open')
  await menu.fill('clo')
  await page.keyboard.press('Enter')
  await values().getByText('"contact_conversation":"closed"').waitFor()
  await menu.fill('')
  await values().getByText('"contact_conversation":null').waitFor()
})

it('the focus stays with the blocks when what was pressed is gone', async () => {
  const home = await show('home')
  await home.getByRole('button', { name: 'Claim Next' }).focus()
  await page.keyboard.press('Enter')
  await home.getByText('Claimed.').waitFor()
  await page.locator('.bk:focus').waitFor()
})

it('an overflow menu is walked by arrows and closed by Escape', async () => {
  const home = await show('home')
  const button = home.getByRole('button', { name: 'More actions' })
  await button.focus()
  await page.keyboard.press('ArrowDown')
  expect(await focused().textContent()).toContain('History')
  await page.keyboard.press('ArrowUp')
  expect(await focused().textContent()).toContain('Close Chat')
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  expect(await focused().getAttribute('aria-label')).toBe('More actions')
})

const expectExpanded = async (field: Locator, expanded: string) =>
  expect(await field.getAttribute('aria-expanded')).toBe(expanded)

/** Waits: lists arrive later than keys. */
const expectActive = async (field: Locator, text: string) => {
  await page.locator('[role=option][data-active]', { hasText: text }).waitFor()
  const id = await field.getAttribute('aria-activedescendant')
  expect(await page.locator(`[id="${id}"]`).textContent()).toContain(text)
}
