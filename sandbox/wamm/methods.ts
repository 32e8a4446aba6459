import { newChat, type WammChat, type WammState } from './wamm-state.ts'

/** The documented methods: state and path arguments in, the documented answer out. */
export const methods = {
  contact_to_user: (state, [key = '', userId = ''], { nowMs }) => {
    const chat = findChat(state, key)
    if (typeof chat === 'string') return failed(chat)
    // Only personal chats have a responsible user; which error a group gives is not documented.
    if (chat.tip === 'group') return failed('phone fail')
    const user = state.users.get(userId)
    if (userId !== 'none') {
      if (user === undefined) return failed('user not found')
      if (user.blocked || user.deleted) return failed('user not active')
    }
    const to = userId === 'none' ? null : userId
    state.writes.push({ atMs: nowMs, key, from: chat.holder, to })
    chat.holder = to
    return { err: 0, result: 'success' }
  },

  contact_get: (state, [key = '']) => {
    const chat = findChat(state, key)
    if (typeof chat === 'string') return failed(chat)
    return {
      err: 0,
      data: {
        api_id: Number(chat.apiId),
        tip: chat.tip,
        phone: chat.key,
        ...(chat.phoneReal === null ? {} : { phone_real: chat.phoneReal }),
        name: chat.name,
        email: chat.email,
        web: chat.web,
        avatar: '',
        notes: chat.notes,
        user_id: chat.holder ?? '',
        tags: '',
        chat_banned: 0,
        chat_mute: 0,
        chat_favorite: 0,
      },
    }
  },

  /** The page does not say what becomes of a value whose parameter is absent; here it stays. */
  contact_to: (state, _args, { query }) => {
    if (state.channel.state !== 'authorized') return failed('acc not authorized')
    const key = query.get('phone') ?? ''
    const known = findChat(state, key)
    if (known === 'phone fail') return failed(known)
    const name = query.get('name') ?? ''
    if (name === '') return failed('name fail')
    if (lengthOf(name) > 250) return failed('name fail, more 250')
    const [email, web] = [query.get('email'), query.get('web')]
    if (lengthOf(web ?? '') > 150) return failed('web fail, more 150')
    if (lengthOf(email ?? '') > 150) return failed('email fail, more 150')
    const refusal = state.numbers.get(key)
    if (refusal?.endsWith('please retry')) state.numbers.delete(key)
    if (refusal !== undefined) return failed(refusal)
    const chat = known === 'not found' ? newChat(state, key, 'user') : known
    chat.name = name
    chat.notes = query.get('info') ?? chat.notes
    chat.email = email ?? chat.email
    chat.web = web ?? chat.web
    return { err: 0, result: known === 'not found' ? 'insert' : 'update' }
  },

  user_chats: (state, [userId = '0', byChannel = '0'], { localTime }) => {
    if (state.channel.state !== 'authorized') return failed('acc not authorized')
    if (userId !== '0' && !state.users.has(userId)) return failed('user_id fail')
    const data: unknown[] = []
    for (const chat of state.chats.values()) {
      if (!chat.open) continue
      if (userId !== '0' && chat.holder !== userId) continue
      if (byChannel === '1' && chat.apiId !== state.channel.apiId) continue
      const last = chat.messages.at(-1)
      data.push({
        chat_id: chat.chatId,
        chat_name: chat.name,
        phone: chat.key,
        ...(chat.phoneReal === null ? {} : { phone_real: chat.phoneReal }),
        avatar: '',
        user_id: chat.holder ?? '',
        date_msg: last === undefined ? '' : localTime(last.atMs),
        api_id: chat.apiId,
      })
      if (data.length === 900) break
    }
    return data.length === 0 ? failed('fail get data') : { err: 0, data }
  },

  user_list: (state) => ({
    err: 0,
    data: [...state.users.values()].map((user) => ({
      user_id: Number(user.id),
      acc: user.role,
      email: user.email,
      name: user.name,
      dt_reg: '2022-10-04 23:17:22',
      dt_active: '2024-02-29 11:29:49',
      lock: user.blocked ? 1 : 0,
      deleted: user.deleted ? 1 : 0,
    })),
  }),

  channel_list: (state, [filter = '']) => {
    const { apiId, phone, state: channelState, hook } = state.channel
    const on = channelState === 'authorized'
    const hidden = filter === 'archive' || (filter === 'statusOn' && !on) || (filter === 'statusOff' && on)
    if (hidden) return failed('fail get data')
    return {
      err: 0,
      data: [
        {
          api_id: Number(apiId),
          api_tip: 'whatsapp',
          pay_state: 'active',
          phone,
          api_tag: 'Sandbox',
          state: channelState,
          hook,
        },
      ],
    }
  },
} satisfies Record<string, Method>

export type WammMethod = keyof typeof methods

export const isMethod = (name: string): name is WammMethod => Object.hasOwn(methods, name)

type Method = (
  state: WammState,
  args: readonly string[],
  call: {
    readonly query: URLSearchParams
    readonly nowMs: number
    readonly localTime: (atMs: number) => string
  },
) => object

export const failed = (err: string): { readonly err: string } => ({ err })

const lengthOf = (text: string): number => [...text].length

const findChat = (state: WammState, key: string): WammChat | 'phone fail' | 'not found' =>
  state.chats.get(key) ?? (/^-?\w{5,}$/.test(key) ? 'not found' : 'phone fail')
