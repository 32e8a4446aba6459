import type { ProviderMode } from '../../contract.ts'
import type { Json } from '../block-kit/contract.ts'

const slowMs = 4_000

const names: Readonly<Record<Exclude<ProviderMode, 'otherwise'>, string>> = {
  normal: 'Normal',
  slow: 'Slow',
  down: 'Down',
  'answers-lost': 'Answers lost',
}

const explanation = (mode: ProviderMode, provider: string): string => {
  switch (mode) {
    case 'normal':
      return `${provider} answers at once.`
    case 'slow':
      return `Each answer takes ${slowMs / 1000} seconds.`
    case 'down':
      return `${provider} takes no connections.`
    case 'answers-lost':
      return `${provider} does what it is told, but its answer never arrives.`
    case 'otherwise':
      return 'Something else was arranged through the control API.'
    default:
      return mode satisfies never
  }
}

/** How the provider behaves towards Baton. */
export const ModeSwitch = (props: {
  readonly name: string
  readonly assigns: string
  readonly mode: ProviderMode
  readonly act: (action: string, body?: Json) => Promise<void>
}) => {
  const { name, assigns, mode, act } = props
  const choose = async (wanted: keyof typeof names) => {
    await act('clear-faults')
    await act(wanted === 'down' ? 'down' : 'come-back')
    if (wanted === 'slow') await act('fault', { fault: { kind: 'delay', delayMs: slowMs } })
    if (wanted === 'answers-lost')
      await act('fault', { fault: { kind: 'reset', handled: true }, method: assigns })
  }
  return (
    <fieldset className="modes">
      <legend>{name} is</legend>
      {(['normal', 'slow', 'down', 'answers-lost'] as const).map((each) => (
        <label key={each}>
          <input type="radio" name="mode" checked={mode === each} onChange={() => void choose(each)} />
          {names[each]}
        </label>
      ))}
      <p aria-live="polite">{explanation(mode, name)}</p>
    </fieldset>
  )
}
