import { afterEach, describe, expect, it } from 'vitest'
import { runCommand } from '../fixtures/run-command.ts'
import { type Scene, type SceneOptions, startScene } from '../fixtures/start-scene.ts'

let scene: Scene | null = null
const start = async (options: SceneOptions = {}): Promise<Scene> => {
  scene = await startScene(options)
  return scene
}
afterEach(async () => {
  await scene?.close()
  scene = null
})

describe('beside a running Baton', () => {
  it('finds everything in order', async () => {
    const { env } = await start()
    const run = await runCommand(env, ['doctor'])
    console.log(run.said)
    expect(run.end).toEqual({ kind: 'done' })
  })
  it('is seen by /baton doctor', async () => {
    const { slack } = await start()
    const a = await slack.as('dora').command('/baton', 'doctor')
    console.log(JSON.stringify(a, null, 1).slice(0, 3000))
  })
})
