import { type ReactNode, useState } from 'react'
import type { ProviderId } from '../../../provider/provider-screen.ts'
import type { Screen } from '../screen.ts'
import { ProviderPane } from './provider-pane.tsx'
import { TrafficPane } from './traffic-pane.tsx'

type Pane = ProviderId | 'traffic' | null

/** What is beside Slack: at most one of the panes is open. */
export const SidePanes = ({ screen }: { readonly screen: Screen }) => {
  const providers = [...screen.providers.values()]
  const [open, setOpen] = useState<Pane>(() => (window.innerWidth < 1000 ? null : (providers[0]?.id ?? null)))
  const breaches = screen.traffic.filter(({ kind }) => kind === 'breach').length
  const shown = providers.find(({ id }) => id === open)

  const handle = (pane: Exclude<Pane, null>, label: string, badge: ReactNode) => (
    <button
      key={pane}
      type="button"
      aria-expanded={open === pane}
      onClick={() => setOpen(open === pane ? null : pane)}
    >
      {label} {badge}
    </button>
  )
  return (
    <aside className={open === null ? 'side' : 'side open'} aria-label="Beside Slack">
      <div className="side-handles">
        {providers.map(({ id, name, mode }) =>
          handle(
            id,
            name,
            mode === 'normal' ? null : <span className="badge">{mode.replace('-', ' ')}</span>,
          ),
        )}
        {handle(
          'traffic',
          'Traffic',
          breaches === 0 ? null : <span className="badge wrong">{breaches} wrong</span>,
        )}
      </div>
      {shown === undefined ? null : <ProviderPane key={shown.id} provider={shown} />}
      {open === 'traffic' ? <TrafficPane screen={screen} /> : null}
    </aside>
  )
}
