import { type ReactNode, useState } from 'react'
import type { Screen } from '../screen.ts'
import { ProviderPane } from './provider-pane.tsx'
import { TrafficPane } from './traffic-pane.tsx'

type Pane = 'provider' | 'traffic' | null

/** What is beside Slack: at most one of the panes is open. */
export const SidePanes = ({ screen }: { readonly screen: Screen }) => {
  const [open, setOpen] = useState<Pane>(() => (window.innerWidth < 1000 ? null : 'provider'))
  const breaches = screen.traffic.filter(({ kind }) => kind === 'breach').length
  const { providerMode } = screen
  const trouble =
    providerMode === 'normal' ? null : <span className="badge">{providerMode.replace('-', ' ')}</span>

  const handle = (pane: Exclude<Pane, null>, label: ReactNode) => (
    <button type="button" aria-expanded={open === pane} onClick={() => setOpen(open === pane ? null : pane)}>
      {label}
    </button>
  )
  return (
    <aside className={open === null ? 'side' : 'side open'} aria-label="Beside Slack">
      <div className="side-handles">
        {handle('provider', <>WAMM.chat {trouble}</>)}
        {handle(
          'traffic',
          <>Traffic {breaches === 0 ? null : <span className="badge wrong">{breaches} wrong</span>}</>,
        )}
      </div>
      {open === 'provider' ? <ProviderPane screen={screen} /> : null}
      {open === 'traffic' ? <TrafficPane screen={screen} /> : null}
    </aside>
  )
}
