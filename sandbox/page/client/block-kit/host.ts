import { type JsonRecord, stringOrEmpty } from '../../../slack/json.ts'
import type { BlocksProps, ControlEvent, Names } from './contract.ts'

/** Where an element's value lives. */
export interface Field {
  readonly blockId: string
  readonly actionId: string
}

export type FieldValue = string | readonly string[] | null

/** What the parts of a surface need of it. */
export interface Host {
  readonly surface: BlocksProps['surface']
  readonly names: Names
  readonly disabled: boolean
  readonly loadOptions: BlocksProps['loadOptions']
  readonly openLink: BlocksProps['openLink']
  readonly act: (event: ControlEvent) => void
  /** What was entered, or else what the app put there. */
  readonly valueOf: (field: Field, element: JsonRecord) => FieldValue
  readonly enter: (field: Field, value: FieldValue) => void
  readonly errorOf: (blockId: string) => string | null
}

/** An element where it stands. */
export interface ElementProps {
  readonly host: Host
  readonly field: Field
  readonly element: JsonRecord
}

/** What an input block says about its element; null where the element speaks for itself. */
export interface InputLabels {
  readonly labelId: string
  readonly inputId: string
  readonly descriptionIds: string | undefined
  readonly isInvalid: boolean
  readonly isRequired: boolean
  /** The app wants to hear of changes at once. */
  readonly dispatches: boolean
}

/** The id that the app gave, or else the place. */
export const keyOf = (id: unknown, index: number): string => stringOrEmpty(id) || String(index)
