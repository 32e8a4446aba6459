import type { SlackMessage } from '../../../slack/model.ts'
import { MenuButton } from '../block-kit/menu-button.tsx'
import { useHere } from '../here.ts'
import { useTakes } from '../use-takes.ts'

/** The app's shortcuts, on a message or everywhere; nothing when it has none. */
export const Shortcuts = ({ on }: { readonly on: SlackMessage | null }) => {
  const { app, control } = useHere()
  const takes = useTakes()
  const shortcuts = app.shortcuts.filter(({ type }) => type === (on === null ? 'global' : 'message'))
  if (shortcuts.length === 0) return null
  const place = on === null ? {} : { on: { channel: on.channel, ts: on.ts } }
  return (
    <MenuButton
      label={on === null ? 'Shortcuts' : 'Shortcuts of this message'}
      face={on === null ? '+' : '⋮'}
      entries={shortcuts.map(({ name, description, callbackId }) => ({
        key: callbackId,
        text: name,
        description,
        choose: () => void takes(control.act({ do: 'shortcut', callbackId, ...place })),
      }))}
    />
  )
}
