import { App, HTTPReceiver } from '@slack/bolt'
import { answerParent } from '../remote.ts'
import { cpuMs } from './cpu.ts'

/**
 * What Baton is measured against: Bolt's own HTTP receiver and one listener that does nothing. Like
 * Baton it authorizes without a call and keeps no conversations.
 */
const answers = {
  cpuMs,
  async start({ signingSecret }: { readonly signingSecret: string }): Promise<string> {
    const receiver = new HTTPReceiver({ signingSecret })
    const app = new App({
      receiver,
      authorize: async () => ({ botId: 'B0BATON', botUserId: 'U0BATON' }),
      convoStore: false,
    })
    app.command('/claim', async ({ ack }) => {
      await ack('It is yours.')
    })
    const server = await app.start({ host: '127.0.0.1', port: 0 })
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/slack/events`
  },
}
export type BareApp = typeof answers

answerParent(answers)
