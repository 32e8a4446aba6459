import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Blocks } from '../../sandbox/page/client/block-kit/blocks.tsx'
import type { BlocksProps, FormValues, OfferedOption } from '../../sandbox/page/client/block-kit/contract.ts'
import { otherViews } from './sample-blocks.ts'
import { batonsViews, type SampleView } from './sample-views.ts'

/** All views on one page, for tests in a browser: what is done to them is written below them. */

const names: BlocksProps['names'] = {
  user: (id) => ({ U0ANN: 'Ann', U0BEN: 'Ben' })[id] ?? null,
  channel: (id) => (id === 'C1' ? 'support' : null),
  usergroup: (id) => (id === 'S1' ? 'night-shift' : null),
  listUsers: () => ['U0ANN', 'U0BEN'],
  listChannels: () => ['C1'],
}

const others = Array.from({ length: 30 }, (_, index) => `Customer ${index}`)
const chats: readonly OfferedOption[] = ['Ivan', 'Olga', 'Pjotr', ...others].map((text) => ({
  text,
  description: `${text} on WAMM`,
  value: text.toLowerCase(),
}))

const updated = [{ type: 'section', block_id: 'new', text: { type: 'plain_text', text: 'Claimed.' } }]

const loadOptions = async (_actionId: string, typed: string): Promise<readonly OfferedOption[]> => {
  if (typed === 'never') return new Promise(() => {})
  if (typed === 'fail') throw new Error('Baton did not answer.')
  return chats.filter(({ value }) => value.includes(typed.toLowerCase()))
}

const Sample = ({ view, isTried }: { readonly view: SampleView; readonly isTried: boolean }) => {
  const [actions, setActions] = useState<readonly string[]>([])
  const [values, setValues] = useState<FormValues>({})
  const [isUpdated, setIsUpdated] = useState(false)
  const form = view.surface === 'modal' ? { values, onChange: setValues } : {}
  return (
    <section aria-label={view.name}>
      <h2>{view.name}</h2>
      <Blocks
        blocks={isUpdated ? updated : view.blocks}
        surface={view.surface}
        names={names}
        onAction={(event) => {
          setActions((before) => [...before, JSON.stringify(event)])
          if (event.actionId === 'go') setIsUpdated(true)
        }}
        loadOptions={loadOptions}
        openLink={() => {}}
        {...form}
        {...(isTried ? { errors: { Name: 'Too short.', Outcome: 'Choose one.' } } : {})}
      />
      {isTried && (
        <>
          <pre data-log="actions">{actions.join('\n')}</pre>
          <pre data-log="values">{JSON.stringify(values)}</pre>
        </>
      )}
    </section>
  )
}

const root = document.getElementById('root')
if (root === null) throw new Error('The gallery has no root')
const only = new URLSearchParams(location.search).get('only')
createRoot(root).render(
  <main>
    <h1>Gallery</h1>
    {[...otherViews, ...batonsViews]
      .filter(({ name }) => only === null || name === only)
      .map((view) => (
        <Sample key={view.name} view={view} isTried={only !== null} />
      ))}
  </main>,
)
