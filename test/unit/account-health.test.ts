import { expect, it } from 'vitest'
import type { ProviderProblem } from '../../src/providers/contract.ts'
import {
  type AccountHealth,
  heard,
  heardByPoll,
  heardByWebhook,
  type Way,
} from '../../src/routing/account-health.ts'
import { instant } from '../../src/routing/ids.ts'

const MINUTE = 60_000

/** What admins are told, in order, of all that was heard; each line at its minute. */
function told(...lines: readonly (readonly [minute: number, way: Way, problem: ProviderProblem | null])[]) {
  let health: AccountHealth = {}
  return lines.flatMap(([minute, way, problem]) => {
    const after = heard(health, { way, problem, now: instant(minute * MINUTE) })
    health = after.health
    if (after.facts === null) return []
    return [{ minute, ...after.facts }]
  })
}

it('what may be over by itself is told once, when it has lasted five minutes, and once when it is over', () => {
  expect(
    told(
      [0, 'read', 'unreachable'],
      [4, 'read', 'timed-out'],
      [5, 'read', 'unreachable'],
      [6, 'read', 'server-error'],
      [60, 'read', 'unreachable'],
      [61, 'read', null],
      [62, 'read', null],
    ),
  ).toEqual([
    { minute: 5, kind: 'account-trouble', way: 'read', problem: 'unreachable', since: 0 },
    { minute: 61, kind: 'account-recovered', way: 'read' },
  ])
})

it('what is over within five minutes is told to nobody', () => {
  expect(told([0, 'read', 'unreachable'], [4, 'read', null], [8, 'read', 'unreachable'])).toEqual([])
})

it.each(['token-refused', 'not-allowed', 'channel-not-authorized'] as const)(
  '%s is told at once, and once, also when something else was told before',
  (problem) => {
    expect(
      told(
        [0, 'read', 'unreachable'],
        [5, 'read', 'unreachable'],
        [6, 'read', problem],
        [7, 'read', 'unreachable'],
        [8, 'read', problem],
      ),
    ).toMatchObject([{ minute: 5 }, { minute: 6, problem }])
  },
)

it('one cause is told once, though both polls and assignments meet it', () => {
  expect(
    told(
      [0, 'write', 'token-refused'],
      [1, 'read', 'token-refused'],
      [2, 'write', 'token-refused'],
      [3, 'read', null],
      [4, 'read', null],
      [5, 'write', null],
    ),
  ).toMatchObject([
    { minute: 0, kind: 'account-trouble' },
    { minute: 3, kind: 'account-recovered' },
  ])
})

it('an account of which only some chats can be written to is told about once an hour at most', () => {
  const hour = (from: number) =>
    [0, 20, 40].flatMap((minute): readonly [number, Way, ProviderProblem | null][] => [
      [from + minute, 'write', 'channel-not-authorized'],
      [from + minute + 1, 'write', null],
    ])
  expect(told(...hour(0), ...hour(60), [121, 'write', null])).toMatchObject([
    { minute: 0, kind: 'account-trouble' },
    { minute: 61, kind: 'account-recovered' },
    { minute: 80, kind: 'account-trouble' },
  ])
})

it('reading and writing are told apart', () => {
  expect(
    told(
      [0, 'write', 'not-allowed'],
      [1, 'read', null],
      [2, 'read', 'token-refused'],
      [61, 'write', null],
      [62, 'read', null],
    ),
  ).toMatchObject([
    { minute: 0, way: 'write' },
    { minute: 2, way: 'read' },
    { minute: 61, kind: 'account-recovered', way: 'write' },
    { minute: 62, kind: 'account-recovered', way: 'read' },
  ])
})

/** What admins are told of an account whose polls and webhook do this, each at its minute. */
function toldOfWebhook(...lines: readonly (readonly [minute: number, 'found' | 'told'])[]) {
  let health: AccountHealth = {}
  return lines.flatMap(([minute, what]) => {
    const after = what === 'found' ? heardByPoll(health, instant(minute * MINUTE)) : heardByWebhook(health)
    health = after.health
    return after.facts === null ? [] : [{ minute, ...after.facts }]
  })
}

it('a webhook that tells nothing while three polls in ten minutes find something is silent, which is told once, and once that it is over', () => {
  expect(
    toldOfWebhook(
      [0, 'found'],
      [1, 'found'],
      [2, 'found'],
      [9, 'found'],
      [10, 'found'],
      [11, 'found'],
      [600, 'found'],
      [601, 'told'],
      [602, 'told'],
    ),
  ).toEqual([
    { minute: 10, kind: 'webhook-silent', since: 0 },
    { minute: 601, kind: 'webhook-heard' },
  ])
})

it('a webhook that is slower than a poll, or tells nothing of a stop of Baton, is not called silent', () => {
  expect(
    toldOfWebhook(
      [0, 'found'],
      [1, 'told'],
      [20, 'found'],
      [40, 'found'],
      [41, 'told'],
      [60, 'found'],
      [80, 'found'],
      [81, 'told'],
    ),
  ).toEqual([])
})

it('an account that is read again has not been told anything by its webhook', () => {
  const silent = heardByPoll({}, instant(0)).health
  const down = heard(silent, { way: 'read', problem: 'unreachable', now: instant(0) }).health
  expect(heard(down, { way: 'read', problem: null, now: instant(1) }).health).toEqual(silent)
})
