/** One broken rule of Block Kit: Slack's error, where (JSON pointer), and what is wrong. */
export interface Breach {
  readonly error: string
  readonly pointer: string
  readonly message: string
}

export const validateMessage = (_message: {
  text?: string
  blocks?: unknown[]
  attachments?: unknown[]
  metadata?: unknown
}): readonly Breach[] => []

export const validateView = (_view: unknown): readonly Breach[] => []

export const validateOptions = (_answer: unknown): readonly Breach[] => []
