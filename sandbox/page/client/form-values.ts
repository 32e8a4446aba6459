import type { StateValues } from '../../slack/model.ts'
import type { FormValues, Json } from './block-kit/contract.ts'

type Value = string | readonly string[] | null

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const plain = (value: unknown): Value => {
  if (Array.isArray(value)) return value.map((each) => String(isRecord(each) ? each.value : each))
  if (isRecord(value)) return typeof value.value === 'string' ? value.value : null
  return value === null || value === undefined || value === '' ? null : String(value)
}

const entryValue = ({ type: _type, ...entry }: Json): Value => plain(Object.values(entry)[0])

/** What Slack says that a view's fields hold. */
export const formValuesOf = (values: StateValues): FormValues =>
  Object.fromEntries(
    Object.entries(values).map(([block, actions]) => [
      block,
      Object.fromEntries(Object.entries(actions).map(([action, entry]) => [action, entryValue(entry)])),
    ]),
  )

const same = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The fields that the person has changed, by block id: Slack has the rest. */
export const changedValues = (before: FormValues, now: FormValues): Readonly<Record<string, Value>> => {
  const changed: Record<string, Value> = {}
  for (const [block, actions] of Object.entries(now)) {
    for (const [action, value] of Object.entries(actions)) {
      const entered = value === '' ? null : value
      if (!same(before[block]?.[action] ?? null, entered)) changed[block] = entered
    }
  }
  return changed
}

/** What was typed, on top of what Slack says; fields that are gone are dropped, as Slack does. */
export const mergedValues = (saved: FormValues, typed: FormValues): FormValues =>
  Object.fromEntries(
    Object.entries(saved).map(([block, actions]) => [
      block,
      Object.fromEntries(
        Object.entries(actions).map(([action, value]) => {
          const entered = typed[block]?.[action]
          return [action, entered === undefined ? value : entered]
        }),
      ),
    ]),
  )
