import type { Outcome, RefusedProblem } from '../providers/contract.ts'

const PROBLEMS: readonly RefusedProblem[] = ['chat-not-found', 'invalid-chat-key']

/** Whether the provider said that there is no such chat, or that there can be none. */
export const isUnknownChat = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === 'refused' && PROBLEMS.includes(outcome.problem)
