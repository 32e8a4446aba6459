import { globSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormatsModule from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { shortcutIds } from '../../src/slack/ids.ts'
import { botScopes } from '../../src/slack/scopes.ts'
import schema from '../fixtures/slack-app-manifest.schema.json' with { type: 'json' }

const root = new URL('../../', import.meta.url)
const manifest = parse(readFileSync(new URL('manifest.yml', root), 'utf8'))

/** Scope names are not listed in Slack's schema: `chat:wirte` would pass. */
const knownScopes = new Set([
  'channels:read',
  'chat:write',
  'commands',
  'groups:read',
  'im:write',
  'team:read',
  'usergroups:read',
  'users:read',
  'users:read.email',
])

/** docs.slack.dev/reference/methods: the bot scopes of each method; none where none is needed. */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'bots.info': ['users:read'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
}

const methodsUsed = (): ReadonlySet<string> => {
  const call = /[cC]lient\s*\.(\w+)\s*\.(\w+(?:\.\w+)?)\(/g
  const files = globSync('src/**/*.ts', { cwd: root })
  return new Set(
    files.flatMap((file) =>
      [...readFileSync(new URL(file, root), 'utf8').matchAll(call)].map(
        ([, area, name]) => `${area}.${name}`,
      ),
    ),
  )
}

describe('manifest.yml', () => {
  it("is valid by Slack's own schema", () => {
    const ajv = new Ajv({ allErrors: true, strict: false })
    addFormatsModule.default(ajv)
    const validate = ajv.compile(schema)
    expect(validate(manifest), JSON.stringify(validate.errors)).toBe(true)
    expect(validate({ ...manifest, display_information: { name: 'x'.repeat(36) } })).toBe(false)
  })

  it('asks for exactly the scopes that are checked at start, and all of them exist', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual(botScopes)
    for (const scope of botScopes) expect(knownScopes).toContain(scope)
  })

  it('has the scopes of every Web API method that is called', () => {
    const methods = methodsUsed()
    expect(methods).toContain('auth.test')
    for (const method of methods) {
      const scopes = scopesOf[method]
      expect(scopes, `${method} is not in the table above`).toBeDefined()
      for (const scope of scopes ?? []) expect(botScopes, method).toContain(scope)
    }
  })

  it('connects by Socket Mode, without an address to call', () => {
    expect(manifest.settings.socket_mode_enabled).toBe(true)
    expect(JSON.stringify(manifest)).not.toContain('request_url')
  })

  it('has mentions in commands sent as ids, and says how each command is used', () => {
    const commands: { command: string; should_escape: boolean; usage_hint: string }[] =
      manifest.features.slash_commands
    expect(commands.map(({ command }) => command)).toEqual([
      '/claim',
      '/handoff',
      '/release',
      '/contact',
      '/chats',
      '/baton',
    ])
    for (const command of commands) {
      expect(command.should_escape, command.command).toBe(true)
      expect(command.usage_hint, command.command).toBeTruthy()
    }
  })

  it('subscribes to every event that Baton answers to', () => {
    const register = readFileSync(new URL('src/slack/register.ts', root), 'utf8')
    const [, events = ''] = /\n {2}events: \{([^}]*)\}/.exec(register) ?? []
    const answered = [...events.matchAll(/^ *(\w+):/gm)].map(([, name]) => name)
    expect(answered).not.toEqual([])
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(answered)
  })

  it('has every shortcut that Baton answers to, in the menu of messages or everywhere', () => {
    const shortcuts: { callback_id: string; type: string }[] = manifest.features.shortcuts
    const named = Object.entries(shortcutIds).map(([name, id]) => [
      id,
      name.endsWith('This') ? 'message' : 'global',
    ])
    expect(shortcuts.map(({ callback_id, type }) => [callback_id, type])).toEqual(named)
  })

  it('has the Home tab', () => {
    expect(manifest.features.app_home.home_tab_enabled).toBe(true)
  })

  it('lets people write in the conversation with the bot', () => {
    expect(manifest.features.app_home).toMatchObject({
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    })
  })
})
