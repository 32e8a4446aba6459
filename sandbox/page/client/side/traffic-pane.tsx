import { memo, useMemo } from 'react'
import { useHere } from '../here.ts'
import type { Screen } from '../screen.ts'
import { type TrafficLine, trafficLines } from './traffic-line.ts'

const timeFormat = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const shown = 150

export const TrafficPane = ({ screen }: { readonly screen: Screen }) => {
  const { names } = useHere()
  const lines = useMemo(
    () => trafficLines(screen.traffic, (id) => names.user(id) ?? id).slice(0, shown),
    [screen.traffic, names],
  )
  return (
    <div className="side-body">
      <p className="lead">
        What Baton, Slack and the inboxes told each other, newest first. Tokens are hidden.
      </p>
      <ol className="traffic" reversed>
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
    </div>
  )
}

const Line = memo(({ line }: { readonly line: TrafficLine }) => {
  const head = (
    <>
      <span className="way">
        {line.way} <time>{timeFormat.format(line.at)}</time>
      </span>
      <span className="what">
        <code>{line.what}</code>
        {line.times > 1 ? <span className="times"> ×{line.times}</span> : null}{' '}
        <span className="outcome">{line.outcome}</span>
      </span>
    </>
  )
  return (
    <li className={line.isWrong ? 'wrong' : undefined}>
      {line.detail === '' ? (
        <p>{head}</p>
      ) : (
        <details>
          <summary>{head}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>{line.detail}</pre>
        </details>
      )}
    </li>
  )
})
