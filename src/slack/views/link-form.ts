import type { types } from '@slack/bolt'
import type { AccountId } from '../../routing/ids.ts'
import { actionIds, blockIds, callbackIds } from '../ids.ts'
import { plain } from '../mrkdwn.ts'
import { directoryText, idHint } from '../text-directory.ts'
import { formProblem, input, label, menu } from './modal.ts'

export interface LinkForm {
  readonly accounts: readonly {
    readonly id: AccountId
    readonly name: string
    /** Whether its users can be chosen; if not, an id is typed. */
    readonly lists: boolean
  }[]
  /** Why it was not done; what was entered stays. */
  readonly problem: string | null
}

/** For an admin: who in Slack is whom at a provider. */
export const linkForm = ({ accounts, problem }: LinkForm): types.ModalView => {
  const listing = accounts.filter(({ lists }) => lists)
  const others = accounts.filter(({ lists }) => !lists)
  return {
    type: 'modal',
    callback_id: callbackIds.linkForm,
    title: label(directoryText.title),
    submit: label('Link'),
    close: label('Cancel'),
    blocks: [
      ...formProblem(problem),
      input({
        blockId: blockIds.person,
        label: 'Who in Slack',
        hint: null,
        required: true,
        element: {
          type: 'users_select',
          action_id: actionIds.person,
          placeholder: plain('Choose a person', 150),
          focus_on_load: true,
        },
      }),
      ...(accounts.length > 1 ? [accountMenu(accounts)] : []),
      ...(listing.length > 0 ? [{ ...userMenu, optional: others.length > 0 }] : []),
      ...(others.length > 0 ? [idInput(others, listing.length === 0)] : []),
    ],
  }
}

const accountMenu = (accounts: LinkForm['accounts']): types.InputBlock =>
  input({
    blockId: blockIds.account,
    label: 'Account',
    hint: null,
    required: true,
    element: {
      type: 'static_select',
      action_id: actionIds.account,
      placeholder: plain('Choose an account', 150),
      // Slack's limit for a menu.
      options: accounts.slice(0, 100).map(({ id, name }) => ({ text: plain(name, 75), value: id })),
    },
  })

const userMenu: types.InputBlock = menu({
  blockId: blockIds.providerUser,
  actionId: actionIds.providerUser,
  label: 'Who there',
  placeholder: 'Type a name or an e-mail address',
  focus: false,
})

const idInput = (accounts: LinkForm['accounts'], required: boolean): types.InputBlock =>
  input({
    blockId: blockIds.providerUserId,
    label: `Id in ${accounts.map(({ name }) => name).join(' or ')}`,
    hint: idHint(accounts.map(({ name }) => name)),
    required,
    element: { type: 'plain_text_input', action_id: actionIds.providerUserId, max_length: 100 },
  })
