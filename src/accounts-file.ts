import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** What the accounts file holds; its settings are not checked here. */
export type AccountsFile =
  | { readonly kind: 'read'; readonly content: unknown }
  /** `problem` never repeats what is in the file. */
  | { readonly kind: 'unreadable'; readonly problem: string }

/** @param path of a YAML file, relative to the working directory unless absolute */
export const readAccountsFile = (path: string): AccountsFile => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return { kind: 'unreadable', problem: `names a file that cannot be read (${code})` }
  }
  try {
    return { kind: 'read', content: parse(text) }
  } catch (error) {
    const line = error instanceof Error && 'linePos' in error ? lineOf(error.linePos) : ''
    return { kind: 'unreadable', problem: `names a file that is not YAML${line}` }
  }
}

const lineOf = (position: unknown): string => {
  const [start] = Array.isArray(position) ? position : []
  return typeof start?.line === 'number' ? `: look at line ${start.line}` : ''
}
