/** Who plays in the demo. All of them are made up. */
interface WammUser {
  readonly name: string
  /** Their user in WAMM. */
  readonly wammId: string
  readonly email: string
}

export interface Colleague extends WammUser {
  /** In Slack, as in `@ann`. */
  readonly handle: string
}

const colleague = (handle: string, name: string, wammId: string): Colleague => ({
  handle,
  name,
  wammId,
  email: `${handle}@acme.test`,
})

/** Linked by their e-mail addresses. */
export const team = {
  ann: colleague('ann', 'Ann Abel', '100'),
  ben: colleague('ben', 'Ben Bauer', '101'),
  carla: colleague('carla', 'Carla Cruz', '102'),
  dora: colleague('dora', 'Dora Diaz', '103'),
  emil: colleague('emil', 'Emil Eriksson', '104'),
  farah: colleague('farah', 'Farah Haddad', '105'),
} as const

/** Works in WAMM's own screens and is not in Slack. */
export const olga: WammUser = { name: 'Olga Orlova', wammId: '110', email: 'olga@acme.test' }

/** A guest of the workspace, who cannot have chats. */
export const guest = { handle: 'gus', name: 'Gus Guest' } as const

/** The channel of the cards, which the sandbox's Slack has. */
export const supportChannel = { id: 'C0SUPPORT', name: 'support' } as const

export interface Customer {
  /** WAMM's key of the chat: the digits of the number, or an id on Telegram. */
  readonly key: string
  readonly name: string
  readonly text: string
  readonly nickname?: string
}

/** Writes while the audience watches. */
export const newcomer: Customer = {
  key: '34612345612',
  name: 'Lucía Fernández',
  text: 'Hello! My order 4711 has not arrived yet. Can you help?',
}

interface EarlierChat extends Customer {
  readonly minutesAgo: number
  /** Null: the customer waits. */
  readonly heldBy: WammUser | null
}

/** What the team finds in the morning. */
export const earlierChats: readonly EarlierChat[] = [
  waits('79001234567', 'Ivan Petrov', 41, 'Good morning, is anybody there?'),
  waits('12025550143', 'Grace Miller', 33, 'Can I change my delivery address?'),
  waits('5511987650142', 'João Pereira', 26, 'Vocês entregam em Campinas?'),
  waits('971501234508', 'Aisha Rahman', 19, 'Which size should I take?'),
  waits('4915228817386', 'Jürgen Weiß', 12, 'Die Rechnung fehlt noch.'),
  { ...waits('5566778899', 'Priya Nair', 9, 'Is the blue one in stock?'), nickname: '@priya_nair' },
  waits('27821234506', 'Thabo Mokoena', 6, 'I was charged twice.'),
  waits('46701740605', 'Astrid Lindqvist', 2, 'Hej! Can I return this?'),
  held('919876500143', 'Ravi Kumar', team.ann, 50, 'Thanks, I will check.'),
  held('393471234516', 'Giulia Romano', team.ann, 38, 'Perfetto, grazie!'),
  held('905321234509', 'Mehmet Yılmaz', team.ben, 30, 'When does it open?'),
  held('61491570156', 'Chloe Nguyen', team.carla, 22, 'Sent you the photo.'),
  held('77012345608', 'Айгерим Нурланова', team.dora, 15, 'Спасибо!'),
  held('2348031234515', 'Chinedu Okafor', olga, 8, 'One moment please.'),
]

function waits(key: string, name: string, minutesAgo: number, text: string): EarlierChat {
  return { key, name, text, minutesAgo, heldBy: null }
}

function held(key: string, name: string, heldBy: WammUser, minutesAgo: number, text: string): EarlierChat {
  return { key, name, text, minutesAgo, heldBy }
}

export const wammToken = 'sandbox-wamm-token'
