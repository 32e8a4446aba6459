import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerJson } from './http-exchange.ts'
import type { SandboxSlack } from './start-slack.ts'

export const handleControl = async (
  _slack: SandboxSlack,
  _request: IncomingMessage,
  response: ServerResponse,
  _path: string,
): Promise<void> => answerJson(response, 404, {})
