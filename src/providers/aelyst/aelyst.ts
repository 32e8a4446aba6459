import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import { baseUrl, ofEveryAccount, secret, wholeNumber } from '../settings.ts'
import { createAelystAdapter } from './aelyst-adapter.ts'

export const aelyst = defineProvider({
  name: 'aelyst',
  schema: z.strictObject({
    token: secret('the access token from Settings, Integrations, Developer API of Aelyst.ai'),
    ...ofEveryAccount('Aelyst.ai'),
    baseUrl: baseUrl.default('https://api.aelyst.ai/v1'),
    pollSeconds: wholeNumber(5, 3600).default(60),
  }),
  variables: {
    token: 'AELYST_TOKEN',
    channel: 'AELYST_SLACK_CHANNEL',
    baseUrl: 'AELYST_BASE_URL',
    pollSeconds: 'AELYST_POLL_SECONDS',
  },
  connect: ({ token, baseUrl }, { http, now, after }) =>
    createAelystAdapter({ token: token.reveal(), baseUrl, http, now, after }),
})
