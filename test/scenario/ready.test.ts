import { expect, it } from 'vitest'
import { timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

it('is ready once it runs, not while Slack is away, and never again once it stops, though it still finishes a write', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm } = scene
  const ready = async () => {
    const response = await fetch(`${scene.baton.url()}/readyz`)
    return [response.status, await response.json()]
  }
  const well = { status: 'ready', slack: 'connected', store: 'writable', jobs: 'flowing' }
  expect(await ready()).toEqual([200, well])

  slack.faults.inject('apps.connections.open', { kind: 'outage' }, 1)
  slack.sockets.drop()
  const cut = { ...well, status: 'not ready', slack: 'not connected' }
  await expect.poll(ready, { timeout: 10_000 }).toEqual([503, cut])
  await scene.until(() => slack.sockets.open > 0)
  expect(await ready()).toEqual([200, well])

  await scene.arrives(IVAN, 'Ivan')
  const held = wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_to_user', times: 1 })
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.until(() => wamm.calls.some(({ method }) => method === 'contact_to_user'))
  const restarted = scene.restart()
  expect(await ready()).toMatchObject([503, { status: 'stopping' }])
  held.clear()
  await scene.during(restarted)
  expect(wamm.holder(IVAN)).toBe('100')
  expect(await ready()).toEqual([200, well])
})
