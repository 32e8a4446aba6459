import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateView } from '../../sandbox/slack/block-kit/validate.ts'
import { readableText } from '../../sandbox/slack/elements.ts'
import { accountId, chatId, eventId, type Instant, instant } from '../../src/routing/ids.ts'
import {
  encodeLook,
  firstLook,
  type HomeLook,
  MOST_PAGES,
  parseLook,
  WAITS,
} from '../../src/slack/home-look.ts'
import { notReadText } from '../../src/slack/text-health.ts'
import { counted, MOST_COUNTED, memberText } from '../../src/slack/text-home.ts'
import type { ChatFacts } from '../../src/slack/views/chat-facts.ts'
import { homeView, MOST_LEFT, MOST_OF_GROUPS, MOST_OFFERS, PAGE } from '../../src/slack/views/home.ts'
import type { AccountFacts, HomeFacts, Overview, TeamMember } from '../../src/slack/views/home-facts.ts'
import { MOST_AWAY, MOST_MEMBERS } from '../../src/slack/views/home-overview.ts'
import { anyFacts, anyPerson, anyTime } from './any-chat-facts.ts'
import { ann, ben, facts, fullKey, now, owned } from './chat-facts-samples.ts'
import { hostileText } from './hostile-text.ts'

const anyCount = fc.oneof(fc.nat(30), fc.nat(MOST_COUNTED + 1))
const anyLook: fc.Arbitrary<HomeLook> = fc.record({
  account: fc.constantFrom(null, accountId('a'.repeat(20))),
  waitsMinutes: fc.constantFrom(...WAITS),
  show: fc.constantFrom('everything', 'mine'),
  mine: fc.nat(MOST_PAGES - 1),
  waiting: fc.nat(MOST_PAGES - 1),
})

/** As many as the page asked for can have, each a chat of its own. */
const rows = (some: readonly ChatFacts[], of: number, page: number, list: string): ChatFacts[] =>
  Array.from({ length: Math.max(0, Math.min(PAGE, of - page * PAGE)) }, (_, index) => ({
    ...(some[index % some.length] ?? facts),
    id: chatId(`${list}-${index}`),
  }))

const anyMember: fc.Arbitrary<TeamMember> = fc.record({
  who: anyPerson,
  at: fc.constantFrom(null, 'WAMM (vip)'),
  absence: fc.constantFrom(null, { kind: 'slack', provider: 'WAMM' } as const),
  away: fc.constantFrom(null, { since: now, until: null }, { since: now, until: now }),
  chats: fc.integer({ min: 1, max: 100_000 }),
  unanswered: fc.nat(100_000),
  unansweredSince: anyTime,
})
const anyAccount: fc.Arbitrary<AccountFacts> = fc.record({
  name: hostileText,
  channel: fc.constant('C0SUPPORT'),
  waiting: anyCount,
  longestSince: anyTime,
  held: fc.nat(),
})
const setup = fc.record({
  account: fc.constant(accountId('wamm')),
  isRead: fc.boolean(),
  listsUsers: fc.boolean(),
  name: hostileText,
  channel: fc.constant('C0SUPPORT'),
  tokenWorks: fc.boolean(),
  hasCard: fc.boolean(),
  linked: fc.nat(),
  staff: fc.nat(),
  told: fc.constantFrom(null, true, false),
})
const trouble = fc.record({
  account: fc.constant(accountId('wamm')),
  name: fc.constant('WAMM (vip)'),
  notice: fc.record({
    kind: fc.constant('account-trouble' as const),
    way: fc.constantFrom('read', 'write'),
    problem: fc.constantFrom('token-refused', 'timed-out', 'refused-otherwise'),
    since: fc.constant(now),
  }),
})
const anyFew = (list: string, most: number) =>
  fc.tuple(fc.array(anyFacts, { maxLength: most }), fc.nat()).map(([some, more]) => ({
    chats: some.map((chat, index) => ({ ...chat, id: chatId(`${list}-${index}`) })),
    count: some.length + more,
  }))
const anyOverview: fc.Arbitrary<Overview> = fc.record({
  left: anyFew('left', MOST_LEFT),
  ofGroups: anyFew('group', MOST_OF_GROUPS),
  team: fc.record({
    members: fc.array(anyMember, { maxLength: MOST_MEMBERS }),
    others: fc.record({ people: fc.nat(), chats: fc.nat() }),
    away: fc
      .tuple(fc.array(fc.constantFrom(now, null), { maxLength: MOST_AWAY }), fc.nat())
      .map(([untils, more]) => ({
        people: untils.map((until) => ({ user: ann, since: now, until })),
        count: untils.length === 0 ? 0 : untils.length + more,
      })),
  }),
  accounts: fc.array(anyAccount, { minLength: 1, maxLength: 150 }),
  asOf: fc.array(fc.record({ name: hostileText, at: anyTime }), { maxLength: 150 }),
  onlyTold: fc.array(hostileText, { maxLength: 150 }),
  stale: fc.array(fc.constant(notReadText('WAMM', now)), { maxLength: 150 }),
  admin: fc.oneof(
    fc.constant(null),
    fc.record({
      troubles: fc.array(trouble, { maxLength: 300 }),
      setup: fc.array(setup, { maxLength: 150 }),
      failedJobs: fc.nat(100_000),
    }),
  ),
})

const anyHome: fc.Arbitrary<HomeFacts> = fc
  .record({
    kind: fc.constant('home' as const),
    leads: fc.boolean(),
    away: fc.constantFrom(null, { since: now, until: null }),
    undoable: fc.option(
      fc.record({
        kind: fc.constantFrom('claimed' as const, 'handed-off' as const, 'released' as const),
        event: fc.constant(eventId(41)),
        chat: anyFacts,
        until: fc.constant(now),
      }),
    ),
    offers: anyFew('offer', MOST_OFFERS),
    look: anyLook,
    names: fc.array(fc.record({ account: fc.constant(accountId('wamm')), name: hostileText }), {
      minLength: 1,
      maxLength: 150,
    }),
    notLinked: fc.subarray(['WAMM', 'SalesChat', 'Aelyst']),
    notFound: fc.subarray(['SalesChat', 'Aelyst']),
    admins: fc.constantFrom(null, [], [ann, ben]),
    mine: anyCount,
    unanswered: anyCount,
    waiting: anyCount,
    some: fc.array(anyFacts, { minLength: 1, maxLength: 4 }),
    overview: anyOverview,
  })
  .map(({ look, mine, waiting, unanswered, some, overview, ...rest }) => ({
    ...rest,
    look,
    mine: { chats: rows(some, mine, look.mine, 'mine'), count: mine, unanswered: Math.min(unanswered, mine) },
    waiting: { chats: rows(some, waiting, look.waiting, 'waiting'), count: waiting },
    overview: look.show === 'mine' ? null : overview,
  }))

/** Of an agent with nothing to do; tests say only what differs. */
const quiet: HomeFacts = {
  kind: 'home',
  away: null,
  undoable: null,
  offers: { chats: [], count: 0 },
  leads: false,
  look: firstLook,
  names: [{ account: accountId('wamm'), name: 'WAMM' }],
  notLinked: [],
  notFound: [],
  admins: [],
  mine: { chats: [], count: 0, unanswered: 0 },
  waiting: { chats: [], count: 0 },
  overview: {
    left: { chats: [], count: 0 },
    ofGroups: { chats: [], count: 0 },
    team: { members: [], others: { people: 0, chats: 0 }, away: { people: [], count: 0 } },
    accounts: [{ name: 'WAMM', channel: 'C0SUPPORT', waiting: 0, longestSince: null, held: 0 }],
    asOf: [],
    onlyTold: [],
    stale: [],
    admin: null,
  },
}
const says = (home: HomeFacts): string => readableText(homeView(home).blocks)

const many = (state: ChatFacts, count: number): ChatFacts[] =>
  Array.from({ length: Math.min(PAGE, count) }, (_, index) => ({ ...state, id: chatId(`chat-${index}`) }))
const waits = (count: number, look: Partial<HomeLook> = {}): HomeFacts => ({
  ...quiet,
  look: { ...firstLook, ...look },
  waiting: { chats: many(facts, count), count },
})

/** Every text in which markup counts. */
const mrkdwnIn = (view: object): string => {
  const texts: string[] = []
  JSON.stringify(view, (_, value) => {
    if (value?.type === 'mrkdwn') texts.push(value.text)
    return value
  })
  return texts.join('\n')
}

describe('The Home tab', () => {
  it('is what Slack accepts, within 100 blocks and 250 KB, whatever there is and people are called', () => {
    fc.assert(
      fc.property(anyHome, (home) => {
        const view = homeView(home)
        expect(validateView(view)).toEqual([])
        expect(view.blocks.length).toBeLessThanOrEqual(100)
        expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(250_000)
        expect(parseLook(view.private_metadata)).toEqual(home.look)
      }),
      { numRuns: 150 },
    )
  })

  it('has no more than 100 blocks when everything is there that can be', () => {
    const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)
    const chats = (list: string, count: number, one: ChatFacts) => ({
      chats: many(count, one).map((chat, index) => ({ ...chat, id: chatId(`${list}-${index}`) })),
      count: 2_000,
    })
    const account = { account: accountId('wamm'), name: 'x'.repeat(90), channel: 'C0SUPPORT' }
    const unlike = { isRead: false, listsUsers: false, tokenWorks: false, hasCard: false, told: false }
    const notice = { kind: 'account-trouble', way: 'read', problem: 'token-refused', since: now } as const
    const pressing = {
      ...owned,
      unansweredSince: now,
      offer: { event: eventId(1), to: ann, by: ben, at: now },
    }
    const mine = chats('mine', PAGE, owned)
    const member = {
      who: { kind: 'provider', name: 'x'.repeat(90) },
      ...{ at: 'x'.repeat(90), absence: null, away: null, chats: 9, unanswered: 9, unansweredSince: now },
    } as const
    const view = homeView({
      ...quiet,
      away: { since: now, until: now },
      undoable: { kind: 'claimed', event: eventId(1), chat: owned, until: now },
      offers: chats('offers', MOST_OFFERS, pressing),
      look: { ...firstLook, mine: MOST_PAGES - 1, waiting: MOST_PAGES - 1 },
      notLinked: ['WAMM'],
      notFound: ['SalesChat'],
      mine: { ...mine, chats: [pressing, ...mine.chats.slice(1)], unanswered: 9 },
      // Rows of two blocks, which those who wait have not.
      waiting: chats('waiting', PAGE, owned),
      overview: {
        left: chats('left', MOST_LEFT, owned),
        ofGroups: chats('groups', MOST_OF_GROUPS, owned),
        team: {
          members: many(MOST_MEMBERS, member),
          others: { people: 9, chats: 9 },
          away: { people: many(MOST_AWAY, { user: ann, since: now, until: now }), count: 99 },
        },
        accounts: many(99, { ...account, waiting: 9, longestSince: now, held: 9 }),
        asOf: many(99, { name: 'WAMM', at: now }),
        onlyTold: many(99, 'SalesChat'),
        stale: many(99, notReadText('WAMM', now)),
        admin: {
          troubles: many(99, { ...account, notice }),
          setup: many(99, { ...account, ...unlike, linked: 0, staff: 0 }),
          failedJobs: 9,
        },
      },
    })
    expect(validateView(view)).toEqual([])
    expect(view.blocks.length).toBeLessThanOrEqual(100)
    expect(view.blocks.length).toBeGreaterThan(90)
  })

  it('has at most one primary button, and pings and links nothing because of a name', () => {
    fc.assert(
      fc.property(anyHome, (home) => {
        const view = homeView(home)
        expect(JSON.stringify(view).split('"primary"').length - 1).toBeLessThanOrEqual(1)
        expect(mrkdwnIn(view)).not.toMatch(/<!(?!date\^)|<(?![@!#])|<#(?!C0SUPPORT>)/)
      }),
      { numRuns: 60 },
    )
  })

  it('says of each page which of how many it shows, and where there is no next one', () => {
    fc.assert(
      fc.property(anyCount, fc.nat(MOST_PAGES - 1), (count, page) => {
        const chats = rows([facts], count, page, 'waiting')
        fc.pre(chats.length > 0)
        const home = { ...waits(count, { waiting: page }), waiting: { chats, count } }
        const text = says(home)
        const last = page * PAGE + chats.length
        if (count <= PAGE) expect(text).not.toMatch(/\d–\d/)
        else expect(text).toContain(`${page * PAGE + 1}–${last} of ${counted(count)}`)
        expect(text.split('\n').includes('Next')).toBe(count > last && page < MOST_PAGES - 1)
        expect(text.split('\n').includes('Previous')).toBe(page > 0 && count > PAGE)
        expect(text.includes('There are more than these pages show.')).toBe(
          page === MOST_PAGES - 1 && count > last,
        )
      }),
    )
  })

  it('says of each list without pages how many more there are than it shows, and where they are', () => {
    const few = (most: number) => fc.tuple(fc.nat(most), fc.oneof(fc.constant(0), fc.nat(MOST_COUNTED)))
    fc.assert(
      fc.property(few(MOST_OFFERS), few(MOST_LEFT), few(MOST_OF_GROUPS), (...lists) => {
        const [offers, left, ofGroups] = lists.map(([shown, more], index) => ({
          chats: Array.from({ length: shown }, (_, at) => ({ ...owned, id: chatId(`${index}-${at}`) })),
          count: shown === 0 ? 0 : shown + more,
        }))
        if (quiet.overview === null || !offers || !left || !ofGroups) throw new Error('three lists')
        const text = says({ ...quiet, offers, overview: { ...quiet.overview, left, ofGroups } })
        const more = [offers, left, ofGroups].map(({ chats, count }) => count - chats.length)
        const said = [...text.matchAll(/And ([\d,+]+) more\. (.*)/g)].map(([, count, where]) => [
          count,
          where,
        ])
        const wheres = [
          'Baton has sent you a message about each',
          '`/claim` lists them',
          '`/claim` and a name',
        ]
        expect(said).toEqual(
          more.flatMap((count, index) =>
            count === 0 ? [] : [[counted(count), expect.stringContaining(wheres[index] ?? '')]],
          ),
        )
        expect(text.includes('Offered to you')).toBe(offers.count > 0)
        if (offers.count > 0) expect(text).toContain(`Offered to you: ${counted(offers.count)}`)
      }),
    )
  })

  it('says to those who hear it whose each of many like buttons is', () => {
    const named = { ...facts, customer: `${'Ivan '.repeat(40)}` }
    const [label] = /"accessibility_label":"[^"]*"/.exec(
      JSON.stringify(homeView({ ...waits(1), waiting: { chats: [named], count: 1 } })),
    ) ?? ['']
    expect(label).toMatch(/"Claim Chat with Ivan Ivan .*…"$/)
  })

  it('teaches where there is nothing to show', () => {
    expect(says(quiet)).toContain('What you claim or are handed shows here.')
    expect(says(quiet)).toContain('No chat is waiting. New ones show up here')
    expect(says(quiet)).toContain('Nobody has a chat right now.')
    expect(says(quiet)).not.toContain('Claim Next')
    expect(says(waits(1))).toContain('press Claim Next for the most urgent one')
    expect(says({ ...quiet, look: { ...firstLook, waitsMinutes: 60 } })).toContain('waited that long')
    expect(says({ ...quiet, notLinked: ['WAMM', 'Aelyst'] })).toContain('a user of WAMM or Aelyst yet')
  })

  it('asks first about chats that I am offered, and says that I am away', () => {
    const offer = { event: eventId(41), to: ann, by: ben, at: now }
    const offers = { chats: [{ ...owned, offer }], count: 1 }
    const text = says({ ...quiet, offers, away: { since: now, until: null } })
    expect(text).toMatch(
      /You are away,[\s\S]*Offered to you: 1\n.*\n<@U0BEN> asks whether you take this chat/,
    )
    expect(text).toMatch(/Accept\nDecline\nYour chats/)
  })

  it('shows guests nothing but why', () => {
    const view = homeView({ kind: 'outsider', admins: [ben] })
    expect(validateView(view)).toEqual([])
    expect(view.blocks).toHaveLength(1)
    expect(readableText(view.blocks)).toContain('cannot take chats here, or see them')
  })

  it('has the chats of groups below the queue, for whoever of them takes one', () => {
    if (quiet.overview === null) throw new Error('everything is shown')
    const owner = { kind: 'group', name: 'Sales' } as const
    const ofGroups = { chats: [{ ...owned, owner }], count: 3 }
    const text = says({ ...quiet, overview: { ...quiet.overview, ofGroups } })
    expect(text).toMatch(/With a group: 3\n.*\nWith the group Sales since .*\nClaim Chat\nHand Off/)
    expect(text).toContain('And 2 more.')
  })

  it('puts the chats whose customers wait for my answer before my others', () => {
    const since = instant(now - 60_000)
    const urgent = { ...owned, id: chatId('urgent'), unanswered: 2, unansweredSince: since }
    const home = { ...quiet, mine: { chats: [urgent, owned], count: 2, unanswered: 1 } }
    expect(says(home)).toMatch(
      /Waiting for your answer: 1\n.*\nThe customer waits for an answer since [\s\S]*2 unanswered messages\.[\s\S]*Your other chats: 1\n/,
    )
    expect(says({ ...quiet, mine: { chats: [owned], count: 1, unanswered: 0 } })).toContain('Your chats: 1\n')
  })

  it('has the number in full in a row of my own, and masked in all others', () => {
    const home = { ...waits(1), mine: { chats: [{ ...owned, fullKey }], count: 1, unanswered: 0 } }
    const [mine, others] = says(home).split('Waiting: 1')
    expect(mine).toContain(fullKey)
    expect(others).not.toContain(fullKey)
    expect(JSON.stringify(homeView(home).blocks.map(({ block_id: id }) => id))).not.toContain(fullKey)
  })

  it('asks about one’s own chats alone only if there is something to choose, and keeps the choice', () => {
    expect(says(waits(1))).not.toContain('All accounts')
    const names = ['wamm', 'vip'].map((name) => ({ account: accountId(name), name }))
    const [controls] = homeView({ ...waits(1, { account: accountId('vip') }), names }).blocks
    const chosen = JSON.stringify(controls).match(/"initial_option":\{"text":\{[^}]*"text":"([^"]*)"/g)
    expect(chosen?.map((each) => each.split('"').at(-2))).toEqual(['Everything', 'vip', 'Any waiting time'])
    const mine = says({ ...waits(1, { show: 'mine' }), overview: null })
    expect(mine).not.toMatch(/Waiting: 1|Team|Any waiting time/)
  })

  it('has the team and the accounts before the queue for those who lead others', () => {
    const headings = (home: HomeFacts): string =>
      homeView(home)
        .blocks.filter(({ type }) => type === 'header')
        .map((block) => readableText(block))
        .join()
    expect(headings(waits(1))).toBe('Your chats,Waiting: 1,Team,Accounts')
    expect(headings({ ...waits(1), leads: true })).toBe('Your chats,Team,Accounts,Waiting: 1')
  })

  it('says in one line who is away and has no chats', () => {
    if (quiet.overview === null) throw new Error('everything is shown')
    const { overview } = quiet
    const away = (count: number) => ({
      people: [
        { user: ann, since: now, until: null },
        { user: ben, since: now, until: now },
      ],
      count,
    })
    const text = (count: number) =>
      says({ ...quiet, overview: { ...overview, team: { ...overview.team, away: away(count) } } })
    expect(text(2)).toMatch(
      /Nobody has a chat right now\.\nAway: <@U0ANN> and <@U0BEN> until <!date[^>]*>\.\n/,
    )
    expect(text(1_234)).toMatch(/<@U0BEN> until <!date[^>]*> and 1,232 more\.\n/)
    expect(says(quiet)).not.toContain('Away')
  })

  it('says how old the data of an account is when it has not been read of late', () => {
    if (quiet.overview === null) throw new Error('everything is shown')
    const { overview } = quiet
    const withAges = (over: Partial<Overview>) => says({ ...quiet, overview: { ...overview, ...over } })
    expect(says(quiet)).not.toContain('As of')
    const stale = [notReadText('WAMM', now)]
    expect(withAges({ stale })).toContain('WAMM has not been read since')
    const asOf = [
      { name: 'WAMM', at: now },
      { name: 'Aelyst', at: instant(now - 60_000) },
    ]
    expect(withAges({ asOf })).toMatch(/As of: WAMM <!date\^[^>]*> and Aelyst <!date\^[^>]*>\. Baton goes on/)
    expect(withAges({ asOf: [{ name: 'WAMM', at: null }] })).toContain(
      'WAMM has not been read since Baton was',
    )
    expect(withAges({ onlyTold: ['SalesChat'] })).toContain('SalesChat does not say what is new there')
    const many = Array.from({ length: 9 }, (_, index) => `Sales ${index}`)
    expect(says({ ...quiet, overview: { ...quiet.overview, onlyTold: many } })).toContain(
      'Sales 5 and 3 more do not say',
    )
  })

  it('counts what there is of more accounts than it shows', () => {
    if (quiet.overview === null) throw new Error('everything is shown')
    const [account] = quiet.overview.accounts
    if (account === undefined) throw new Error('there is an account')
    const accounts = Array.from({ length: 9 }, () => account)
    expect(says({ ...quiet, overview: { ...quiet.overview, accounts } })).toMatch(/\nAnd 3 more\.$/)
    expect(says(quiet)).not.toContain('And')
  })

  it('tells admins what does not work, and what is left to set up', () => {
    const step = {
      ...{ account: accountId('wamm'), name: 'WAMM', channel: 'C0SUPPORT', isRead: true, listsUsers: true },
      ...{ staff: 5, linked: 0, tokenWorks: true, hasCard: false },
    }
    const notice = { kind: 'account-trouble', way: 'read', problem: 'token-refused', since: now } as const
    const admin = (setup: readonly object[], troubles: readonly (typeof notice)[]): HomeFacts => {
      if (quiet.overview === null) throw new Error('everything is shown')
      const all = {
        troubles: troubles.map((each) => ({ account: accountId('wamm'), name: 'WAMM', notice: each })),
        failedJobs: 0,
        setup: setup.map((over) => ({ ...step, told: null, ...over })),
      }
      return { ...quiet, leads: true, overview: { ...quiet.overview, admin: all } }
    }
    expect(says(admin([], []))).toContain('Every account works.')
    expect(says(admin([], []))).not.toContain('set up')
    expect(says(admin([], [notice]))).toContain('Baton has not been able to read WAMM since')
    const text = says(admin([{ told: false }], []))
    expect(text).toContain('✓ Done: Baton can read WAMM.')
    expect(text).toContain('◻ To do: No card in <#C0SUPPORT> yet: invite Baton there')
    expect(text).toContain('◻ To do: Nobody is linked yet')
    expect(text).toContain('◻ To do: Its webhook has told nothing yet')
    expect(says(admin([{ linked: 2 }], []))).toContain('✓ Done: 2 of 5 people are linked')
  })
})

describe('a person’s load', () => {
  const since: Instant = instant(now - 60_000)
  const load = (chats: number, unanswered: number, most: number): string =>
    memberText(
      {
        who: { kind: 'slack', user: ann },
        at: null,
        absence: null,
        away: null,
        chats,
        unanswered,
        unansweredSince: unanswered > 0 ? since : null,
      },
      most,
    ).split(' ·')[0] ?? ''

  it.each([
    [3, 1, 3, '▇▇▇ 3'],
    [3, 3, 3, '▇▇▇ 3'],
    [1, 0, 40, '▇ 1'],
    [40, 1, 40, `${'▇'.repeat(20)} 40`],
    [20, 20, 40, `${'▇'.repeat(10)} 20`],
    [1, 1, 100_000, '▇ 1'],
    [100_000, 0, 100_000, `${'▇'.repeat(20)} 100,000`],
  ])('of %i chats, %i to answer, beside %i at most, is %s', (chats, unanswered, most, bar) => {
    expect(load(chats, unanswered, most)).toBe(bar)
  })
})

describe('what somebody has chosen to see', () => {
  it('fits into an option, and is read as it was written', () => {
    fc.assert(
      fc.property(anyLook, (look) => {
        expect(encodeLook(look).length).toBeLessThanOrEqual(75)
        expect(parseLook(encodeLook(look))).toEqual(look)
      }),
    )
  })

  it.each([
    null,
    7,
    '',
    '{}',
    '[]',
    'null',
    '["wamm",15,"mine",0]',
    '["WAMM",15,"mine",0,0]',
    '["wamm",16,"mine",0,0]',
    '["wamm",15,"all",0,0]',
    '["wamm",15,"mine",-1,0]',
    '["wamm",15,"mine",0,20]',
    '[null,0,"mine",0,1.5]',
    `[${'"x",'.repeat(100)}0]`,
  ])('is nothing when it is %j', (text) => {
    expect(parseLook(text)).toBeNull()
  })
})
