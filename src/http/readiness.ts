/** What `GET /readyz` answers: all in all, and each part that could keep Baton from working. No part names a secret. */
export interface Readiness {
  readonly status: 'starting' | 'ready' | 'not ready' | 'stopping'
  readonly slack: 'connected' | 'not connected'
  readonly store: 'writable' | 'not writable'
  readonly jobs: 'flowing' | 'not flowing'
  /**
   * In HTTP mode, when Slack's last request was taken and when the last was refused that was signed with another
   * secret; null where there was none since the start. No reason not to be ready: anybody may send the latter.
   */
  readonly signed?: { readonly taken: string | null; readonly refused: string | null }
}

/**
 * A provider that is down is no reason to keep people or webhooks from Baton, so none is part of it. Nor are
 * migrations: nothing is listened to before they are done.
 */
export const createReadiness =
  (deps: {
    readonly phase: () => 'starting' | 'running' | 'stopping'
    readonly isConnected: () => boolean
    readonly isFlowing: () => boolean
    /** Rejects when nothing can be written. */
    readonly tryWriting: () => Promise<void>
    /** Null in socket mode. */
    readonly signed: (() => { readonly takenAt: number | null; readonly refusedAt: number | null }) | null
  }) =>
  async (): Promise<Readiness> => {
    const isWritable = await deps.tryWriting().then(
      () => true,
      () => false,
    )
    // Asked last, and all at once: writing takes its time.
    const phase = deps.phase()
    const isConnected = deps.isConnected()
    const isFlowing = deps.isFlowing()
    const works = isConnected && isWritable && isFlowing
    return {
      status: phase !== 'running' ? phase : works ? 'ready' : 'not ready',
      slack: isConnected ? 'connected' : 'not connected',
      store: isWritable ? 'writable' : 'not writable',
      jobs: isFlowing ? 'flowing' : 'not flowing',
      ...(deps.signed === null ? {} : { signed: dated(deps.signed()) }),
    }
  }

const dated = ({
  takenAt,
  refusedAt,
}: {
  readonly takenAt: number | null
  readonly refusedAt: number | null
}) => ({
  taken: takenAt === null ? null : new Date(takenAt).toISOString(),
  refused: refusedAt === null ? null : new Date(refusedAt).toISOString(),
})
