import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a process of the benchmark can be asked for. */
type Answers = Readonly<Record<string, (argument: never) => unknown>>

interface Question {
  readonly id: number
  readonly what: string
  readonly argument: unknown
}

type Reply =
  | { readonly id: number; readonly kind: 'answer'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'error'; readonly message: string }

/** A process of its own: what it computes takes no time from the event loop of another. */
export interface Remote<A extends Answers> {
  ask<K extends keyof A & string>(what: K, argument: Parameters<A[K]>[0]): Promise<Awaited<ReturnType<A[K]>>>
  /** Resolves with the first line of standard output that `wanted` reads something from. */
  line<T>(wanted: (line: string) => T | null): Promise<T>
  end(): Promise<void>
}

/** To be called in the child: answers the questions of its parent, and ends with it. */
export function answerParent(answers: Answers): void {
  process.on('disconnect', () => process.exit())
  process.on('message', async (question: Question) => {
    const { id, what, argument } = question
    const send = (reply: Reply) => process.send?.(reply)
    try {
      const answer = answers[what] as ((argument: unknown) => unknown) | undefined
      if (answer === undefined) throw new Error(`nobody answers ${what}`)
      send({ id, kind: 'answer', value: await answer(argument) })
    } catch (error) {
      send({ id, kind: 'error', message: error instanceof Error ? (error.stack ?? error.message) : '' })
    }
  })
}

/** Starts a TypeScript file as a child that calls `answerParent`. */
export function startRemote<A extends Answers>(
  file: URL,
  options: { readonly env?: Readonly<Record<string, string>>; readonly nodeOptions?: readonly string[] } = {},
): Remote<A> {
  const child = fork(fileURLToPath(file), [], {
    serialization: 'advanced',
    env: { PATH: process.env.PATH, ...options.env },
    execArgv: [...(options.nodeOptions ?? [])],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let asked = 0
  child.on('message', (reply: Reply) => {
    const question = open.get(reply.id)
    open.delete(reply.id)
    if (reply.kind === 'answer') question?.resolve(reply.value)
    else question?.reject(new Error(reply.message))
  })
  child.on('exit', (code) => {
    for (const { reject } of open.values()) reject(new Error(`${file.pathname} ended (${code})`))
  })
  return {
    ask: (what, argument) =>
      new Promise((resolve, reject) => {
        asked += 1
        open.set(asked, { resolve: (value) => resolve(value as never), reject })
        child.send({ id: asked, what, argument } satisfies Question)
      }),
    line: (wanted) => firstLine(child, wanted),
    async end() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function firstLine<T>(child: ChildProcess, wanted: (line: string) => T | null): Promise<T> {
  return new Promise((resolve, reject) => {
    let rest = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const read = wanted(line)
        if (read !== null) resolve(read)
      }
    })
    child.once('exit', (code) => reject(new Error(`ended (${code}) before it said what was waited for`)))
  })
}
