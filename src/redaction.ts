const hidden = '[redacted]'

/** What a library may put into an error or a URL although we never log it ourselves. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // Slack tokens, rotated ones (xoxe.xoxb-1-…) included.
  [/\bxox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]+/g, hidden],
  [/\bxapp-[A-Za-z0-9-]+/g, hidden],
  [/\bBearer\s+[^\s"'\\,;]+/gi, `Bearer ${hidden}`],
  // Whoever has a response_url can write into the conversation.
  [/(https?:(?:\\?\/){2}hooks\.slack\.com)[^\s"'\\<>)]*/gi, `$1/${hidden}`],
  [/((?:\\*")?response_url(?:\\*")?\s*[:=]\s*(?:\\*["'])?)https?:[^\s"'\\,}]*/gi, `$1${hidden}`],
  // Whoever has the ticket of a Socket Mode address can take the connection.
  [/\b(ticket=)[^&\s"'\\]+/gi, `$1${hidden}`],
]

/** How a value may be written inside a line of JSON: as it is, escaped once more, or as part of a URL. */
const spellings = (secret: string): readonly string[] => {
  const escaped = JSON.stringify(secret).slice(1, -1)
  const encoded = encodeURIComponent(secret)
  return [
    secret,
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    encoded,
    encodeURI(secret),
    encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    encoded.replace(/%20/g, '+'),
  ]
}

/** Takes known secrets, in any spelling, and everything that looks like one out of a line of JSON. */
export const createRedaction = (secrets: readonly string[]): ((line: string) => string) => {
  const known = [...new Set(secrets.filter((secret) => secret !== '').flatMap(spellings))]
    // A secret that contains another one goes first, or its rest would stay.
    .sort((one, other) => other.length - one.length)
  return (line) => {
    let clean = line
    for (const secret of known) clean = clean.replaceAll(secret, hidden)
    for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement)
    return clean
  }
}
