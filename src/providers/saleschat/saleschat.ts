import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import { baseUrl, needed, ofEveryAccount, secret } from '../settings.ts'
import { createSalesChatAdapter } from './saleschat-adapter.ts'

const id = needed('the id, as SalesChat.pro shows it').regex(
  /^[\w-]{1,36}$/,
  'must be an id of SalesChat.pro',
)
const personName = needed('the name, as people in Slack are to read it').min(1, 'must not be empty')

const stage = z
  .string('must be texts, in quotation marks')
  .trim()
  .min(1, 'must not be empty')
  .max(75, 'must have at most 75 characters')

const users = z.array(
  z.strictObject({
    id,
    name: personName,
    email: z.email('must be an e-mail address').toLowerCase().nullable().default(null),
  }),
)
const groups = z.array(z.strictObject({ id, name: personName }))
const pool = z.union(
  [z.strictObject({ user: id }), z.strictObject({ group: id })],
  'must be user: or group: and an id',
)

/** A pool is one of the account's own users or groups, whose name people are told. */
const schema = z
  .strictObject({
    token: secret('the access token (JWT) of SalesChat.pro'),
    orgId: needed('the id of your organisation in SalesChat.pro').regex(
      /^[\w-]{1,64}$/,
      'must be the id of your organisation in SalesChat.pro',
    ),
    ...ofEveryAccount('SalesChat.pro'),
    baseUrl: baseUrl.default('https://apis.saleschat.pro'),
    users: users.default([]),
    groups: groups.default([]),
    pool: pool.optional(),
    phoneFormat: z.enum(['object', 'e164'], 'must be object or e164').default('object'),
    wabaId: z.string('must be a text, in quotation marks').optional(),
    phoneId: z.string('must be a text, in quotation marks').optional(),
    // In Slack they are a menu: these are its limits.
    stages: z.array(stage).max(100, 'must be at most 100').optional(),
  })
  .superRefine(({ pool, users, groups }, context) => {
    if (pool === undefined || namedPool(pool, { users, groups }) !== undefined) return
    context.addIssue({
      code: 'custom',
      path: ['pool'],
      message: 'must be one of the users or groups above it',
    })
  })

const namedPool = (
  which: z.output<typeof pool>,
  lists: { readonly users: z.output<typeof users>; readonly groups: z.output<typeof groups> },
) => {
  const [kind, list, wanted] =
    'user' in which
      ? (['user', lists.users, which.user] as const)
      : (['group', lists.groups, which.group] as const)
  const found = list.find((each) => each.id === wanted)
  return found === undefined ? undefined : { kind, id: found.id, name: found.name }
}

export const saleschat = defineProvider({
  name: 'saleschat',
  schema,
  variables: {
    token: 'SALESCHAT_TOKEN',
    orgId: 'SALESCHAT_ORG_ID',
    channel: 'SALESCHAT_SLACK_CHANNEL',
    baseUrl: 'SALESCHAT_BASE_URL',
    intakeSecret: 'SALESCHAT_INTAKE_SECRET',
  },
  connect: ({ token, pool, ...settings }, { http, now }) =>
    createSalesChatAdapter({
      ...settings,
      token: token.reveal(),
      pool: pool === undefined ? undefined : namedPool(pool, settings),
      http,
      now,
    }),
})
