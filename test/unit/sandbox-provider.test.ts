import { expect, it, onTestFinished } from 'vitest'
import { createChanges } from '../../sandbox/provider/changes.ts'
import type { Fault } from '../../sandbox/provider/faults.ts'
import { startProvider } from '../../sandbox/provider/start-provider.ts'

it.each<Fault>([{ kind: 'half-body' }, { kind: 'slow-body', pauseMs: 0 }, { kind: 'oversized', bytes: 100 }])(
  'an answer without a body gets one for the fault $kind, even where it is a 204',
  async (fault) => {
    const provider = await startProvider({
      route: () => ({
        method: 'unassign',
        args: [],
        tokenAccepted: true,
        assigns: null,
        handle: () => ({ status: 204, body: '' }),
      }),
      refuse: (err) => ({ body: err }),
      control: async () => {},
      changes: createChanges(),
      nowMs: () => 0,
    })
    onTestFinished(() => provider.close())
    expect((await fetch(provider.url)).status).toBe(204)
    provider.faults.add({ fault })
    const response = await fetch(provider.url)
    expect(response.status).toBe(200)
    if (fault.kind === 'half-body') await expect(response.text()).rejects.toThrow()
    else expect(await response.text()).toMatch(/^ {64,}$/)
  },
)
