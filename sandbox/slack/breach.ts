import { type Breach, validateMessage, validateOptions, validateView } from './block-kit/validate.ts'
import type { JsonRecord } from './json.ts'
import type { MessageContent } from './messages.ts'
import { Refusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

const explain = ({ message, pointer }: Breach): string =>
  pointer === '' ? message : `${message} [json-pointer:${pointer}]`

/** Records what Slack would have refused, so that a test can assert that nothing was. */
const recorded = (workspace: Workspace, where: string, breaches: readonly Breach[]): readonly Breach[] => {
  for (const { error, pointer, message } of breaches) {
    workspace.recordBreach({ where, error, pointer, message })
  }
  return breaches
}

/** Slack posts these; they are recorded because people or a later `chat.update` suffer from them. */
const onlyRecorded = ['no_text', 'msg_too_long']

/** Throws Slack's refusal of a message that breaks Block Kit's rules. */
export const refuseBrokenMessage = (
  workspace: Workspace,
  where: string,
  content: Partial<MessageContent>,
): void => {
  const { text, blocks, attachments, metadata } = content
  const breaches = recorded(
    workspace,
    where,
    validateMessage({
      ...(text === undefined ? {} : { text }),
      ...(blocks === undefined || blocks.length === 0 ? {} : { blocks: [...blocks] }),
      ...(attachments === undefined || attachments.length === 0 ? {} : { attachments: [...attachments] }),
      ...(metadata === undefined || metadata === null ? {} : { metadata }),
    }),
  )
  const refused = breaches.filter(({ error }) => !onlyRecorded.includes(error))
  const [first] = refused
  if (first === undefined) return
  throw new Refusal(first.error, {
    errors: refused.map(explain),
    response_metadata: { messages: refused.map((breach) => `[ERROR] ${explain(breach)}`) },
  })
}

/** Throws Slack's refusal of a broken view: `invalid_arguments` with the details in the messages. */
export const refuseBrokenView = (workspace: Workspace, where: string, view: JsonRecord): void => {
  const breaches = recorded(workspace, where, validateView(view))
  const [first] = breaches
  if (first === undefined) return
  throw new Refusal(first.error === 'view_too_large' ? first.error : 'invalid_arguments', {
    response_metadata: { messages: breaches.map((breach) => `[ERROR] ${explain(breach)}`) },
  })
}

/** Whether an answer to a `block_suggestion` can be shown; Slack shows an error in the menu otherwise. */
export const areOptionsShown = (workspace: Workspace, answer: unknown): boolean =>
  recorded(workspace, 'block_suggestion', validateOptions(answer)).length === 0
