import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { createProcessMetrics } from '../../src/metrics/process-metrics.ts'
import { readMetricsPage, type Sample, sampleOf, selectorsIn } from '../fixtures/metrics-page.ts'
import { timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const SECRET = 'a1b2c3d4e5f6a7b8'

/** A morning in which most things happen, good and bad; what `/metrics` says after it. */
async function played(): Promise<{ readonly page: string; readonly samples: readonly Sample[] }> {
  const scene = await timelessScene({
    linked: ['ann', 'ben'],
    env: { WAMM_WEBHOOK_SECRET: SECRET },
  })
  const { slack, wamm } = scene
  const [ann, ben] = [slack.as('ann'), slack.as('ben')]
  await scene.arrives(IVAN, 'Ivan Petrov')
  await scene.settled()
  await scene.pass(90_000)
  slack.faults.inject('chat.update', { kind: 'rate-limited', retryAfterSeconds: 2 }, 1)
  await ann.click(scene.card('Ivan'), 'Claim Chat')
  await ben.command('/claim', 'ivan')
  await scene.settled()
  await ann.command('/handoff', 'ivan @ben')
  await scene.settled()
  wamm.faults.add({ fault: { kind: 'err', err: 'user not active' }, method: 'contact_to_user', times: 1 })
  await ben.command('/release', 'ivan')
  await scene.settled()

  const hook = `${scene.baton.url()}/hooks/wamm`
  wamm.setWebhook(`${hook}/${SECRET}`)
  wamm.customerWrites('79007654321', { name: 'Pavel Orlov', text: 'Hello?' })
  await scene.cardSays('Pavel', 'Waiting')
  await scene.settled()
  await fetch(`${hook}/guessed`, { method: 'POST', body: '{}' })
  await fetch(`${scene.baton.url()}/hooks/stranger`, { method: 'POST', body: '{}' })
  await scene.pass(30_000)

  const response = await fetch(`${scene.baton.url()}/metrics`)
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ])
  const page = (await response.text()) + (await createProcessMetrics()())
  return { page, samples: readMetricsPage(page) }
}

describe('/metrics', () => {
  it('counts what happened and says how things stand, and names no person, chat or secret', async () => {
    const { page, samples } = await played()
    const value = (name: string, labels?: Readonly<Record<string, string>>) =>
      sampleOf(samples, `baton_${name}`, labels)
    const account = 'wamm'

    expect(value('waiting_chats', { account })).toBe(1)
    expect(value('longest_wait_seconds', { account })).toBeGreaterThanOrEqual(30)
    expect(value('owned_chats', { account })).toBe(1)
    for (const [kind, times] of [
      ['arrived', 2],
      ['claimed', 1],
      ['handed-off', 1],
      ['released', 1],
      ['confirmed', 2],
      ['failed', 1],
    ] as const) {
      expect([kind, value('chat_events_total', { account, kind })]).toEqual([kind, times])
    }
    expect(value('refusals_total', { request: 'claim', reason: 'held' })).toBe(1)
    expect(value('claim_wait_seconds_count', { account })).toBe(1)
    expect(value('claim_wait_seconds_sum', { account })).toBeGreaterThanOrEqual(90)
    expect(value('claim_wait_seconds_sum', { account })).toBeLessThan(120)
    expect(value('confirmation_seconds_count', { account, outcome: 'confirmed' })).toBe(2)
    expect(value('confirmation_seconds_count', { account, outcome: 'failed' })).toBe(1)
    expect(value('job_tries_total', { kind: 'assign', outcome: 'done' })).toBe(3)
    expect(value('job_tries_total', { kind: 'card', outcome: 'again' })).toBe(1)
    expect(value('job_tries_total', { kind: 'card', outcome: 'failed' })).toBe(0)
    expect(value('job_try_seconds_count', { kind: 'assign' })).toBe(3)
    expect(value('due_jobs', { kind: 'assign' })).toBe(0)
    expect(value('oldest_due_job_seconds', { kind: 'card' })).toBe(0)
    expect(value('failed_jobs', { kind: 'card' })).toBe(0)
    expect(value('provider_calls_total', { account, action: 'assign', outcome: 'done' })).toBe(2)
    expect(value('provider_calls_total', { account, outcome: 'user-not-active' })).toBe(1)
    expect(value('provider_call_seconds_count', { account, action: 'read-chat' })).toBeGreaterThanOrEqual(3)
    expect(value('slack_connected')).toBe(1)
    // Two links, three requests; one click.
    expect(value('slack_ack_seconds_count', { type: 'command' })).toBe(5)
    expect(value('slack_ack_seconds_count', { type: 'block_actions' })).toBe(1)
    expect(value('slack_calls_total', { method: 'chat.update', outcome: 'refused' })).toBe(1)
    expect(value('slack_turn_wait_seconds_count', { method: 'chat.postMessage' })).toBeGreaterThan(0)
    expect(value('hook_requests_total', { path: '/hooks', account, outcome: 'received' })).toBe(1)
    expect(value('hook_requests_total', { account, outcome: 'not genuine' })).toBe(1)
    expect(value('hook_requests_total', { account: 'unknown', outcome: 'unknown account' })).toBe(1)
    expect(sampleOf(samples, 'process_resident_memory_bytes')).toBeGreaterThan(0)

    for (const telling of [
      'Ivan',
      'Pavel',
      IVAN.slice(-9),
      'U0ANN',
      SECRET,
      'stranger',
      'guessed',
      'chat-',
    ]) {
      expect(page).not.toContain(telling)
    }
  })

  it('has every metric, and knows every label and value, that the dashboard and the alert rules name', async () => {
    const { samples } = await played()
    const read = (path: string) =>
      readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
    const code = globSync('src/**/*.ts', { cwd: fileURLToPath(new URL('../..', import.meta.url)) }).map(read)
    const expressions = [
      ...dashboard
        .parse(JSON.parse(read('docs/grafana/baton.json')))
        .panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
      ...rules
        .parse(parse(read('docs/alerts.yml')))
        .groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
    ]
    expect(expressions.length).toBeGreaterThan(30)
    const unknown = expressions.flatMap((expression) => {
      const selectors = selectorsIn(expression)
      if (selectors.length === 0) return [`${expression}: names nothing`]
      return (
        selectors
          // Prometheus' own word of whether a scrape worked.
          .filter(({ metric }) => metric !== 'up')
          .flatMap(({ metric, labels }) => {
            const found = samples.filter(({ name }) => name === metric)
            if (found.length === 0) return [`${expression}: no ${metric}`]
            return Object.entries(labels).flatMap(([label, values]) => [
              ...(found.every((sample) => label in sample.labels) ? [] : [`${metric} has no ${label}`]),
              ...values
                .filter((text) => !code.some((file) => file.includes(`'${text}'`)))
                .filter((text) => text !== 'unknown')
                .map((text) => `${metric}: nothing is ${label} ${text}`),
            ])
          })
      )
    })
    expect(unknown).toEqual([])
  })
})

const dashboard = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).default([]) })),
})
const rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
})

it('finds the metrics and labels of an expression', () => {
  expect(
    selectorsIn('sum by (le, kind) (rate(a_total{kind="x|y", account=~"$account"}[5m])) / on (kind) b > 0.5'),
  ).toEqual([
    { metric: 'a_total', labels: { kind: ['x', 'y'], account: [] } },
    { metric: 'b', labels: { kind: [] } },
  ])
})
