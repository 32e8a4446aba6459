export type ProviderName = 'WAMM' | 'SalesChat' | 'Aelyst'

/** What somebody wants of Baton. */
export type Wished =
  | 'claim'
  | 'add a contact'
  | 'change a contact'
  | 'change the stage'
  | 'close the conversation'
  | 'find a customer'
  | 'be linked'

export interface Page {
  readonly provider: ProviderName
  readonly method: string
  readonly asks: Wished
  /** By the provider's word or code; the label of the field first, where it is told at a field of the form. */
  readonly says: Readonly<Record<string, string>>
}

/**
 * What people in Slack are told of every error in the providers' documents. Lists of chats (user_chats,
 * listcontacts) and notes (createcomment) are missing: nobody waits for them, so what goes wrong there is in
 * the log. What may be over by itself is told while Baton keeps trying.
 */
export const pages: readonly Page[] = [
  {
    provider: 'WAMM',
    method: 'contact_to_user',
    asks: 'claim',
    says: {
      'token fail':
        "Your claim of the chat with Ivan did not go through. WAMM does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, work in WAMM itself.",
      'phone fail':
        'Your claim of the chat with Ivan did not go through. WAMM does not accept this number or id. Check it; if this is a group chat, answer it in WAMM itself.',
      'not found':
        'Your claim of the chat with Ivan did not go through. WAMM does not know this chat. It may have been deleted there, or the number is not right: look for the customer in WAMM.',
      'user not found':
        "Your claim of the chat with Ivan did not go through. WAMM does not know the user or group that should get this chat. A user is linked anew with `/baton link`, the id of a group is in Baton's settings. Then try once more.",
      'user not active':
        'Your claim of the chat with Ivan did not go through. The user who should get this chat is blocked or deleted in WAMM. Give the chat to somebody else, or have them unblocked there.',
    },
  },
  {
    provider: 'WAMM',
    method: 'contact_to',
    asks: 'add a contact',
    says: {
      'token fail':
        "What you filled in about the customer was not saved. WAMM does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, change the contact in WAMM itself.",
      'acc not authorized':
        "What you filled in about the customer was not saved. WAMM says that the customer's channel is not connected. An admin must connect it again in WAMM; then try once more.",
      'phone fail':
        'What you filled in about the customer was not saved. WAMM does not accept the number or id of this customer. Check it; groups have no contact.',
      'no WhatsApp on the number':
        'What you filled in about the customer was not saved. Nobody uses the messenger under this number, says WAMM. Check the number, and ask the customer for another one if it is right.',
      'no Account on the number':
        'What you filled in about the customer was not saved. Nobody uses the messenger under this number, says WAMM. Check the number, and ask the customer for another one if it is right.',
      'phone not checked for WhatsApp, please retry':
        'What you filled in is kept, but WAMM has not checked yet whether the number uses the messenger. Baton keeps trying, and tells you how it ends.',
      'phone not checked, please retry':
        'What you filled in is kept, but WAMM has not checked yet whether the number uses the messenger. Baton keeps trying, and tells you how it ends.',
      'name fail': 'Name: WAMM needs this value. Fill it in, please.',
      'name fail, more 250': 'Name: WAMM does not take a text of this length. Shorten it.',
      'web fail, more 150': 'Web page: WAMM does not take a text of this length. Shorten it.',
      'email fail, more 150': 'E-mail address: WAMM does not take a text of this length. Shorten it.',
    },
  },
  {
    provider: 'WAMM',
    method: 'user_list',
    asks: 'be linked',
    says: {
      'token fail':
        "Baton could not look for you. WAMM does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, work in WAMM itself.",
      'fail get data':
        'Baton could not look for you. WAMM has a fault of its own. Please send the command again in a few minutes; if it stays so, tell an admin.',
    },
  },
  {
    provider: 'SalesChat',
    method: 'assignChatroom',
    asks: 'claim',
    says: {
      '401':
        "Your claim of the chat with Ivan did not go through. SalesChat does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, work in SalesChat itself.",
      '403':
        "Your claim of the chat with Ivan did not go through. SalesChat does not let Baton's access token do this. An admin must give the token an administrator's role there; then try once more.",
      '404':
        "Your claim of the chat with Ivan did not go through. SalesChat does not know the user or group that should get this chat. A user is linked anew with `/baton link`, the id of a group is in Baton's settings. Then try once more.",
      '422':
        'Your claim of the chat with Ivan did not go through. SalesChat refused without a reason that Baton knows. Try once more; if it stays so, assign the chat in SalesChat itself and tell an admin.',
      '429':
        'Your claim of the chat with Ivan is kept, but SalesChat asked for fewer requests. Baton keeps trying, so there is nothing to do.',
      '500':
        'Your claim of the chat with Ivan is kept, but SalesChat has a fault of its own. Baton keeps trying, so there is nothing to do.',
    },
  },
  {
    provider: 'SalesChat',
    method: 'registerContactV2',
    asks: 'add a contact',
    says: {
      '401':
        "What you filled in about the customer was not saved. SalesChat does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, change the contact in SalesChat itself.",
      '403':
        "What you filled in about the customer was not saved. SalesChat does not let Baton's access token do this. An admin must give the token an administrator's role there; then try once more.",
      '409': 'CRM id: SalesChat already has a contact with this value. Use another one.',
      '422':
        'What you filled in about the customer was not saved. SalesChat does not accept one of the values. Check them, and try once more.',
      '500':
        'What you filled in is kept, but SalesChat has a fault of its own. Baton keeps trying, and tells you how it ends.',
    },
  },
  ...(['updateContact', 'updateContactDispositionV2'] as const).map(
    (method): Page => ({
      provider: 'SalesChat',
      method,
      asks: method === 'updateContact' ? 'change a contact' : 'change the stage',
      says: {
        '400':
          'What you filled in about the customer was not saved. SalesChat does not accept one of the values. Check them, and try once more.',
        '401':
          "What you filled in about the customer was not saved. SalesChat does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, change the contact in SalesChat itself.",
        '403':
          "What you filled in about the customer was not saved. SalesChat does not let Baton's access token do this. An admin must give the token an administrator's role there; then try once more.",
        '404':
          'What you filled in about the customer was not saved. SalesChat does not know this customer. They may have been deleted there: look for them in SalesChat.',
        '422':
          'What you filled in about the customer was not saved. SalesChat does not accept one of the values. Check them, and try once more.',
        '500':
          'What you filled in is kept, but SalesChat has a fault of its own. Baton keeps trying, and tells you how it ends.',
      },
    }),
  ),
  {
    provider: 'SalesChat',
    method: 'getContactByPhoneV2',
    asks: 'find a customer',
    says: {
      '401':
        "Baton has no chat for “Ivan”, and could not ask SalesChat: SalesChat does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, work in SalesChat itself.",
      '403':
        "Baton has no chat for “Ivan”, and could not ask SalesChat: SalesChat does not let Baton's access token do this. An admin must give the token an administrator's role there; then try once more.",
      '422':
        'Baton has no chat for “Ivan”, and could not ask SalesChat: SalesChat does not accept this number or id. Check it; if this is a group chat, answer it in SalesChat itself.',
      '500':
        'Baton has no chat for “Ivan”, and could not ask SalesChat: SalesChat has a fault of its own. Please try again in a few minutes.',
    },
  },
  {
    provider: 'Aelyst',
    method: 'updateassignee',
    asks: 'claim',
    says: {
      '400':
        "Your claim of the chat with Ivan did not go through. Aelyst does not know the user or group that should get this chat. A user is linked anew with `/baton link`, the id of a group is in Baton's settings. Then try once more.",
      '401':
        "Your claim of the chat with Ivan did not go through. Aelyst does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, work in Aelyst itself.",
      '404':
        'Your claim of the chat with Ivan did not go through. Aelyst does not know this chat. It may have been deleted there, or the number is not right: look for the customer in Aelyst.',
      '429':
        'Your claim of the chat with Ivan is kept, but Aelyst asked for fewer requests. Baton keeps trying, so there is nothing to do.',
      '449':
        'Your claim of the chat with Ivan is kept, but Aelyst still works on earlier requests about this customer and has queued this one. Baton keeps trying, so there is nothing to do.',
      '500':
        'Your claim of the chat with Ivan is kept, but Aelyst has a fault of its own. Baton keeps trying, so there is nothing to do.',
    },
  },
  ...(['createcontact', 'updatecontact', 'updateconversationstatus'] as const).map(
    (method): Page => ({
      provider: 'Aelyst',
      method,
      asks: {
        createcontact: 'add a contact' as const,
        updatecontact: 'change a contact' as const,
        updateconversationstatus: 'close the conversation' as const,
      }[method],
      says: {
        '400':
          'What you filled in about the customer was not saved. Aelyst does not accept one of the values. Check them, and try once more.',
        '401':
          "What you filled in about the customer was not saved. Aelyst does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, change the contact in Aelyst itself.",
        '404':
          'What you filled in about the customer was not saved. Aelyst does not know this customer. They may have been deleted there: look for them in Aelyst.',
        '409':
          'What you filled in about the customer was not saved. Aelyst already has another contact with these details, such as the same number or CRM id. Look it up there, or use other details.',
        '429':
          'What you filled in is kept, but Aelyst asked for fewer requests. Baton keeps trying, and tells you how it ends.',
        '449':
          'What you filled in is kept, but Aelyst still works on earlier requests about this customer and has queued this one. Baton keeps trying, and tells you how it ends.',
        '500':
          'What you filled in is kept, but Aelyst has a fault of its own. Baton keeps trying, and tells you how it ends.',
      },
    }),
  ),
  {
    provider: 'Aelyst',
    method: 'getcontact',
    asks: 'find a customer',
    says: {
      '401':
        "Baton has no chat for “Ivan”, and could not ask Aelyst: Aelyst does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, work in Aelyst itself.",
      '429':
        'Baton has no chat for “Ivan”, and could not ask Aelyst: Aelyst asked for fewer requests. Please try again in a few minutes.',
      '500':
        'Baton has no chat for “Ivan”, and could not ask Aelyst: Aelyst has a fault of its own. Please try again in a few minutes.',
    },
  },
  {
    provider: 'Aelyst',
    method: 'listspaces',
    asks: 'be linked',
    says: {
      '401':
        "Baton could not look for you. Aelyst does not accept Baton's access token. An admin must put a new one into Baton's settings; until then, work in Aelyst itself.",
      '429':
        'Baton could not look for you. Aelyst asked for fewer requests. Please send the command again in a few minutes; if it stays so, tell an admin.',
      '500':
        'Baton could not look for you. Aelyst has a fault of its own. Please send the command again in a few minutes; if it stays so, tell an admin.',
    },
  },
]
