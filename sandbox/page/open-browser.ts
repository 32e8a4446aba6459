import { type Browser, chromium } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A headless Chromium with an empty profile of its own; rejects where there is none. */
export const openBrowser = (executablePath = '/usr/bin/chromium'): Promise<Browser> =>
  chromium.launch({ executablePath, args: flags })
