import { expect, it, onTestFinished, vi } from 'vitest'
import { startCrashScene } from '../fixtures/start-crash-scene.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { waitUntil } from '../fixtures/wait-until.ts'

// Two processes are started, which may take long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const SECRET = 'a1b2c3d4e5f6a7b8'
const KEY = '79001234567'

it('what WAMM told has its card though Baton is killed between its 200 and the card', async () => {
  const scene = await startCrashScene({ hurried: true })
  onTestFinished(scene.close)
  const told = { WAMM_WEBHOOK_SECRET: SECRET, WAMM_POLL_SECONDS: '3600' }
  await scene.start(told)
  // No poll after the restart can find the chat instead.
  scene.wamm.faults.add({ method: 'user_chats', fault: { kind: 'status', status: 503 } })
  scene.slack.faults.inject('chat.postMessage', { kind: 'outage' })
  scene.wamm.setWebhook(`${scene.baton.url()}/hooks/wamm/${SECRET}`)
  scene.wamm.customerWrites(KEY, { name: 'Ivan', text: 'Hello?' })
  await scene.wamm.until(() => scene.wamm.told.some(({ status }) => status === 200), { timeoutMs: 10_000 })
  await scene.baton.kill()
  scene.slack.faults.clear()
  const cards = () => scene.slack.messagesIn(SUPPORT).filter(({ text }) => text.includes('Ivan'))
  expect(cards()).toEqual([])
  await scene.start(told)
  await waitUntil(() => (cards().length === 0 ? ['no card'] : []), 'the card is posted')
  await waitUntil(() => scene.truth().disagreements(scene), 'nothing is left to be settled')
  expect(cards()).toHaveLength(1)
  expect(scene.truth().events.map(({ kind }) => kind)).toEqual(['arrived'])
})
