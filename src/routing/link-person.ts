import type { Clock } from '../clock.ts'
import { seenCardJob } from '../jobs/catalogue.ts'
import type { NewJob } from '../jobs/contract.ts'
import type { ProviderUser } from '../providers/contract.ts'
import type { Store } from '../store/contract.ts'
import type { LinkedHow } from './audit.ts'
import { heldBy } from './held-by.ts'
import type { AccountId, ProviderUserId, SlackUserId } from './ids.ts'

export type Linked =
  | { readonly kind: 'linked'; readonly to: ProviderUser }
  | {
      readonly kind: 'problem'
      readonly problem:
        | { readonly kind: 'taken'; readonly name: string; readonly by: SlackUserId }
        /** Unlinked by hand: only they or an admin make a link anew. */
        | { readonly kind: 'undone' }
    }

/** Writes and removes links, each with its event; the cards of the chats that the person has are to name them. */
export interface Linker {
  /** `actor` is null where nobody asked for it. */
  link(
    account: AccountId,
    user: SlackUserId,
    to: ProviderUser,
    by: { readonly actor: SlackUserId | null; readonly how: LinkedHow },
  ): Promise<Linked>
  /** The provider user whom the person is linked to; null when nobody. */
  linkedTo(account: AccountId, user: SlackUserId): Promise<ProviderUserId | null>
  /** Whom the person was linked to; null when nobody. */
  unlink(account: AccountId, user: SlackUserId, by: SlackUserId): Promise<ProviderUserId | null>
}

export function createLinker(deps: {
  readonly store: Pick<Store, 'link' | 'unlink' | 'links' | 'findChats'>
  readonly clock: Clock
}): Linker {
  const { store, clock } = deps

  /** Cards name the owner: by mention when linked, by the provider's name when not. */
  async function cardsOf(account: AccountId, user: ProviderUserId): Promise<readonly NewJob[]> {
    const chats = await heldBy(store, account, user)
    return chats.map((chat) => seenCardJob(chat, clock.now()))
  }

  async function linkedTo(account: AccountId, user: SlackUserId): Promise<ProviderUserId | null> {
    const links = await store.links(user)
    return links.find((link) => link.account === account)?.providerUser ?? null
  }

  return {
    linkedTo,
    async link(account, user, to, { actor, how }) {
      const before = await linkedTo(account, user)
      const users = before === null ? [to.id] : [before, to.id]
      const cards = await Promise.all(users.map((each) => cardsOf(account, each)))
      const linked = await store.link(
        { account, slackUser: user, providerUser: to.id },
        how === 'admin' || how === 'file' || actor === user ? 'hand' : 'rule',
        {
          at: clock.now(),
          account,
          chat: null,
          actor,
          via: how === 'admin' ? 'slack' : 'rule',
          facts: { kind: 'linked', slackUser: user, to: to.id, how },
        },
        cards.flat(),
      )
      switch (linked.kind) {
        case 'linked':
          return { kind: 'linked', to }
        case 'taken':
          return { kind: 'problem', problem: { kind: 'taken', name: to.name, by: linked.by } }
        case 'undone':
          return { kind: 'problem', problem: linked }
        default:
          return linked satisfies never
      }
    },
    async unlink(account, user, by) {
      const providerUser = await linkedTo(account, user)
      if (providerUser === null) return null
      const removed = await store.unlink(
        { account, slackUser: user, providerUser },
        {
          at: clock.now(),
          account,
          chat: null,
          actor: by,
          via: 'slack',
          facts: { kind: 'unlinked', slackUser: user, from: providerUser },
        },
        await cardsOf(account, providerUser),
      )
      return removed ? providerUser : null
    },
  }
}
