import { z } from 'zod'
import { Secret } from '../../secret.ts'
import { defineProvider } from '../provider.ts'
import { baseUrl, ofEveryAccount, secret, wholeNumber } from '../settings.ts'
import { createAelystAdapter } from './aelyst-adapter.ts'

const keysExpected = 'must be the signing keys of the webhooks in Aelyst.ai, each of at least 6 characters'

/** Each webhook has its own. In the environment they are separated by commas. */
const webhookKeys = z
  .union([z.string().transform((list) => list.split(',')), z.array(z.string())], keysExpected)
  .transform((keys) => keys.map((key) => key.trim()).filter((key) => key !== ''))
  .refine((keys) => keys.length > 0 && keys.every((key) => /^\S{6,}$/.test(key)), keysExpected)
  .transform((keys) => keys.map((key) => new Secret(key)))

export const aelyst = defineProvider({
  name: 'aelyst',
  schema: z.strictObject({
    token: secret('the access token from Settings, Integrations, Developer API of Aelyst.ai'),
    ...ofEveryAccount('Aelyst.ai'),
    baseUrl: baseUrl.default('https://api.aelyst.ai/v1'),
    pollSeconds: wholeNumber(5, 3600).default(60),
    webhookKeys: webhookKeys.optional(),
  }),
  variables: {
    token: 'AELYST_TOKEN',
    webhookKeys: 'AELYST_WEBHOOK_KEYS',
    channel: 'AELYST_SLACK_CHANNEL',
    baseUrl: 'AELYST_BASE_URL',
    pollSeconds: 'AELYST_POLL_SECONDS',
  },
  connect: ({ token, baseUrl, webhookKeys }, { http, now, after }) =>
    createAelystAdapter({
      token: token.reveal(),
      baseUrl,
      webhookKeys: webhookKeys?.map((key) => key.reveal()),
      http,
      now,
      after,
    }),
})
