/** What the bot token must be allowed to do; `manifest.yml` asks for exactly these. */
export const botScopes: readonly string[] = [
  'channels:read',
  'chat:write',
  'commands',
  'groups:read',
  'im:write',
  'usergroups:read',
  'users:read',
  'users:read.email',
]
