import { useEffect, useState } from 'react'
import type { SlackView } from '../../../slack/model.ts'
import { Blocks } from '../block-kit/blocks.tsx'
import type { ControlEvent } from '../block-kit/contract.ts'
import { offeredOption } from '../control.ts'
import { formValuesOf } from '../form-values.ts'
import { useHere } from '../here.ts'
import { useTakes } from '../use-takes.ts'

/** The app's Home tab; the app hears each time it is opened. */
export const Home = ({ view }: { readonly view: SlackView | null }) => {
  const { control, names, openLink, app } = useHere()
  const takes = useTakes()
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    void takes(control.act({ do: 'openHome' }))
  }, [takes, control])

  if (view === null) return <p className="home">{app.name} shows nothing here yet.</p>
  const on = { view: view.id }
  const onAction = async ({ blockId, actionId, value }: ControlEvent) => {
    setBusy(true)
    const chosen = value === null ? {} : { value }
    await takes(control.act({ do: 'click', on, element: actionId, block: blockId, ...chosen }))
    setBusy(false)
  }
  return (
    <section className="home" aria-label={`Home of ${app.name}`} aria-busy={busy}>
      <Blocks
        blocks={view.blocks}
        surface="home"
        names={names}
        disabled={busy}
        values={formValuesOf(view.values)}
        onAction={(event) => void onAction(event)}
        loadOptions={async (element, typed) =>
          (await control.act({ do: 'options', on, element, typed })).options.map(offeredOption)
        }
        openLink={openLink}
      />
    </section>
  )
}
