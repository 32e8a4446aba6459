import { describe, expect, it } from 'vitest'
import type { ContactValues, Outcome, ProviderAdapter } from '../../src/providers/contract.ts'
import type { ChatKey, ProviderUserId } from '../../src/routing/ids.ts'
import { contactRefusedText, contactText, fieldLabels } from '../../src/slack/text-contact.ts'
import { selfLinkText } from '../../src/slack/text-linking.ts'
import { noticeText } from '../../src/slack/text-notice.ts'
import { notAskedText } from '../../src/slack/text-problems.ts'
import document from '../fixtures/saleschat.openapi.json' with { type: 'json' }
import * as aelyst from '../fixtures/start-aelyst-adapter.ts'
import * as saleschat from '../fixtures/start-saleschat-adapter.ts'
import * as wamm from '../fixtures/start-wamm-adapter.ts'
import { type ProviderName, pages, type Wished } from './sentences.ts'

describe.each(pages)('who wants to $asks hears of $provider, when $method answers', (page) => {
  it.each(Object.entries(page.says))('%s: "%s"', async (error, sentence) => {
    const { adapter, fail } = await start[page.provider]()
    fail(page.method, error)
    const { act, say } = wishes[page.asks]
    const outcome = await act(adapter, customers[page.provider])
    if (outcome === undefined || outcome.kind === 'done') throw new Error('nothing went wrong')
    const said = say(outcome, page.provider)
    expect(said).toBe(sentence)
    expect(said).not.toContain(error)
    expect(said).not.toMatch(/SECRET|https?:|api2|\d{3}/)
  })
})

it("leaves out no error of SalesChat's document", () => {
  const documented = Object.values(document.paths).flatMap((verbs) =>
    Object.values(verbs).map(({ operationId, responses }) => [
      operationId,
      Object.keys(responses).filter((status) => Number(status) >= 400),
    ]),
  )
  const told = pages
    .filter(({ provider }) => provider === 'SalesChat')
    .map(({ method, says }) => [method, Object.keys(says)])
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(documented))
})

type Failure = Exclude<Outcome<never>, { readonly kind: 'done' }>

interface Wish {
  readonly act: (adapter: ProviderAdapter, customer: Customer) => Promise<Outcome<unknown>> | undefined
  readonly say: (failure: Failure, provider: ProviderName) => string
}

const claimed: Wish['say'] = ({ kind, problem }, provider) =>
  noticeText(
    { kind: kind === 'retry' ? 'delayed' : 'failed', deed: 'claim', reason: problem },
    { customer: 'Ivan', provider },
  )

const saved: Wish['say'] = (failure, provider) => {
  const { kind, problem } = failure
  if (kind === 'refused' && failure.field !== undefined)
    return `${fieldLabels[failure.field]}: ${contactRefusedText({ problem, field: failure.field }, provider)}`
  const about = { customer: null, provider }
  return kind === 'refused'
    ? contactText({ kind: 'refused', problem, field: null }, about)
    : contactText({ kind: 'delayed', problem }, about)
}

const wishes: Readonly<Record<Wished, Wish>> = {
  claim: { act: (adapter, { key, colleague }) => adapter.assign(key, colleague), say: claimed },
  'add a contact': {
    act: ({ contacts }, { added }) => contacts?.save({ key: null, phone: '+390612345678' }, added),
    say: saved,
  },
  'change a contact': {
    act: ({ contacts }, { key }) =>
      contacts?.save({ key, phone: null }, { 'crm-id': 'c', 'first-name': 'I' }),
    say: saved,
  },
  'change the stage': {
    act: ({ contacts }, { key }) => contacts?.save({ key, phone: null }, { stage: 'Lead' }),
    say: saved,
  },
  'close the conversation': {
    act: ({ contacts }, { key }) => contacts?.save({ key, phone: null }, { conversation: 'closed' }),
    say: saved,
  },
  'find a customer': {
    act: (adapter) => adapter.findChats?.({ phone: '+390612345678' }),
    say: ({ problem }, provider) => notAskedText('Ivan', problem, provider),
  },
  'be linked': {
    act: (adapter) => adapter.listUsers?.(),
    say: ({ problem: reason }, provider) =>
      selfLinkText({ kind: 'provider-failed', reason }, { provider, admins: [] }),
  },
}

interface Customer {
  readonly key: ChatKey
  readonly colleague: ProviderUserId
  readonly added: ContactValues
}

const customers: Readonly<Record<ProviderName, Customer>> = {
  WAMM: { key: wamm.ivan, colleague: wamm.anna, added: { name: 'Ivan' } },
  SalesChat: {
    key: saleschat.ivan,
    colleague: saleschat.anna,
    added: { 'crm-id': 'c', 'opt-in-date': '2026-11-20' },
  },
  Aelyst: { key: aelyst.ivan, colleague: aelyst.anna, added: { 'first-name': 'Ivan' } },
}

const start: Readonly<Record<ProviderName, () => Promise<Started>>> = {
  WAMM: async () => {
    const { wamm: sandbox, adapter } = await wamm.startWammAdapter()
    return { adapter, fail: (method, err) => sandbox.faults.add({ fault: { kind: 'err', err }, method }) }
  },
  SalesChat: async () => {
    const { saleschat: sandbox, adapter } = await saleschat.startSalesChatAdapter()
    return {
      adapter,
      fail: (method, status) => sandbox.faults.add({ fault: { kind: 'err', err: `${status}0001` }, method }),
    }
  },
  Aelyst: async () => {
    const { aelyst: sandbox, adapter } = await aelyst.startAelystAdapter()
    return { adapter, fail: (method, err) => sandbox.faults.add({ fault: { kind: 'err', err }, method }) }
  },
}

interface Started {
  readonly adapter: ProviderAdapter
  readonly fail: (method: string, error: string) => void
}
