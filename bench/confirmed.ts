import { elapsedMs, inTurns } from './measure.ts'
import { asPerSecond, comparison, type Line } from './report.ts'
import { staff } from './staff.ts'
import { claim, type Stage, setStage } from './stage.ts'

const ROUNDS = 5
const CLAIMS = 240
const PEOPLE_AT_ONCE = 32
/** As many as Baton sends to an account. */
const CHATS_AT_ONCE = 8
/** At once, as nothing outside this machine answers; and as soon as something in the same city does. */
const ANSWERS_AFTER_MS = [0, 20] as const

/**
 * From the first signed `/claim` until WAMM has carried out the assignment of the last, beside a bare script that sends
 * WAMM the same two requests for each chat: who has it, and the assignment.
 */
export async function measureConfirmed(): Promise<readonly Line[]> {
  const perTurn = ANSWERS_AFTER_MS.length * (ROUNDS + 1) * CLAIMS
  const stage = await setStage({ chats: 2 * perTurn })
  let taken = 0
  const some = () => {
    taken += CLAIMS
    return stage.chats.slice(taken - CLAIMS, taken)
  }
  let written = 0
  const ours = (): Promise<number> => {
    const claims = some().map((chat, index) => claim(chat, staff[index % staff.length]?.slackUser ?? ''))
    written += CLAIMS
    return elapsedMs(() =>
      Promise.all([
        stage.send('baton', { inFlight: PEOPLE_AT_ONCE, pauseMs: 0 }, claims),
        stage.untilWritten(written),
      ]),
    )
  }
  const bare = async (): Promise<number> => {
    await calm(stage, written)
    written += CLAIMS
    const mine = some()
    return elapsedMs(() => stage.assignByHand(mine, CHATS_AT_ONCE))
  }
  const lines: Line[] = []
  try {
    for (const delayMs of ANSWERS_AFTER_MS) {
      await stage.answerAfter(delayMs)
      // The first round warms both up.
      await inTurns(1, { ours, bare })
      const { ours: baton, bare: script } = await inTurns(ROUNDS, { ours, bare })
      const perSecond = (times: readonly number[]) => times.map((ms) => (CLAIMS / ms) * 1_000)
      lines.push(
        comparison(
          `claims confirmed by WAMM, which answers ${delayMs === 0 ? 'at once' : `after ${delayMs} ms`}`,
          { ours: perSecond(baton), bare: perSecond(script) },
          asPerSecond,
          { atLeast: 0.6 },
        ),
      )
    }
  } finally {
    await stage.end()
  }
  return lines
}

const calm = (stage: Stage, written: number) => stage.untilCalm(({ toWamm }) => toWamm === written)
