import type { People } from './people.ts'

/** The people and rooms that every sandbox starts with; `slack.addUser` and `slack.addChannel` add more. */
export const seedPeople = (people: People, bot: { readonly userId: string; readonly name: string }): void => {
  people.addUser({ id: bot.userId, name: bot.name, isBot: true, email: null })
  people.addUser({ id: 'U0ANN', name: 'ann', realName: 'Ann Abel' })
  people.addUser({ id: 'U0BEN', name: 'ben', realName: 'Ben Bauer' })
  people.addUser({ id: 'U0CARLA', name: 'carla', realName: 'Carla Cruz', presence: 'away' })
  people.addUser({ id: 'U0DORA', name: 'dora', realName: 'Dora Diaz', isAdmin: true })
  people.addUser({ id: 'U0GUS', name: 'gus', realName: 'Gus Guest', isRestricted: true })
  people.addUser({ id: 'U0OLAF', name: 'olaf', realName: 'Olaf Old', isDeleted: true })
  people.addUser({ id: 'U0SID', name: 'sid', realName: 'Sid Stranger', isStranger: true, teamId: 'T0OTHER' })

  const staff = ['ann', 'ben', 'carla', 'dora']
  people.addChannel({ id: 'C0GENERAL', name: 'general', members: [...staff, 'gus', bot.userId] })
  people.addChannel({ id: 'C0SUPPORT', name: 'support', members: [...staff, 'gus', bot.userId] })
  people.addChannel({ id: 'C0SALES', name: 'sales', kind: 'private', members: ['ann', 'dora', bot.userId] })
  people.addChannel({ id: 'C0RANDOM', name: 'random', members: staff })
  people.addChannel({ id: 'C0SECRET', name: 'secret', kind: 'private', members: ['ann', 'dora'] })
  people.addChannel({ id: 'C0OLD', name: 'old', isArchived: true, members: ['ann', bot.userId] })
  people.addChannel({
    id: 'C0SHARED',
    name: 'shared',
    isExtShared: true,
    members: ['ann', 'sid', bot.userId],
  })
  people.addUsergroup({ id: 'S0SUPPORT', handle: 'support-team', name: 'Support', users: ['ann', 'ben'] })
}
