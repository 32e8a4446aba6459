import type { SandboxSalesChat } from '../saleschat/start-saleschat.ts'

const SOON_MS = 1_500

/** As SalesChat does by itself, what it has accepted takes effect a moment later. Returns the function that stops it. */
export function settleSoon(saleschat: SandboxSalesChat): () => void {
  let due: NodeJS.Timeout | null = null
  const stop = saleschat.onChange(() => {
    const waits = [...saleschat.state.accepted.values()].some(({ onHandover }) => !onHandover)
    if (!waits || due !== null) return
    due = setTimeout(() => {
      due = null
      saleschat.settle()
    }, SOON_MS)
  })
  return () => {
    stop()
    if (due !== null) clearTimeout(due)
  }
}
