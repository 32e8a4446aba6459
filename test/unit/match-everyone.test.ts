import { describe, expect, it } from 'vitest'
import type { ProviderUser } from '../../src/providers/contract.ts'
import { directoryEffects, profileEffects } from '../../src/routing/absence.ts'
import { groupHolder, providerUserId, slackUserId } from '../../src/routing/ids.ts'
import { madeAnew, matchEveryone } from '../../src/routing/match-everyone.ts'
import type { Link, SlackProfile } from '../../src/store/contract.ts'
import { NOW, WAMM } from '../fixtures/chats.ts'

const person = (name: string, over: Partial<SlackProfile> = {}): SlackProfile => ({
  user: slackUserId(`U${name.toUpperCase()}`),
  name,
  email: `${name}@acme.test`,
  workspaceAdmin: false,
  eligible: true,
  deactivated: false,
  ...over,
})
const user = (id: string, email: string | null, over: Partial<ProviderUser> = {}): ProviderUser => ({
  id: providerUserId(id),
  name: `user ${id}`,
  email,
  active: true,
  ...over,
})
const link = (name: string, id: string): Link => ({
  account: WAMM,
  slackUser: slackUserId(`U${name.toUpperCase()}`),
  providerUser: providerUserId(id),
})

describe('everybody is matched', () => {
  it('to one user each, and nobody to a user who is taken', () => {
    const people = ['ann', 'bo', 'cy', 'di', 'eve'].map((name) => person(name))
    const twin = person('twin', { email: 'cy@acme.test' })
    const guest = person('gus', { eligible: false })
    const users = [
      user('1', 'ann@acme.test'),
      user('2', 'bo@acme.test'),
      user('3', 'cy@acme.test'),
      user('4', 'di@acme.test', { active: false }),
      user('9', null),
      { ...user('7', null), id: groupHolder('7') },
    ]
    const { standings, left } = matchEveryone([...people, twin, guest], users, [
      link('ann', '1'),
      link('zed', '2'),
    ])
    expect(standings).toMatchObject([
      { person: 'UANN', kind: 'linked' },
      { person: 'UBO', kind: 'taken', by: 'UZED' },
      { person: 'UCY', kind: 'match', user: { id: '3' } },
      { person: 'UDI', kind: 'inactive' },
      { person: 'UEVE', kind: 'no-match' },
      { person: 'UTWIN', kind: 'taken', by: 'UCY' },
    ])
    expect(left.map(({ id }) => id)).toEqual(['9'])
  })
})

describe('a user who was made anew', () => {
  const gone = user('1', 'ann@acme.test', { active: false })
  it.each<[string, readonly ProviderUser[], readonly Link[], readonly string[]]>([
    ['is followed', [gone, user('2', 'ann@acme.test')], [link('ann', '1')], ['UANN 2']],
    [
      'is not while the old one is there',
      [{ ...gone, active: true }, user('2', 'ann@acme.test')],
      [link('ann', '1')],
      [],
    ],
    [
      'is not where two could be meant',
      [gone, user('2', 'ann@acme.test'), user('3', 'ann@acme.test')],
      [link('ann', '1')],
      [],
    ],
    [
      'is not when somebody else is linked to them',
      [gone, user('2', 'ann@acme.test')],
      [link('ann', '1'), link('bo', '2')],
      [],
    ],
    ['is not without an address', [{ ...gone, email: null }, user('2', null)], [link('ann', '1')], []],
    ['is not where nobody has come', [gone], [link('ann', '1'), link('bo', '5')], []],
  ])('%s', (_name, users, links, moves) => {
    expect(madeAnew(users, links).map(({ person, to }) => `${person} ${to.id}`)).toEqual(moves)
  })
})

describe('what a newer word on people means', () => {
  const kinds = (effects: ReturnType<typeof profileEffects>) => ({
    events: effects.events.map(({ event }) => `${event.facts.kind} in ${event.account}`),
    jobs: effects.jobs.map(({ key }) => key),
  })
  const nothing = { events: [], jobs: [] }

  it('in Slack: absence by deactivation, where they are linked, and a look at a new address', () => {
    const links = [link('ann', '1')]
    const ann = person('ann')
    const gone = person('ann', { deactivated: true, eligible: false })
    const of = (...[before, after, linked]: [SlackProfile | null, SlackProfile, readonly Link[]]) =>
      kinds(profileEffects(before, after, linked, NOW))
    expect(of(ann, gone, links)).toEqual({ events: ['absent in wamm'], jobs: [] })
    expect(of(null, gone, links)).toEqual({ events: ['absent in wamm'], jobs: [] })
    expect(of(gone, ann, links)).toEqual({ events: ['returned in wamm'], jobs: [] })
    expect(of(ann, gone, [])).toEqual(nothing)
    expect(of(gone, gone, links)).toEqual(nothing)
    expect(of(null, ann, links)).toEqual(nothing)
    expect(of(ann, { ...ann, name: 'Anna' }, links)).toEqual(nothing)
    expect(of(ann, { ...ann, email: 'a@b.c' }, links)).toEqual({ events: [], jobs: ['person:UANN'] })
    expect(of(ann, { ...ann, email: null }, links)).toEqual(nothing)
    expect(of(ann, { ...gone, email: 'a@b.c' }, [])).toEqual(nothing)
  })

  it('at a provider: absence of whoever is blocked or missing, groups aside, and a look for people made anew', () => {
    const of = (before: readonly ProviderUser[], after: readonly ProviderUser[]) =>
      kinds(directoryEffects(WAMM, before, after, NOW))
    const [one, two] = [user('1', 'ann@acme.test'), user('2', 'bo@acme.test')]
    const gone = { ...one, active: false }
    const look = ['relink:wamm']
    expect(of([], [one, gone])).toEqual(nothing)
    expect(of([one, two], [one, two])).toEqual(nothing)
    expect(of([one, two], [gone, two])).toEqual({ events: ['absent in wamm'], jobs: look })
    expect(of([one, two], [two])).toEqual({ events: ['absent in wamm'], jobs: look })
    expect(of([gone, two], [two])).toEqual(nothing)
    expect(of([gone, two], [one, two])).toEqual({ events: ['returned in wamm'], jobs: look })
    expect(of([one], [one, two])).toEqual({ events: [], jobs: look })
    expect(of([one], [{ ...one, email: 'a@b.c' }])).toEqual({ events: [], jobs: look })
    const group = { ...user('7', null), id: groupHolder('7') }
    expect(of([one, group], [one])).toEqual(nothing)
  })
})
