import { createContext, useContext } from 'react'
import type { SlackUser, Usergroup } from '../../slack/model.ts'
import type { Channel } from '../contract.ts'
import type { Names } from './block-kit/contract.ts'
import type { Control } from './control.ts'
import type { Screen } from './screen.ts'

/** What every part of a window may need; it changes only when people or channels do. */
export interface Here {
  readonly me: string
  readonly app: Screen['app']
  readonly users: ReadonlyMap<string, SlackUser>
  readonly usergroups: ReadonlyMap<string, Usergroup>
  readonly channels: readonly Channel[]
  readonly names: Names
  readonly control: Control
  readonly openLink: (url: string) => void
}

export const HereContext = createContext<Here | null>(null)

export const useHere = (): Here => {
  const here = useContext(HereContext)
  if (here === null) throw new Error('This belongs into a window')
  return here
}
