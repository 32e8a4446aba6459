/** Who plays in the demo. All of them are made up. */
interface Member {
  readonly name: string
  readonly email: string
  /** Their users at the providers. */
  readonly wammId: string
  readonly salesChatId: string
  readonly aelystId: string
}

export interface Colleague extends Member {
  /** In Slack, as in `@ann`. */
  readonly handle: string
}

const colleague = (handle: string, name: string, number: number): Colleague => ({
  handle,
  name,
  email: `${handle}@acme.test`,
  wammId: String(100 + number),
  salesChatId: `user-${number}`,
  aelystId: String(200 + number),
})

/** Linked by their e-mail addresses. */
export const team = {
  ann: colleague('ann', 'Ann Abel', 0),
  ben: colleague('ben', 'Ben Bauer', 1),
  carla: colleague('carla', 'Carla Cruz', 2),
  dora: colleague('dora', 'Dora Diaz', 3),
  emil: colleague('emil', 'Emil Eriksson', 4),
  farah: colleague('farah', 'Farah Haddad', 5),
} as const

/** Works in the providers' own screens and is not in Slack. */
export const olga: Member = colleague('olga', 'Olga Orlova', 10)

/** A guest of the workspace, who cannot have chats. */
export const guest = { handle: 'gus', name: 'Gus Guest' } as const

/** The channels of the cards: of WAMM's chats, of SalesChat's and of Aelyst's. */
export const supportChannel = { id: 'C0SUPPORT', name: 'support' } as const
export const salesChannel = { id: 'C0SALES', name: 'sales' } as const
export const vipChannel = { id: 'C0VIP', name: 'vip' } as const

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
  readonly heldBy: Member | null
}

/** What the team finds in the morning, in WAMM. */
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

function held(key: string, name: string, heldBy: Member, minutesAgo: number, text: string): EarlierChat {
  return { key, name, text, minutesAgo, heldBy }
}

/** In SalesChat: nobody but SalesChat knows who has them. */
export const leads = {
  /** Expired long ago. */
  hugo: lead('lead-1', '+33612345678', 'Hugo Laurent', 500),
  mei: lead('lead-2', '+6591234567', 'Mei Tan', 300),
  tomas: lead('lead-3', '+351912345678', 'Tomás Silva', 240),
  /** One number, two contacts: a couple shares a phone. */
  omar: lead('lead-4', '+971507654321', 'Omar Haddad', 90),
  layla: lead('lead-5', '+971507654321', 'Layla Haddad', 45),
} as const

function lead(id: string, phone: string, name: string, minutesAgo: number) {
  const [firstName = '', lastName = ''] = name.split(' ')
  return { id, phone, name, firstName, lastName, minutesAgo }
}

/** Of SalesChat: `pool` is the user who stands for the queue, and nobody in person. */
export const salesTeam = { id: 'group-1', name: 'Sales team', members: [team.emil, team.farah] } as const
export const pool = { id: 'user-99', name: 'Lead queue' } as const
export const stages = ['New', 'Offer sent', 'Won', 'Lost'] as const

/** In Aelyst. */
export const vips = {
  noor: vip({ phone: '+96550123456' }, 'Noor Al-Sabah', 17, null, 'Could somebody call me back today?'),
  henrik: vip(
    { email: 'henrik@holm.test' },
    'Henrik Holm',
    11,
    null,
    'The contract needs one more signature.',
  ),
  sofia: vip({ phone: '+390612345678' }, 'Sofia Conti', 4, null, 'Can we move the fitting to Friday?'),
  kenji: vip({ phone: '+819012345670' }, 'Kenji Mori', 28, team.dora, 'Thank you, see you on Monday.'),
  amara: vip({ email: 'amara@diallo.test' }, 'Amara Diallo', 20, olga, 'I have sent the documents.'),
} as const

function vip(
  from: { readonly phone: string } | { readonly email: string },
  name: string,
  minutesAgo: number,
  heldBy: Member | null,
  text: string,
) {
  const [firstName = '', lastName = ''] = name.split(' ')
  return { from, name, firstName, lastName, minutesAgo, heldBy, text }
}
