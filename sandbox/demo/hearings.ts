import type { SandboxProvider } from '../provider/start-provider.ts'
import { receiverName } from '../saleschat/show-saleschat.ts'
import type { World } from './world.ts'

/** What a provider hears of Baton, in words. */
export interface Hearing {
  /** `WAMM`, as Baton calls it. */
  readonly name: string
  readonly provider: SandboxProvider<string>
  /** What the API's methods ask that are about one chat; polls go on all the time and say nothing. */
  readonly meanings: Readonly<Record<string, string>>
  /** Each change that came by the API and was carried out, in order. */
  changes(): readonly string[]
}

export const hearingsOf = ({ wamm, saleschat, aelyst }: World): readonly Hearing[] => [
  {
    name: 'WAMM',
    provider: wamm,
    meanings: {
      contact_get: 'who is responsible?',
      contact_to_user: 'change who is responsible',
      contact_to: 'save the contact',
    },
    changes: () =>
      wamm.writes.map(({ key, to }) => {
        const { chats, users } = wamm.state
        const holder = to === null ? 'nobody' : (users.get(to)?.name ?? to)
        return `${chats.get(key)?.name ?? key}: ${holder} is responsible now`
      }),
  },
  {
    name: 'SalesChat',
    provider: saleschat,
    meanings: {
      getContactByPhoneV2: 'who has this number?',
      assignChatroom: 'change who has the chat',
      registerContactV2: 'add a contact',
      updateContact: 'save the contact',
      updateContactDispositionV2: 'save stage and disposition',
    },
    changes: () =>
      saleschat.writes.map((write) => {
        const contact = saleschat.state.contacts.get(write.key)
        const name = contact === undefined ? write.key : `${contact.firstName} ${contact.lastName}`
        return `${name}: accepted (202), ${receiverName(saleschat.state, write)} gets the chat in a moment`
      }),
  },
  {
    name: 'Aelyst',
    provider: aelyst,
    meanings: {
      getcontact: 'who is assigned?',
      updateassignee: 'change who is assigned',
      createcomment: 'leave a comment for staff',
      updateconversationstatus: 'open or close the conversation',
      createcontact: 'add a contact',
      updatecontact: 'save the contact',
    },
    changes: () =>
      aelyst.writes.map(({ key, to }) => {
        const { contacts, users } = aelyst.state
        const holder = to === null ? 'nobody' : (users.get(to)?.firstName ?? to)
        return `${contacts.get(key)?.firstName ?? key}: ${holder} is assigned now`
      }),
  },
]
