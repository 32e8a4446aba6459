import type { Delivery } from './processes/load.ts'
import { asMb, figure, type Line } from './report.ts'
import { staff } from './staff.ts'
import { claim, type Stage, setStage } from './stage.ts'

const CHATS = 2_000
const IN_FLIGHT = 16
const BURST = 1_000
const SHOWN_AT = [1_000, 10_000, 25_000, 50_000, 75_000, 100_000]
/** Of the heap after a collection, once everything has run for the first time. */
const MOST_GROWTH = 1.25

/**
 * Claims, releases, refusals and loads of the picker, with all their jobs, until 100,000 have been answered, which takes
 * some minutes: what Baton's process holds must not grow with them. What is resident grows until SQLite has filled its
 * cache, 16 MB; the heap does not.
 */
export async function measureMemory(): Promise<readonly Line[]> {
  const stage = await setStage({ chats: CHATS })
  try {
    const lines: Line[] = []
    const heaps: number[] = []
    let answered = 0
    for (const goal of SHOWN_AT) {
      for (; answered < goal; answered += BURST) {
        await stage.send('baton', { inFlight: IN_FLIGHT, pauseMs: 0 }, interactions(stage, answered))
      }
      await stage.untilCalm(() => true)
      const { rss, heapUsed } = await stage.memory()
      heaps.push(heapUsed)
      const after = `after ${goal.toLocaleString('en')}`
      lines.push(figure(`${after}: resident`, rss, asMb), figure(`${after}: heap used`, heapUsed, asMb))
    }
    const [first = 0] = heaps
    const growth = (heaps.at(-1) ?? 0) / first
    const { toWamm, posted, updated } = await stage.written()
    return [
      ...lines,
      figure('heap used after the last, beside after the first', growth, asTimes, MOST_GROWTH),
      figure('assignments that jobs wrote meanwhile', toWamm, String),
      figure('cards that jobs posted or updated meanwhile', posted + updated, String),
    ]
  } finally {
    await stage.end()
  }
}

const asTimes = (value: number): string => `${value.toFixed(2)}×`

/** Each chat is claimed, claimed again by somebody else (refused), looked for in the picker, released. */
function interactions({ chats }: Stage, from: number): readonly Delivery[] {
  return Array.from({ length: BURST }, (_, index) => {
    const turn = from + index
    // The four steps of a chat are a hundred interactions apart, so that none overtakes another.
    const chat = chats[(Math.floor(turn / 400) * 100 + (turn % 100)) % chats.length]
    const step = Math.floor(turn / 100) % 4
    const user = staff[turn % staff.length]?.slackUser ?? ''
    const other = staff[(turn + 1) % staff.length]?.slackUser ?? ''
    if (chat === undefined) throw new Error('there are chats')
    switch (step) {
      case 0:
        return claim(chat, user)
      case 1:
        return claim(chat, other)
      case 2:
        return picker(user, chat.name?.split(' ')[0] ?? '')
      default:
        return { kind: 'command', user, command: '/release', text: `${chat.phone} done` }
    }
  })
}

const picker = (user: string, text: string): Delivery => ({
  kind: 'interaction',
  payload: {
    type: 'block_suggestion',
    user: { id: user, team_id: 'T0ACME' },
    team: { id: 'T0ACME', domain: 'acme' },
    api_app_id: 'A0BATON',
    is_enterprise_install: false,
    enterprise: null,
    action_id: 'waiting_chat',
    block_id: 'chat',
    value: text,
    container: { type: 'view' },
  },
})
