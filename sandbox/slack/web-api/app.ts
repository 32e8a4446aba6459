import { type Breach, validateMessage, validateView } from '../block-kit/validate.ts'
import { isRecord } from '../json.ts'
import { invalidArguments, Refusal } from '../refusal.ts'
import { type Args, jsonArgument, type MethodFamily } from './method.ts'

const validated = (args: Args): readonly Breach[] => {
  const blocks = jsonArgument(args, 'blocks')
  const view = jsonArgument(args, 'view')
  const message = jsonArgument(args, 'message')
  if ([blocks, view, message].filter((each) => each !== undefined).length !== 1) {
    throw invalidArguments('exactly one of blocks, view or message is needed')
  }
  if (view !== undefined) return validateView(view)
  if (Array.isArray(blocks)) return validateMessage({ blocks })
  if (isRecord(message)) return validateMessage(message)
  throw invalidArguments('must be valid JSON')
}

export const appMethods: MethodFamily = {
  'api.test': { token: 'none', tier: 'unlimited', run: (args) => ({ args }) },
  'auth.test': {
    token: 'bot',
    tier: 'unlimited',
    run: (_args, { workspace: { team, app } }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: app.name,
      team_id: team.id,
      user_id: app.botUserId,
      bot_id: app.botId,
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': {
    token: 'app',
    tier: 3,
    run: (_args, { openSocketUrl }) => ({ url: openSocketUrl() }),
  },
  'team.info': {
    token: 'bot',
    scope: 'team:read',
    tier: 3,
    run: (_args, { workspace: { team } }) => ({
      team: { ...team, email_domain: 'acme.test', icon: { image_default: true } },
    }),
  },
  'blocks.validate': {
    token: 'none',
    tier: 'unlimited',
    run: (args) => {
      const breaches = validated(args)
      if (breaches.length === 0) return {}
      throw new Refusal('invalid_blocks', {
        errors: breaches.map(({ error, pointer, message }) => ({ code: error, pointer, message })),
      })
    },
  },
}
