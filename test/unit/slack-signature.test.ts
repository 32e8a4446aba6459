import { expect, it } from 'vitest'
import { Secret } from '../../src/secret.ts'
import { createSignatureCheck, type Signature, type SignedRequest } from '../../src/slack/slack-signature.ts'

// The example of docs.slack.dev/authentication/verifying-requests-from-slack
const SIGNED_AT_MS = 1531420618_000
const genuine: SignedRequest = {
  timestamp: '1531420618',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  body: Buffer.from(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  ),
}
const signatureOf = (request: SignedRequest, now = SIGNED_AT_MS) =>
  createSignatureCheck({ signingSecret: new Secret('8f742231b10e8888abcd99yyyzzz85a5'), now: () => now })(
    request,
  )

it("takes the request of Slack's own example, for five minutes in either direction", () => {
  expect(signatureOf(genuine)).toBe('genuine')
  expect(signatureOf(genuine, SIGNED_AT_MS + 300_000)).toBe('genuine')
  expect(signatureOf(genuine, SIGNED_AT_MS + 300_001)).toBe('unsigned')
  expect(signatureOf(genuine, SIGNED_AT_MS - 300_001)).toBe('unsigned')
})

it.each([
  ['no signature', 'unsigned', { signature: undefined }],
  ['an empty signature', 'unsigned', { signature: '' }],
  ['a signature of another version', 'unsigned', { signature: genuine.signature?.replace('v0', 'v1') }],
  [
    'a digest that is wrong in its last letter',
    'other-secret',
    { signature: genuine.signature?.replace(/3$/, '4') },
  ],
  ['half a digest', 'unsigned', { signature: genuine.signature?.slice(0, 35) }],
  ['as many letters but more bytes', 'unsigned', { signature: genuine.signature?.replace(/3$/, 'é') }],
  ['no timestamp', 'unsigned', { timestamp: undefined }],
  ['a timestamp that is no number', 'unsigned', { timestamp: 'NaN' }],
  ['the timestamp written otherwise', 'other-secret', { timestamp: '01531420618' }],
  ['another timestamp', 'other-secret', { timestamp: '1531420619' }],
  ['another body', 'other-secret', { body: Buffer.from('token=x') }],
] satisfies [string, Signature, Partial<SignedRequest>][])('refuses %s: %s', (_what, signature, forged) => {
  expect(signatureOf({ ...genuine, ...forged })).toBe(signature)
})
