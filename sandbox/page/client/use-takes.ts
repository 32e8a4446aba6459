import { useCallback } from 'react'
import { type Outcome, slackErrorText } from './control.ts'
import { useHere } from './here.ts'
import { useWarn } from './toasts.tsx'

/** Waits for what became of an act, and warns when the app or the sandbox did not take it: then null. */
export const useTakes = (): ((act: Promise<Outcome>) => Promise<Outcome | null>) => {
  const { app } = useHere()
  const warn = useWarn()
  return useCallback(
    async (act) => {
      try {
        const outcome = await act
        if (outcome.error === null) return outcome
        warn(slackErrorText(outcome.error, app.name))
      } catch (error) {
        warn(error instanceof Error ? error.message : String(error))
      }
      return null
    },
    [app.name, warn],
  )
}
