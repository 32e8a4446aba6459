import { afterEach, describe, expect, it } from 'vitest'
import { type Scene, type SceneOptions, startScene } from '../fixtures/start-scene.ts'
import { timelessScene } from '../fixtures/timeless-scene.ts'

let scene: Scene | null = null
const start = async (options: SceneOptions = {}): Promise<Scene> => {
  scene = await startScene(options)
  return scene
}
afterEach(async () => {
  await scene?.close()
  scene = null
})

const asked = async ({ slack }: Scene): Promise<string> =>
  (await slack.as('dora').command('/baton', 'doctor')).message?.text ?? ''

describe('/baton doctor', () => {
  it('finds all in order with three providers, in one private answer', async () => {
    const running = await start({ saleschat: {}, aelyst: {} })
    const said = await asked(running)
    expect(said).toMatch(/^Everything that Baton needs works/)
    for (const account of ['wamm', 'saleschat', 'aelyst']) expect(said).toContain(`OK · ${account}, token:`)
    expect(said).not.toMatch(/Wrong|Not known/)
    expect(said.match(/Warning · .*/g)).toEqual([
      expect.stringMatching(/wamm, links: 0 of 5 people/),
      expect.stringMatching(/aelyst, links: 0 of /),
    ])
    expect(running.slack.messages.filter(({ ephemeralTo }) => ephemeralTo === null)).toEqual([])
  })

  it('says what is wrong first, and the fix of each', async () => {
    const running = await start({ env: { ADMIN_USERS: 'U0DORA,U0NOBODY' } })
    const { slack, wamm } = running
    const support = slack.people.channel('C0SUPPORT')
    if (support !== null) slack.people.changeChannel(support, { isArchived: true })
    wamm.faults.add({ method: 'user_list', fault: { kind: 'status', status: 429 } })
    const lines = (await asked(running)).split('\n')
    expect(lines.slice(0, 4)).toEqual([
      expect.stringMatching(/^Something is wrong \(2 wrong, 1 not known/),
      expect.stringMatching(/^\*Wrong\* · ADMIN_USERS, U0NOBODY: .*Copy member ID/),
      expect.stringMatching(/^\*Wrong\* · wamm, Slack channel C0SUPPORT: .*archived.*Unarchive it/),
      expect.stringMatching(/^\*Not known\* · wamm, users: .*Run the doctor again in a minute/),
    ])
    wamm.faults.clear()
  })

  it('is still working when a provider does not answer, and then says so', async () => {
    const timeless = await timelessScene()
    timeless.wamm.faults.add({ method: 'channel_list', fault: { kind: 'hang', handled: false } })
    const answer = timeless.slack.as('dora').command('/baton', 'doctor')
    await timeless.told('dora', 'Still working')
    await timeless.told('dora', /wamm, token: WAMM did not answer in time\. .*WAMM_BASE_URL/)
    expect((await answer).acknowledged).toBe(true)
  })
})
