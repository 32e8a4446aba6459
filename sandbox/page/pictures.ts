import { mkdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { olga, team } from '../demo/cast.ts'
import { startStage } from '../demo/start-stage.ts'
import { screensOf } from '../demo/world.ts'
import { openBrowser } from './open-browser.ts'
import { startPage } from './start-page.ts'

/** `npm run pictures`: what people see, made from the sandbox into docs/pictures/. Needs a Chromium. */
const folder = new URL('../../docs/pictures/', import.meta.url)
const file = (name: string): string => fileURLToPath(new URL(`${name}.png`, folder))

const look = {
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
  colorScheme: 'light',
  reducedMotion: 'reduce',
  // For the styles below.
  bypassCSP: true,
} as const

const stage = await startStage({
  onFatal: (error) => {
    throw error
  },
})
const { slack, wamm, baton } = stage
const manifest = await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8')
const page = await startPage({ slack, providers: screensOf(stage), manifest })
const browser = await openBrowser(process.env.CHROMIUM)

try {
  await mkdir(folder, { recursive: true })
  await prepare()
  const detailed = await browser.newContext({
    ...look,
    viewport: { width: 1180, height: 1200 },
    deviceScaleFactor: 2,
  })
  await takeForms(detailed)
  await takeRefusalAndNote(detailed)
  await takeHistory(detailed)
  await takeHome(detailed, page.url, 'ann', 'home-agent')
  await takeHome(detailed, page.url, 'dora', 'home-lead')
  await takeCards(detailed)
  await takeEmptyHome(detailed)
  const whole = await browser.newContext({ ...look, viewport: { width: 1280, height: 760 } })
  await (await openAs(whole, 'farah')).screenshot({ path: file('page') })
} finally {
  await browser.close()
  await page.close()
  await stage.close()
}

async function prepare(): Promise<void> {
  await Promise.all(Object.values(team).map(({ handle }) => slack.as(handle).command('/baton', 'link')))
  // Baton posts one a second, after the first three.
  await slack.until(() => cards().length >= 8, { timeoutMs: 15_000 })
}

function cards() {
  return slack.messagesIn('support').filter(({ ephemeralTo }) => ephemeralTo === null)
}

async function openAs(context: BrowserContext, user: string): Promise<Page> {
  const opened = await context.newPage()
  await opened.addInitScript("localStorage.setItem('tip', 'dismissed')")
  await opened.goto(`${page.url}?as=${user}&in=support`)
  await opened.getByRole('article').first().waitFor()
  await opened.addStyleTag({ content: 'dialog::backdrop { background: white !important }' })
  return opened
}

function cardOf(on: Page, customer: string): Locator {
  return on.getByRole('article').filter({ hasText: customer }).first()
}

async function type(on: Page, command: string): Promise<void> {
  const composer = on.getByRole('textbox', { name: 'Message to support' })
  await composer.fill(command)
  await composer.press('Enter')
}

/** The dialog alone, with nothing of what lies behind it. */
async function takeDialog(on: Page, name: string): Promise<void> {
  await on.getByRole('dialog').screenshot({ path: file(name) })
  await on.keyboard.press('Escape')
  if (await on.getByRole('dialog').isVisible()) await on.keyboard.press('Escape')
  await on.getByRole('dialog').waitFor({ state: 'detached' })
}

async function takeForms(context: BrowserContext): Promise<void> {
  const ann = await openAs(context, 'ann')
  const dialog = ann.getByRole('dialog')
  await type(ann, '/claim')
  await dialog.getByRole('combobox').click()
  await dialog.getByRole('option').first().waitFor()
  await takeDialog(ann, 'form-claim')

  await type(ann, '/handoff')
  await dialog.getByRole('combobox', { name: 'Which of your chats' }).click()
  await dialog.getByRole('option', { name: /Ravi Kumar/ }).click()
  await dialog.getByRole('combobox', { name: 'To whom' }).fill('be')
  await dialog.getByRole('option', { name: 'Ben Bauer' }).click()
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Order 4711. I promised an answer today.')
  await takeDialog(ann, 'form-hand-off')

  await type(ann, '/release')
  await dialog.getByRole('combobox', { name: 'Which of your chats' }).click()
  await dialog.getByRole('option', { name: /Giulia Romano/ }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('She writes Italian')
  await takeDialog(ann, 'form-release')
  await ann.close()
}

/** Who comes too late reads who has the chat; who is handed one reads the note. */
async function takeRefusalAndNote(context: BrowserContext): Promise<void> {
  const [ann, ben] = [await openAs(context, 'ann'), await openAs(context, 'ben')]
  await ben.getByRole('button', { name: 'Pause This Window' }).click()
  await cardOf(ann, 'Ivan Petrov').getByRole('button', { name: 'Claim Chat' }).click()
  await cardOf(ann, 'Ivan Petrov').getByText('With @Ann Abel').waitFor()
  await cardOf(ben, 'Ivan Petrov').getByRole('button', { name: 'Claim Chat' }).click()
  await slack.until(() => slack.messages.some(({ ephemeralTo }) => ephemeralTo === slack.as('ben').id))
  await ben.getByRole('button', { name: 'Go Live' }).click()
  const refusal = ben.getByRole('article').filter({ hasText: 'Only visible to you' }).last()
  await refusal.waitFor()
  await refusal.screenshot({ path: file('refusal') })

  await slack.as('ann').command('/handoff', 'ravi @ben Order 4711. I promised an answer today.')
  await ben.getByRole('navigation').getByRole('link', { name: 'Baton' }).click()
  const note = ben.getByRole('article').filter({ hasText: 'Order 4711' })
  await note.waitFor()
  await note.screenshot({ path: file('note') })
  await Promise.all([ann.close(), ben.close()])
}

/** Ravi's chat has come in and been handed off. */
async function takeHistory(context: BrowserContext): Promise<void> {
  const ben = await openAs(context, 'ben')
  await type(ben, '/chats history Ravi')
  await ben.getByRole('dialog').getByText('handed the chat to').waitFor()
  await takeDialog(ben, 'history')
  await ben.close()
}

/** The whole of somebody's Home tab. */
async function takeHome(context: BrowserContext, at: string, user: string, name: string): Promise<void> {
  const opened = await context.newPage()
  await opened.addInitScript("localStorage.setItem('tip', 'dismissed')")
  await opened.goto(`${at}?as=${user}&in=support`)
  await opened.getByRole('navigation').getByRole('link', { name: 'Baton' }).click()
  await opened.getByRole('tab', { name: 'Home' }).click()
  const home = opened.getByRole('region', { name: 'Home of Baton' })
  await home.getByText('Your chats').waitFor()
  await opened.setViewportSize({ width: 1180, height: 1900 })
  await opened.addStyleTag({ content: '.home { flex: none !important }' })
  await home.screenshot({ path: file(name) })
  await opened.close()
}

/** As an admin sees it who has just started Baton: nobody waits, and what is left to set up. */
async function takeEmptyHome(context: BrowserContext): Promise<void> {
  const quiet = await startStage({
    onFatal: (error) => {
      throw error
    },
    onWorld: async (world) => {
      for (const key of world.wamm.state.chats.keys()) world.wamm.closeChat(key)
      for (const id of world.aelyst.state.contacts.keys()) world.aelyst.closeConversation(id)
    },
  })
  const its = await startPage({ slack: quiet.slack, providers: screensOf(quiet), manifest })
  try {
    await quiet.baton.pollNow()
    await takeHome(context, its.url, 'dora', 'home-empty')
  } finally {
    await its.close()
    await quiet.close()
  }
}

/** A card in each of its states, one below the other. */
async function takeCards(context: BrowserContext): Promise<void> {
  const keyOf = (name: string) => [...wamm.state.chats.values()].find((chat) => chat.name === name)?.key ?? ''
  wamm.assignInProvider(keyOf('Grace Miller'), olga.wammId)
  wamm.closeChat(keyOf('João Pereira'))
  await baton.pollNow()
  const ann = await openAs(context, 'ann')
  await cardOf(ann, 'Grace Miller').getByText('Taken in WAMM').waitFor()
  await cardOf(ann, 'João Pereira').getByText('Closed').waitFor()
  await wamm.goDown()
  await cardOf(ann, 'Aisha Rahman').getByRole('button', { name: 'Claim Chat' }).click()
  await cardOf(ann, 'Aisha Rahman').getByText('keeps trying').waitFor()
  const [first, last] = [cardOf(ann, 'Ivan Petrov'), cardOf(ann, 'Jürgen Weiß')]
  await last.scrollIntoViewIfNeeded()
  await first.scrollIntoViewIfNeeded()
  await ann.mouse.move(0, 0)
  await ann.evaluate('document.activeElement.blur()')
  const [top, bottom] = [await first.boundingBox(), await last.boundingBox()]
  if (top === null || bottom === null) throw new Error('The cards are not to be seen')
  const clip = { x: top.x, y: top.y, width: 600, height: bottom.y + bottom.height - top.y }
  await ann.screenshot({ path: file('cards'), clip })
  await wamm.comeBack()
  await slack.until(() => wamm.holder(keyOf('Aisha Rahman')) === team.ann.wammId, { timeoutMs: 30_000 })
  await ann.close()
}
