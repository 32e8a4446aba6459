import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../../sandbox/page/open-browser.ts'
import { type PageScene, type Person, startPageScene } from './page-scene.ts'

let browser: Browser
let scene: PageScene
beforeAll(async () => {
  browser = await openBrowser(process.env.CHROMIUM)
  scene = await startPageScene(browser)
})
afterAll(async () => {
  await scene.close()
  await browser.close()
})

const homeOf = async ({ page }: Person): Promise<Locator> => {
  await page.getByRole('navigation').getByRole('link', { name: 'Baton' }).click()
  await page.getByRole('tab', { name: 'Home' }).click()
  const home = page.getByRole('region', { name: 'Home of Baton' })
  await home.getByRole('heading', { name: /^Waiting/ }).waitFor()
  return home
}

it('A chat that is claimed in the Home tab is among mine there, and gone from the queue of a colleague who looks at theirs', async () => {
  const [ann, ben] = [await scene.open('ann'), await scene.open('ben')]
  const [mine, his] = [await homeOf(ann), await homeOf(ben)]
  await his.getByText('Ivan Petrov').waitFor()
  await mine.getByRole('button', { name: 'Claim Chat' }).first().click()
  await mine.getByRole('heading', { name: 'Your chats: 1' }).waitFor()
  await mine.getByRole('button', { name: 'Hand Off' }).waitFor()
  await his.getByRole('heading', { name: 'Waiting: 2' }).waitFor()
  expect(await his.getByText('@Ann Abel').count()).toBe(1)
})

it('What is chosen above narrows the Home tab, and Claim Next says in a dialog whom it took', async () => {
  const carla = await scene.open('carla')
  const home = await homeOf(carla)
  await home.getByRole('button', { name: 'Claim Next' }).click()
  await carla.dialog.getByText(/You have the chat with/).waitFor()
  await carla.page.keyboard.press('Escape')
  await home.getByRole('heading', { name: 'Your chats: 1' }).waitFor()
  await home.getByRole('combobox').first().click()
  await carla.page.getByRole('option', { name: 'Only my chats' }).click()
  await home.getByRole('heading', { name: 'Team' }).waitFor({ state: 'detached' })
  await home.getByRole('heading', { name: 'Your chats: 1' }).waitFor()
})
