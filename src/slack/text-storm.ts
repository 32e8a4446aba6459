import type { StormFacts } from './views/storm.ts'

/** In the channel, while many chats have come at once; it is updated until every chat has its card, and fewer come. */
export const stormText = ({ provider, waiting, now }: Omit<StormFacts, 'account'>): string => {
  switch (now) {
    case 'cards-follow':
      return `${waiting} chats from ${provider} are waiting. Their cards follow here one by one; meanwhile, Claim Next takes the longest-waiting chat.`
    case 'chats-come':
      return `Many chats come from ${provider}: ${waiting} are waiting. Each gets its card here; Claim Next takes the longest-waiting chat.`
    case 'over':
      return `Many chats came from ${provider} at once. Each that waits has its card here now.`
    default:
      return now satisfies never
  }
}
