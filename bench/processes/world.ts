import { startSlack } from '../../sandbox/slack/start-slack.ts'
import { startWamm } from '../../sandbox/wamm/start-wamm.ts'
import { answerParent } from '../remote.ts'
import { staff } from '../staff.ts'

/** Slack and WAMM, as Baton's environment names them. */
interface WorldAddress {
  readonly slackApiUrl: string
  readonly slackUrl: string
  readonly botToken: string
  readonly signingSecret: string
  readonly wammUrl: string
}

const WAMM_TOKEN = 'wamm-bench-token'
const slack = await startSlack({ mode: 'http' })
const wamm = await startWamm({ token: WAMM_TOKEN })
for (const { providerUser, name, email } of staff) wamm.addUser({ id: providerUser, name, email })

const answers = {
  address: (): WorldAddress & { readonly wammToken: string } => ({
    slackApiUrl: slack.apiUrl,
    slackUrl: slack.baseUrl,
    botToken: slack.botToken,
    signingSecret: slack.signingSecret,
    wammUrl: wamm.url,
    wammToken: WAMM_TOKEN,
  }),
  addChats({ chats }: { readonly chats: readonly { readonly key: string; readonly name: string }[] }): void {
    for (const { key, name } of chats) wamm.customerWrites(key, { name, text: 'Hello?' })
  },
  tellAt: ({ url }: { readonly url: string }): void => wamm.setWebhook(url),
  /** A new customer writes; after how many milliseconds the channel shows the chat. */
  untilShown({ key, name }: { readonly key: string; readonly name: string }): Promise<number> {
    const wroteAt = performance.now()
    const shown = new Promise<number>((resolve) => {
      const stop = slack.onChange(() => {
        if (!slack.messages.some(({ text }) => text.includes(name))) return
        stop()
        resolve(performance.now() - wroteAt)
      })
    })
    wamm.customerWrites(key, { name, text: 'Hello?' })
    return shown
  },
  deliverTo: ({ url }: { readonly url: string }): void => slack.setRequestUrl(url),
  /** Somebody opens their Home tab, which shows something else; after how many milliseconds it is right. */
  async untilHome({ user }: { readonly user: string }): Promise<number> {
    await fetch(`${slack.apiUrl}views.publish`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user_id: user, view: { type: 'home', blocks: [] } }),
    })
    const before = slack.as(user).home()?.hash
    const openedAt = performance.now()
    const shown = slack.until(() => slack.as(user).home()?.hash !== before)
    void slack.as(user).openHome()
    await shown
    return performance.now() - openedAt
  },
  /** So many assignments at WAMM since it started. */
  untilWritten: ({ count }: { readonly count: number }): Promise<unknown> =>
    wamm.until(() => wamm.writes.length >= count, { timeoutMs: 60_000 }),
  /** What actions have asked for so far: of WAMM without what polls ask for, of Slack everything. */
  asked: () => ({
    wamm: wamm.calls.filter(({ method }) => method === 'contact_get' || method === 'contact_to_user').length,
    slack: slack.calls.length,
  }),
  /** Every answer of WAMM's takes so long from now on. */
  answerAfter({ delayMs }: { readonly delayMs: number }): void {
    wamm.faults.clear()
    if (delayMs > 0) wamm.faults.add({ fault: { kind: 'delay', delayMs } })
  },
  /** What has come from jobs so far. */
  written: () => ({
    toWamm: wamm.writes.length,
    posted: slack.countCalls('chat.postMessage'),
    updated: slack.countCalls('chat.update'),
    breaches: slack.breaches.length,
  }),
}
export type World = typeof answers

answerParent(answers)
