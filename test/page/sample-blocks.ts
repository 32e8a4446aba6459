import type { SampleView } from './sample-views.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const option = (value: string, text: string, description?: string) => ({
  text: plain(text),
  value,
  ...(description === undefined ? {} : { description: plain(description) }),
})
const stages = [option('new', 'New', 'Nobody has answered yet'), option('won', 'Won'), option('lost', 'Lost')]
const formatted = stages.map((each) => ({ ...each, text: { type: 'mrkdwn', text: `*${each.text.text}*` } }))
const grouped = [
  { label: plain('Open'), options: stages.slice(0, 1) },
  { label: plain('Closed'), options: stages.slice(1) },
]
const input = (name: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: name,
  label: plain(name),
  element: { action_id: `${name}-value`, ...element },
  ...more,
})
const confirm = {
  title: plain('Close the chat?'),
  text: { type: 'mrkdwn', text: 'The customer is *not* told.' },
  confirm: plain('Close Chat'),
  deny: plain('Keep Open'),
}
const text = (words: string, style?: object) => ({ type: 'text', text: words, ...(style && { style }) })
const image = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E'

/** Blocks and elements of a Home tab and of larger forms, each at least once. */
export const otherViews: readonly SampleView[] = [
  {
    name: 'home',
    surface: 'home',
    blocks: [
      { type: 'header', text: plain('Your chats :inbox_tray:') },
      {
        type: 'section',
        block_id: 'chat-1',
        text: { type: 'mrkdwn', text: '*Ivan Petrov* · WAMM\n> quoted\n```code```' },
        accessory: {
          type: 'overflow',
          action_id: 'more',
          options: [option('history', 'History', 'Who had it when'), option('close', 'Close Chat')],
          confirm: { ...confirm, style: 'danger' },
        },
      },
      {
        type: 'section',
        fields: [plain('Waiting'), { type: 'mrkdwn', text: '*3*' }],
        accessory: { type: 'image', image_url: image, alt_text: 'A chart of waiting chats' },
      },
      { type: 'divider' },
      {
        type: 'actions',
        block_id: 'home-actions',
        elements: [
          { type: 'button', action_id: 'go', text: plain('Claim Next'), style: 'primary', value: 'next' },
          { type: 'button', action_id: 'close', text: plain('Close Chat'), style: 'danger', confirm },
          { type: 'button', action_id: 'open', text: plain('Open WAMM'), url: 'https://wamm.test' },
          { type: 'static_select', action_id: 'stage', options: stages, placeholder: plain('Stage') },
          { type: 'users_select', action_id: 'who', placeholder: plain('Agent') },
          { type: 'datepicker', action_id: 'day', initial_date: '2026-11-20' },
          { type: 'checkboxes', action_id: 'filters', options: formatted },
        ],
      },
      {
        type: 'context',
        elements: [
          { type: 'image', image_url: image, alt_text: 'Baton' },
          { type: 'mrkdwn', text: 'Updated <!date^1763635320^{ago}|lately> · <!channel> · <!subteam^S1>' },
        ],
      },
      { type: 'image', image_url: image, alt_text: 'Team load', title: plain('Team load') },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              text('bold', { bold: true, italic: true, strike: true, underline: true }),
              text(' code ', { code: true }),
              { type: 'link', url: 'https://a.test', text: 'a link' },
              { type: 'emoji', name: 'wave' },
              { type: 'emoji', name: 'no_such_emoji' },
              { type: 'user', user_id: 'U0ANN' },
              { type: 'channel', channel_id: 'C1' },
              { type: 'usergroup', usergroup_id: 'S1' },
              { type: 'broadcast', range: 'here' },
              { type: 'date', timestamp: 1_763_635_320, format: '{date_long} {time}' },
            ],
          },
          ...['bullet', 'ordered'].map((style, indent) => ({
            type: 'rich_text_list',
            style,
            indent,
            elements: ['one', 'two'].map((each) => ({ type: 'rich_text_section', elements: [text(each)] })),
          })),
          { type: 'rich_text_quote', elements: [text('quoted')] },
          { type: 'rich_text_preformatted', elements: [text('  spaced')] },
        ],
      },
    ],
  },
  {
    name: 'contact form',
    surface: 'modal',
    blocks: [
      ...['default', 'info', 'warning', 'error', 'success'].map((level) => ({
        type: 'alert',
        level,
        text: plain(`Of level ${level}`),
      })),
      input('Name', { type: 'plain_text_input', initial_value: 'Ivan' }, { hint: plain('As they say it') }),
      input('Notes', { type: 'plain_text_input', multiline: true, max_length: 100 }, { optional: true }),
      input('E-mail', { type: 'email_text_input', placeholder: plain('ann@acme.test') }),
      input('Site', { type: 'url_text_input' }),
      input('Orders', { type: 'number_input', is_decimal_allowed: false, min_value: '0' }),
      input('Stage', { type: 'static_select', option_groups: grouped, initial_option: stages[1] }),
      input('Tags', { type: 'multi_static_select', options: stages, initial_options: stages.slice(0, 2) }),
      input('Chat', { type: 'external_select', min_query_length: 0, placeholder: plain('Find a chat') }),
      input('Chats', { type: 'multi_external_select', initial_options: stages.slice(2) }),
      input('Agent', { type: 'users_select', initial_user: 'U0ANN' }),
      input('Agents', { type: 'multi_users_select' }),
      input('Channel', { type: 'channels_select', initial_channel: 'C1' }),
      input('Where', { type: 'conversations_select' }),
      input('Outcome', { type: 'radio_buttons', options: formatted, initial_option: formatted[0] }),
      input('Tell', { type: 'checkboxes', options: stages }, { optional: true }),
      input('Call on', { type: 'datepicker', initial_date: '2026-11-21' }),
      input('Call at', { type: 'timepicker', initial_time: '10:30' }),
    ],
  },
]
