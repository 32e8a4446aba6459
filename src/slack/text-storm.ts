import type { StormFacts } from './views/storm.ts'

/** In the channel, while many chats have come at once; it is updated until every chat has its card. */
export const stormText = ({ provider, waiting, cardless }: Omit<StormFacts, 'account'>): string =>
  cardless === 0
    ? `Many chats came from ${provider} at once. Each that waits has its card here now.`
    : `${waiting} chats from ${provider} are waiting. Their cards follow here one by one; meanwhile, Claim Next takes the longest-waiting chat.`
