import { type Several, severalJob } from '../../jobs/several-jobs.ts'
import type { AccountId } from '../../routing/ids.ts'
import { blockIds } from '../ids.ts'
import type { ActionHandler, OptionsHandler, SubmissionHandler, SubmissionRequest } from '../surface.ts'
import { severalBegunText, severalHints, severalTitle } from '../text-several.ts'
import { surfaceText } from '../text-surface.ts'
import { parseChatRef, parseReceiver } from '../values.ts'
import { chatOptions } from '../views/chat-options.ts'
import { textModal } from '../views/modal.ts'
import { MOST_SEVERAL, severalForm } from '../views/several.ts'
import type { ListenerContext } from './context.ts'
import { chosen } from './reading.ts'
import { meaningsOf } from './release.ts'

/** Release or Hand Off Several: the form, if there is anything to choose. */
export const severalClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ user }) => {
    const [chat] = await context.find.mine(user, { limit: 1 })
    return {
      kind: 'open',
      view:
        chat === undefined ? textModal(severalTitle, surfaceText.noChats) : severalForm(meaningsOf(context)),
    }
  }

/** The person's chats as they type, those first in which nothing was written for longest. */
export const mySeveralOptions =
  (context: ListenerContext): OptionsHandler =>
  async ({ user, text }) => {
    const chats = await context.find.mine(user, { text, idle: 'first', limit: MOST_SEVERAL })
    return chatOptions(await context.present.chats(chats, null), context.clock.now())
  }

export const severalFormSubmitted =
  (context: ListenerContext): SubmissionHandler =>
  async (submission) => {
    const refs = (submission.values[blockIds.chats]?.my_chats ?? []).flatMap(
      (value) => parseChatRef(value) ?? [],
    )
    const seen = new Map(refs.slice(0, MOST_SEVERAL).map(({ chat, version }) => [chat, version]))
    const todo = [...seen].map(([chat, version]) => ({ chat, seen: version }))
    if (todo.length === 0) return { kind: 'errors', errors: { [blockIds.chats]: severalHints.chooseChats } }
    const what = await whatOf(context, submission, todo)
    if (what.kind === 'problem') return { kind: 'errors', errors: { [what.block]: what.sentence } }
    const several: Several = {
      id: submission.view.id,
      by: submission.user,
      what,
      todo,
      decided: [],
      refused: [],
    }
    return { kind: 'update', view: textModal(severalTitle, await beginSeveral(context, several)) }
  }

/** What is said in place of the form or the click. Sent or pressed twice, it is done once. */
export async function beginSeveral({ store, clock }: ListenerContext, several: Several): Promise<string> {
  const now = clock.now()
  return (await store.addJobOnce(severalJob(several, now), now))
    ? severalBegunText(several.what.kind, several.todo.length)
    : severalHints.again
}

type What = Several['what'] | { readonly kind: 'problem'; readonly block: string; readonly sentence: string }

async function whatOf(
  context: ListenerContext,
  submission: SubmissionRequest,
  todo: Several['todo'],
): Promise<What> {
  const problem = (block: keyof typeof blockIds, sentence: string) =>
    ({ kind: 'problem', block: blockIds[block], sentence }) as const
  const note = chosen(submission, 'note', 'note')
  const deed = chosen(submission, 'deed', 'deed')
  if (deed === 'release') return { kind: 'release', reason: note }
  if (deed !== 'hand-off') return problem('deed', severalHints.chooseDeed)
  const receiver = parseReceiver(chosen(submission, 'receiver', 'receiver'))
  if (receiver === null) return problem('receiver', surfaceText.chooseReceiver)
  const { account, user } = receiver
  const users = await context.store.providerUsers(account)
  if (!users.some(({ id, active }) => active && id === user)) {
    return problem('receiver', surfaceText.chooseReceiver)
  }
  const slackUser = (await context.store.slackUsers(account, [user])).get(user)
  if (slackUser !== undefined) return { kind: 'hand-off', to: { slackUser }, note }
  // Another account's user may have the same id there.
  return (await areAllIn(context, account, todo))
    ? { kind: 'hand-off', to: { providerUser: user }, note }
    : problem('receiver', surfaceText.receiverOfOtherAccount)
}

async function areAllIn(
  { store }: ListenerContext,
  account: AccountId,
  todo: Several['todo'],
): Promise<boolean> {
  const chats = await Promise.all(todo.map(({ chat }) => store.chat(chat)))
  return chats.every((chat) => chat === null || chat.account === account)
}
