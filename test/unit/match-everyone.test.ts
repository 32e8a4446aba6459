import { describe, expect, it } from 'vitest'
import type { ProviderUser } from '../../src/providers/contract.ts'
import { afterList, profileEffects, SECOND_LOOK_MS } from '../../src/routing/absence.ts'
import { groupHolder, instant, providerUserId, slackUserId } from '../../src/routing/ids.ts'
import { madeAnew, matchEveryone } from '../../src/routing/match-everyone.ts'
import type { KnownUser, Link, SlackProfile } from '../../src/store/contract.ts'
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
    const fay = person('fay')
    const { standings, left } = matchEveryone(
      [...people, twin, guest, fay],
      [...users, user('6', 'fay@acme.test')],
      [link('ann', '1'), link('zed', '2')],
      new Set([fay.user]),
    )
    expect(standings).toMatchObject([
      { person: 'UANN', kind: 'linked' },
      { person: 'UBO', kind: 'taken', by: 'UZED' },
      { person: 'UCY', kind: 'match', user: { id: '3' } },
      { person: 'UDI', kind: 'inactive' },
      { person: 'UEVE', kind: 'no-match' },
      { person: 'UTWIN', kind: 'taken', by: 'UCY' },
      { person: 'UFAY', kind: 'undone' },
    ])
    expect(left.map(({ id }) => id)).toEqual(['9', '6'])
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
    const noOffers = ['return-offers:gone::UANN']
    expect(of(ann, gone, links)).toEqual({ events: ['absent in wamm'], jobs: noOffers })
    expect(of(ann, { ...ann, eligible: false }, links)).toEqual({ events: [], jobs: noOffers })
    expect(of({ ...ann, eligible: false }, { ...ann, eligible: false }, links)).toEqual(nothing)
    expect(of(null, gone, links)).toEqual({ events: ['absent in wamm'], jobs: [] })
    expect(of(gone, ann, links)).toEqual({ events: ['returned in wamm'], jobs: [] })
    expect(of(ann, gone, [])).toEqual({ events: [], jobs: noOffers })
    expect(of(gone, gone, links)).toEqual(nothing)
    expect(of(null, ann, links)).toEqual(nothing)
    expect(of(ann, { ...ann, name: 'Anna' }, links)).toEqual(nothing)
    expect(of(ann, { ...ann, email: 'a@b.c' }, links)).toEqual({ events: [], jobs: ['person:UANN'] })
    expect(of(ann, { ...ann, email: null }, links)).toEqual(nothing)
    expect(of(ann, { ...gone, email: 'a@b.c' }, [])).toEqual({ events: [], jobs: noOffers })
  })

  it('at a provider: absence of whoever is blocked or back, groups aside, and a look for people made anew', () => {
    const of = (before: readonly KnownUser[], after: readonly ProviderUser[]) =>
      kinds(afterList(WAMM, before, after, NOW))
    const [one, two] = [user('1', 'ann@acme.test'), user('2', 'bo@acme.test')]
    const gone = { ...one, active: false }
    const look = ['relink:wamm']
    expect(of([], [one, gone])).toEqual(nothing)
    expect(of([one, two], [one, two])).toEqual(nothing)
    expect(of([one, two], [gone, two])).toEqual({ events: ['absent in wamm'], jobs: look })
    expect(of([gone, two], [two])).toEqual(nothing)
    expect(of([gone, two], [one, two])).toEqual({ events: ['returned in wamm'], jobs: look })
    expect(of([one], [one, two])).toEqual({ events: [], jobs: look })
    expect(of([one], [{ ...one, email: 'a@b.c' }])).toEqual({ events: [], jobs: look })
    const group = { ...user('7', null), id: groupHolder('7') }
    expect(of([one, group], [one, { ...group, active: false }])).toEqual(nothing)
  })
})

describe('a list that does not show somebody', () => {
  const all = ['1', '2', '3', '4'].map((id) => user(id, `${id}@acme.test`))
  const [first] = all
  const listedAt = (known: readonly KnownUser[], listed: readonly ProviderUser[], at: number) => {
    const { users, events, jobs } = afterList(WAMM, known, listed, instant(at))
    const absent = events.flatMap(({ event: { facts } }) => (facts.kind === 'absent' ? [facts.user] : []))
    return { users, absent, jobs: jobs.map(({ key, runAt }) => [key, runAt]) }
  }
  const look = (at: number) => [['second-look:wamm', at + SECOND_LOOK_MS]]
  const ids = (users: readonly ProviderUser[]) => users.filter(({ active }) => active).length

  it('makes nobody absent, however many are missing, and is asked for again', () => {
    const short = listedAt(all, [user('1', '1@acme.test')], NOW)
    expect(short).toMatchObject({ absent: [], jobs: look(NOW) })
    expect(ids(short.users)).toBe(4)
    const again = listedAt(short.users, [user('1', '1@acme.test')], NOW + 1_000)
    expect(again).toMatchObject({ absent: [], jobs: [] })
    expect(listedAt(again.users, all, NOW + SECOND_LOOK_MS)).toEqual({ users: all, absent: [], jobs: [] })
  })

  it('is believed when a later one does not show them either', () => {
    const rest = all.slice(1)
    const once = listedAt(all, rest, NOW)
    const twice = listedAt(once.users, rest, NOW + SECOND_LOOK_MS)
    expect(twice).toMatchObject({ absent: [first?.id], jobs: [['relink:wamm', NOW + SECOND_LOOK_MS]] })
    expect(twice.users.at(-1)).toEqual({ ...first, active: false, missingSince: null })
    // They are back: what is missing next is missing anew.
    const back = listedAt(twice.users, all, NOW + 2 * SECOND_LOOK_MS)
    expect(listedAt(back.users, rest, NOW + 3 * SECOND_LOOK_MS).absent).toEqual([])
  })

  it('says nothing at all when it shows nobody', () => {
    expect(listedAt(all, [], NOW)).toEqual({ users: all, absent: [], jobs: [] })
  })
})
