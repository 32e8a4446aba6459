import { setTimeout as pause } from 'node:timers/promises'
import type { Delivery } from './processes/load.ts'
import { figure, type Line } from './report.ts'
import { staff } from './staff.ts'
import { setStage } from './stage.ts'

/** The history in a card's thread is told last, after three seconds. */
const ALL_TOLD_AFTER_MS = 5_000
const [ann, ben] = staff

/**
 * How many requests an action costs, with the least that can do it: WAMM is asked who has the chat and told who shall;
 * in Slack the card is updated, the history told in its thread, and whoever gets a chat is sent a message.
 */
export async function measureAsked(): Promise<readonly Line[]> {
  const stage = await setStage({ chats: 1 })
  const lines: Line[] = []
  try {
    const [chat] = stage.chats
    const says = async (user: string, command: string, text: string) => {
      const before = await stage.asked()
      const delivery: Delivery = { kind: 'command', user, command, text }
      await stage.send('baton', { inFlight: 1, pauseMs: 0 }, [delivery])
      await pause(ALL_TOLD_AFTER_MS)
      const after = await stage.asked()
      return { wamm: after.wamm - before.wamm, slack: after.slack - before.slack }
    }
    const who = chat?.phone ?? ''
    // The first claim posts the card.
    await says(ann.slackUser, '/claim', who)
    await says(ann.slackUser, '/release', `${who} done`)
    for (const [what, { slackUser }, command, text, least] of [
      ['claim', ann, '/claim', who, { wamm: 2, slack: 2 }],
      ['hand-off', ann, '/handoff', `${who} <@${ben.slackUser}|ben>`, { wamm: 2, slack: 3 }],
      ['release', ben, '/release', `${who} done`, { wamm: 2, slack: 2 }],
    ] as const) {
      const asked = await says(slackUser, command, text)
      lines.push(figure(`requests to WAMM for a ${what}`, asked.wamm, String, least.wamm))
      lines.push(figure(`requests to Slack for a ${what}`, asked.slack, String, least.slack))
    }
  } finally {
    await stage.end()
  }
  return lines
}
