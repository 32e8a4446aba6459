import { answerParent } from '../remote.ts'
import { cpuMs } from './cpu.ts'

/** Loaded into Baton's own process before src/main.ts (`--import`, with `--expose-gc`). */
const answers = {
  /** As it is, with what is not collected yet. */
  resident: () => process.memoryUsage.rss(),
  memory() {
    globalThis.gc?.()
    globalThis.gc?.()
    const { rss, heapUsed, external } = process.memoryUsage()
    return { rss, heapUsed, external }
  },
  cpuMs,
}
export type MemoryReport = typeof answers

answerParent(answers)
// Being asked must not keep a process alive that wants to end.
process.channel?.unref()
