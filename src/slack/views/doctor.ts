import { type Finding, summary } from '../../doctor/finding.ts'
import { doctorText, findingText } from '../text-doctor.ts'
import { context, fallback, type MessageView, section } from './message.ts'

/** A section takes 3,000 characters, all blocks of a message 13,200. */
const MOST_IN_SECTION = 2_900
const MOST_SECTIONS = 4

/** `/baton doctor`: what is wrong first, what is well last. */
export const doctorMessage = (findings: readonly Finding[]): MessageView => {
  const order = ['wrong', 'unknown', 'warning', 'skipped', 'ok'] as const
  const lines = order.flatMap((result) => findings.filter((one) => one.result === result).map(findingText))
  const sections: string[] = []
  for (const line of lines) {
    const longer = [...sections.slice(-1), `• ${line}`].join('\n')
    if (sections.length > 0 && longer.length <= MOST_IN_SECTION) sections.splice(-1, 1, longer)
    else sections.push(`• ${line}`)
  }
  const cut = sections.length > MOST_SECTIONS ? [context(doctorText.cut)] : []
  return {
    text: fallback(summary(findings), ...lines),
    blocks: [section(summary(findings)), ...sections.slice(0, MOST_SECTIONS).map(section), ...cut],
  }
}
