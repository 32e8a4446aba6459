/** What the bot token must be allowed to do; `manifest.yml` asks for exactly these. */
export const botScopes: readonly string[] = [
  'chat:write',
  'commands',
  'im:write',
  'users:read',
  'users:read.email',
]
