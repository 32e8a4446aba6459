import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import { baseUrl, madeUpSecret, ofEveryAccount, secret, timeZone, wholeNumber } from '../settings.ts'
import { createWammAdapter } from './wamm-adapter.ts'

export const wamm = defineProvider({
  name: 'wamm',
  schema: z.strictObject({
    token: secret('the API token from the settings of WAMM.chat'),
    ...ofEveryAccount('WAMM.chat'),
    baseUrl: baseUrl.default('https://wamm.chat'),
    timeZone: timeZone.default('UTC'),
    pollSeconds: wholeNumber(5, 3600).default(30),
    webhookSecret: madeUpSecret.optional(),
    whatsappWindow: z.boolean('must be true or false').default(false),
  }),
  variables: {
    token: 'WAMM_TOKEN',
    webhookSecret: 'WAMM_WEBHOOK_SECRET',
    channel: 'WAMM_SLACK_CHANNEL',
    baseUrl: 'WAMM_BASE_URL',
    timeZone: 'WAMM_TIMEZONE',
    pollSeconds: 'WAMM_POLL_SECONDS',
  },
  connect: ({ token, baseUrl, timeZone, webhookSecret, whatsappWindow }, { http, now }) =>
    createWammAdapter({
      token: token.reveal(),
      baseUrl,
      timeZone,
      webhookSecret: webhookSecret?.reveal(),
      whatsappWindow,
      http,
      now,
    }),
})
