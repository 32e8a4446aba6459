import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/provider/faults.ts'
import type { SandboxProvider } from '../../sandbox/provider/start-provider.ts'
import type { Clock } from '../../src/clock.ts'
import type { ContactBook, Outcome, ProviderAdapter } from '../../src/providers/contract.ts'
import { createHttpClient, type HttpClient } from '../../src/providers/http-client.ts'
import { type ManualClock, manualClock } from '../fixtures/manual-clock.ts'

type CallsOf<T> = {
  [Name in keyof T & string]-?: NonNullable<T[Name]> extends (...args: never[]) => Promise<unknown>
    ? Name
    : never
}[keyof T & string]

/** A member of an adapter that calls its provider; `contacts.save, new` adds a customer. */
export type ActionName = CallsOf<ProviderAdapter> | `contacts.${CallsOf<ContactBook>}` | 'contacts.save, new'

export interface AdapterAction<Method extends string> {
  readonly name: ActionName
  /** The call that suffers. An action that makes several has a row for each. */
  readonly method: Method
  /** Undefined where the adapter does not offer it, which fails the suite. Must be done as `start` leaves the sandbox. */
  readonly act: (adapter: ProviderAdapter) => Promise<Outcome<unknown>> | undefined
  /** Part of what the same call gets after one that was carried out, where that is not `done`. */
  readonly repeated?: object
}

export interface DocumentedError<Provider, Method extends string> {
  readonly name: string
  /** Whose documentation has it; absent: every method's. */
  readonly methods?: readonly Method[]
  readonly provoke: (provider: Provider, method: Method) => void
  /** Part of the outcome. */
  readonly expected: object
}

/**
 * What any adapter must do, against its sandbox over real HTTP: each action that it offers, under each fault
 * of the transport and each documented error.
 *
 * @param options.start builds both; the provider accepts `token` however the adapter calls it. Everything that
 *   asks for the time gets `clock`, which stands still while a call runs and goes on by a minute after it, so
 *   that no limit of the provider's holds the next call back.
 * @param options.secrets texts that no failure may show, beside the token: the customer's number and name
 * @param options.wrongContentType whether the right JSON under another content type is read or not
 */
export function adapterContract<Method extends string, Provider extends SandboxProvider<Method>>(
  label: string,
  options: {
    readonly token: string
    readonly secrets: readonly string[]
    readonly start: (parts: {
      readonly token: string
      readonly http: HttpClient
      readonly clock: Clock
    }) => Promise<{ readonly provider: Provider; readonly connect: (token: string) => ProviderAdapter }>
    readonly actions: readonly AdapterAction<Method>[]
    readonly errors: readonly DocumentedError<Provider, Method>[]
    readonly wrongContentType: 'read' | 'unreadable'
  },
): void {
  const { token, actions, errors } = options
  const hidden = [token, encodeURIComponent(token), '127.0.0.1', ...options.secrets]

  describe(`the adapter contract: ${label}`, () => {
    let clock: ManualClock
    let http: HttpClient
    let provider: Provider
    let connect: (token: string) => ProviderAdapter
    let adapter: ProviderAdapter
    beforeEach(async () => {
      clock = manualClock()
      http = createHttpClient({
        timeoutMs,
        maxBodyBytes,
        connections: 4,
        after: clock.after,
      })
      ;({ provider, connect } = await options.start({ token, http, clock }))
      adapter = connect(token)
    })
    afterEach(async () => {
      await http.abort()
      await provider.close()
    })

    it('has a row for everything that the adapter offers, and no other', () => {
      expect(new Set(actions.map(({ name }) => name))).toEqual(new Set(offeredBy(adapter)))
    })

    describe.each(actions)('$name by $method', ({ name, method, act, repeated }) => {
      const run = (by = adapter): Promise<Outcome<unknown>> => {
        const outcome = act(by)
        if (outcome === undefined) throw new Error(`${label} does not offer ${name}`)
        return outcome
      }
      const failure = async (outcome: Promise<Outcome<unknown>>): Promise<Outcome<unknown>> => {
        const failed = await outcome
        expect(failed.kind).not.toBe('done')
        for (const text of hidden) expect(JSON.stringify(failed)).not.toContain(text)
        return failed
      }
      /** The same call, when everything is well again. */
      const again = async (carriedOut: boolean): Promise<void> => {
        await clock.advance(60_000)
        expect(await run()).toMatchObject((carriedOut ? repeated : undefined) ?? { kind: 'done' })
      }

      it('is done while nothing is wrong', async () => {
        expect(await run()).toMatchObject({ kind: 'done' })
        expect(provider.calls.map((call) => call.method)).toContain(method)
      })

      it('is refused with a wrong token', async () => {
        expect(await failure(run(connect('wrong')))).toMatchObject({
          kind: 'refused',
          problem: 'token-refused',
        })
        expect(provider.calls.map(({ tokenAccepted }) => tokenAccepted)).toEqual([false])
      })

      it.each(transportFaults)('may be tried again after $name, and works then', async (row) => {
        provider.faults.add({ fault: row.fault, method, times: 1 })
        expect(await failure(run())).toMatchObject({ kind: 'retry', ...row.expected })
        expect(faultsMet()).toEqual([row.fault.kind])
        await again(row.carriedOut)
      })

      it.each(endlessFaults)('gives up in time on $name, and works then', async (row) => {
        const fault = provider.faults.add({ fault: row.fault, method, times: 1 })
        const outcome = run()
        await provider.until(() => fault.met === 1, { timeoutMs: 10_000 })
        await clock.advance(timeoutMs)
        expect(await failure(outcome)).toMatchObject({ kind: 'retry', problem: 'timed-out', sent: true })
        await again(row.carriedOut)
      })

      it('knows that nothing was sent while nobody listens, and works when somebody does', async () => {
        await provider.goDown()
        expect(await failure(run())).toMatchObject({ kind: 'retry', problem: 'unreachable', sent: false })
        await provider.comeBack()
        await again(false)
      })

      it.each<{ readonly name: string; readonly fault: Fault }>([
        { name: 'late', fault: { kind: 'delay', delayMs: 30 } },
        { name: 'in pieces', fault: { kind: 'slow-body', pauseMs: 0 } },
      ])('is done when the answer comes $name', async ({ fault }) => {
        provider.faults.add({ fault, method, times: 1 })
        expect(await run()).toMatchObject({ kind: 'done' })
        expect(faultsMet()).toEqual([fault.kind])
      })

      it(`has an answer of a wrong content type ${options.wrongContentType}`, async () => {
        provider.faults.add({ fault: { kind: 'content-type', contentType: 'text/plain' }, method, times: 1 })
        if (options.wrongContentType === 'read') expect(await run()).toMatchObject({ kind: 'done' })
        else expect(await failure(run())).toMatchObject(retry('unreadable-answer'))
        expect(faultsMet()).toEqual(['content-type'])
        await again(true)
      })

      it.each(errors.filter(({ methods }) => methods?.includes(method) ?? true))(
        'has an outcome for the error $name',
        async ({ provoke, expected }) => {
          provoke(provider, method)
          expect(await failure(run())).toMatchObject(expected)
        },
      )
    })

    const faultsMet = (): readonly (string | null)[] =>
      provider.calls.map(({ fault }) => fault).filter((fault) => fault !== null)
  })
}

const timeoutMs = 5_000
const maxBodyBytes = 1_000_000

const retry = (problem: string) => ({ kind: 'retry', problem, sent: true })

interface FaultRow {
  readonly name: string
  readonly fault: Fault
  /** Whether the provider does what it was asked before the answer suffers. */
  readonly carriedOut: boolean
}

const transportFaults: readonly (FaultRow & { readonly expected: object })[] = [
  ...[500, 502, 503, 504].map((status) => ({
    name: `a gateway's ${status}`,
    fault: { kind: 'status', status } as const,
    carriedOut: false,
    expected: retry('server-error'),
  })),
  {
    name: 'HTML with status 200',
    fault: { kind: 'status', status: 200 },
    carriedOut: false,
    expected: retry('unreadable-answer'),
  },
  {
    name: 'a redirect',
    fault: { kind: 'redirect', to: 'http://127.0.0.1:1/' },
    carriedOut: false,
    expected: retry('unreadable-answer'),
  },
  {
    name: 'a reset before it is handled',
    fault: { kind: 'reset', handled: false },
    carriedOut: false,
    expected: retry('unreachable'),
  },
  {
    name: 'a reset after it was handled',
    fault: { kind: 'reset', handled: true },
    carriedOut: true,
    expected: retry('unreachable'),
  },
  {
    name: 'half a body',
    fault: { kind: 'half-body' },
    carriedOut: true,
    expected: retry('unreadable-answer'),
  },
  {
    name: 'a body that is too long',
    fault: { kind: 'oversized', bytes: 2 * maxBodyBytes },
    carriedOut: true,
    expected: retry('unreadable-answer'),
  },
  {
    name: '429',
    fault: { kind: 'rate-limit', retryAfter: null },
    carriedOut: false,
    expected: { problem: 'rate-limited', sent: false },
  },
  {
    name: '429 for 70 s',
    fault: { kind: 'rate-limit', retryAfter: '70' },
    carriedOut: false,
    expected: { problem: 'rate-limited', sent: false, afterMs: 70_000 },
  },
]

const endlessFaults: readonly FaultRow[] = [
  { name: 'no answer before handling', fault: { kind: 'hang', handled: false }, carriedOut: false },
  { name: 'no answer after handling', fault: { kind: 'hang', handled: true }, carriedOut: true },
  { name: 'a body that drips', fault: { kind: 'slow-body', pauseMs: 100 }, carriedOut: true },
]

/** From the adapter itself, so that nothing it offers can be left out. `keyOfPhone` calls nobody. */
const offeredBy = (adapter: ProviderAdapter): readonly string[] => [
  ...functionsOf(adapter).filter((name) => name !== 'keyOfPhone'),
  ...functionsOf(adapter.contacts ?? {}).map((name) => `contacts.${name}`),
  ...(adapter.contacts?.newFields === undefined ? [] : ['contacts.save, new']),
]

const functionsOf = (part: object): readonly string[] =>
  Object.entries(part).flatMap(([name, member]) => (typeof member === 'function' ? [name] : []))
