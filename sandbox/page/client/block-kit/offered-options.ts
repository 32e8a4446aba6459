import { useEffect, useEffectEvent, useState } from 'react'
import {
  type JsonRecord,
  recordOrEmpty,
  recordsIn,
  stringOrEmpty,
  stringOrNull,
  textObjectText,
} from '../../../slack/json.ts'
import type { Names, OfferedOption } from './contract.ts'
import { withEmoji } from './emoji.ts'
import type { Host } from './host.ts'

/** Options under one heading; null for those without. */
export interface OptionGroup {
  readonly label: string | null
  readonly options: readonly OfferedOption[]
}

export type Offered =
  | { readonly kind: 'loading' }
  | { readonly kind: 'too-short'; readonly missing: number }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly groups: readonly OptionGroup[] }

export const readOption = (option: JsonRecord): OfferedOption => ({
  text: withEmoji(textObjectText(option.text)),
  description: stringOrNull(recordOrEmpty(option.description).text),
  value: stringOrEmpty(option.value),
})

/** Those that the app wrote into the element, the ones chosen beforehand included. */
export const optionsWithin = (element: JsonRecord): readonly OptionGroup[] => {
  const groups = recordsIn(element.option_groups)
  return groups.length === 0
    ? [{ label: null, options: recordsIn(element.options).map(readOption) }]
    : groups.map((group) => ({
        label: textObjectText(group.label),
        options: recordsIn(group.options).map(readOption),
      }))
}

const people = (
  ids: readonly string[],
  nameOf: (id: string) => string | null,
  sign: string,
): OptionGroup => ({
  label: null,
  options: ids.map((id) => ({ text: `${sign}${nameOf(id) ?? id}`, description: null, value: id })),
})

const known = (element: JsonRecord, names: Names): readonly OptionGroup[] => {
  const users = () => people(names.listUsers?.() ?? [], names.user, '@')
  const channels = () => people(names.listChannels?.() ?? [], names.channel, '#')
  const type = stringOrEmpty(element.type).replace(/^multi_/, '')
  if (type === 'users_select') return [users()]
  if (type === 'channels_select') return [channels()]
  if (type === 'conversations_select') return [channels(), users()]
  return optionsWithin(element)
}

const matching = (groups: readonly OptionGroup[], typed: string): readonly OptionGroup[] => {
  const wanted = typed.trim().toLocaleLowerCase()
  return groups
    .map(({ label, options }) => ({
      label,
      options: options.filter(({ text, description }) =>
        `${text} ${description ?? ''}`.toLocaleLowerCase().includes(wanted),
      ),
    }))
    .filter(({ options }) => options.length > 0)
}

const debounceMs = 150

/** What a select offers for what was typed so far; the app is asked only while the list is open. */
export const useOffered = (parts: {
  readonly host: Host
  readonly element: JsonRecord
  readonly actionId: string
  readonly typed: string
  readonly isOpen: boolean
}): Offered => {
  const { host, element, actionId, typed, isOpen } = parts
  const [answer, setAnswer] = useState<{ readonly typed: string; readonly offered: Offered } | null>(null)
  const isExternal = stringOrEmpty(element.type).includes('external')
  const leastLetters = typeof element.min_query_length === 'number' ? element.min_query_length : 3
  const asks = isExternal && isOpen && typed.length >= leastLetters
  const load = useEffectEvent((query: string) => host.loadOptions(actionId, query))

  useEffect(() => {
    if (!asks) return
    let isOutdated = false
    const settle = (offered: Offered) => {
      if (!isOutdated) setAnswer({ typed, offered })
    }
    const ask = async () => {
      try {
        settle({ kind: 'ready', groups: [{ label: null, options: await load(typed) }] })
      } catch (error) {
        settle({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
      }
    }
    const timer = setTimeout(() => void ask(), typed === '' ? 0 : debounceMs)
    return () => {
      isOutdated = true
      clearTimeout(timer)
      setAnswer(null)
    }
  }, [asks, typed])

  if (!isExternal) return { kind: 'ready', groups: matching(known(element, host.names), typed) }
  if (typed.length < leastLetters) return { kind: 'too-short', missing: leastLetters - typed.length }
  return answer?.typed === typed ? answer.offered : { kind: 'loading' }
}
