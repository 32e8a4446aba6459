import { describe, expect, it } from 'vitest'
import { createPrinter } from '../../sandbox/demo/printer.ts'
import { createScreenText } from '../../sandbox/demo/screen-text.ts'
import { startSlack } from '../../sandbox/slack/start-slack.ts'

const print = (use: (printer: ReturnType<typeof createPrinter>) => void, columns = 40): string[] => {
  let text = ''
  const write = (more: string) => {
    text += more
  }
  use(createPrinter({ write, columns, style: (_, styled) => styled }))
  return text.split('\n')
}

describe('what the demo prints', () => {
  it('fits the terminal and breaks between words', () => {
    const lines = print((printer) => printer.shown('Only Ann sees', ['word '.repeat(30).trim()]))
    expect(lines.every((line) => line.length <= 40)).toBe(true)
    expect(lines.join(' ').match(/word\b/g)).toHaveLength(30)
  })

  it('keeps what customers write from steering the terminal', () => {
    expect(print((printer) => printer.say('a\u001b[2Jb\u0007')).join('')).toBe('  a[2Jb')
  })

  it('notes what belongs together in one block, until something else is shown', () => {
    const lines = print((printer) => {
      printer.noted('WAMM hears', 'one')
      printer.noted('WAMM hears', 'two')
      printer.say('then')
      printer.noted('WAMM hears', 'three')
    })
    expect(lines.filter((line) => line === '  WAMM hears')).toHaveLength(2)
  })

  it('shows blocks as a person reads them', async () => {
    const slack = await startSlack()
    try {
      const noon = new Date(2026, 10, 20, 12, 0).getTime()
      const screen = createScreenText({ people: slack.people, now: () => noon })
      const seconds = noon / 1_000
      const lines = screen.blocks([
        {
          type: 'section',
          text: { type: 'mrkdwn', text: `*Tom &amp; Jo*\nWith <@U0ANN> since <!date^${seconds}^{time}|x>.` },
        },
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'In <#C0SUPPORT>' }] },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'Release' } }],
        },
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: 'a *note*' }] }],
        },
      ])
      expect(lines).toEqual([
        'Tom & Jo',
        'With Ann Abel since today 12:00.',
        'In #support',
        '[ Release ]',
        '> a *note*',
      ])
    } finally {
      await slack.close()
    }
  })
})
