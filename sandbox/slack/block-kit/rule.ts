/** One thing that Slack would refuse. */
export interface Breach {
  /** The error that Slack's answer carries: `invalid_blocks`, `invalid_arguments`, `msg_too_long` … */
  readonly error: string
  /** JSON pointer to what is wrong, from the message's or the view's root. */
  readonly pointer: string
  readonly message: string
}

export type Surface = 'message' | 'modal' | 'home'

export interface Context {
  readonly surface: Surface
  report(pointer: string, message: string): void
}

/** Reports everything wrong with `value`, which stands at the JSON pointer `at`. */
export type Rule = (value: unknown, at: string, context: Context) => void

export type Shape = Readonly<Record<string, Rule>>
export type Fields = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** Lengths are counted in UTF-16 units: never less than the characters that Slack counts. */
export const string =
  (limits: { readonly min?: number; readonly max?: number; readonly form?: RegExp } = {}): Rule =>
  (value, at, { report }) => {
    const { min = 1, max = Number.POSITIVE_INFINITY, form } = limits
    if (typeof value !== 'string') report(at, 'must be a string')
    else if (value.length < min) report(at, `must be more than ${min - 1} characters`)
    else if (value.length > max) report(at, `must be less than ${max + 1} characters`)
    else if (form !== undefined && !form.test(value)) report(at, `must match ${form.source}`)
  }

export const boolean: Rule = (value, at, { report }) => {
  if (typeof value !== 'boolean') report(at, 'must be a boolean')
}

export const integer =
  (min: number, max: number): Rule =>
  (value, at, { report }) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) report(at, 'must be an integer')
    else if (value < min || value > max) report(at, `must be from ${min} to ${max}`)
  }

export const finiteNumber: Rule = (value, at, { report }) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) report(at, 'must be a number')
}

export const oneOf =
  (...allowed: readonly unknown[]): Rule =>
  (value, at, { report }) => {
    if (!allowed.includes(value)) report(at, `must be one of: ${allowed.join(', ')}`)
  }

export const list =
  (item: Rule, limits: { readonly min?: number; readonly max?: number } = {}): Rule =>
  (value, at, context) => {
    const { min = 1, max = Number.POSITIVE_INFINITY } = limits
    if (!isList(value)) {
      context.report(at, 'must be an array')
      return
    }
    if (value.length < min) context.report(at, `no fewer than ${min} items allowed`)
    if (value.length > max) context.report(at, `no more than ${max} items allowed`)
    value.forEach((each, index) => {
      item(each, `${at}/${index}`, context)
    })
  }

/** An object with exactly these fields: Slack refuses what it does not know. */
export const object =
  (required: Shape, optional: Shape = {}, ...further: readonly ObjectRule[]): Rule =>
  (value, at, context) => {
    if (!isObject(value)) {
      context.report(at, 'must be an object')
      return
    }
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) context.report(at, `missing required field: ${name}`)
    }
    for (const [name, field] of Object.entries(value)) {
      if (field === undefined) continue
      const rule = Object.hasOwn(required, name)
        ? required[name]
        : Object.hasOwn(optional, name)
          ? optional[name]
          : undefined
      if (rule === undefined) context.report(`${at}/${name}`, `invalid additional property: ${name}`)
      else rule(field, `${at}/${name}`, context)
    }
    for (const rule of further) rule(value, at, context)
  }

/** What holds between the fields of one object. */
export type ObjectRule = (value: Fields, at: string, context: Context) => void

/** Neither both nor none. */
export const exactlyOne =
  (first: string, second: string): ObjectRule =>
  (value, at, { report }) => {
    if ((value[first] === undefined) === (value[second] === undefined)) {
      report(at, `exactly one of ${first} and ${second} is required`)
    }
  }

export const atLeastOne =
  (...names: readonly string[]): ObjectRule =>
  (value, at, { report }) => {
    if (names.every((name) => value[name] === undefined)) {
      report(at, `at least one of ${names.join(', ')} is required`)
    }
  }

/** An object whose `type` picks its rule. */
export const variant =
  (rules: Shape): Rule =>
  (value, at, context) => {
    if (!isObject(value)) {
      context.report(at, 'must be an object')
      return
    }
    const type = value.type
    const rule = typeof type === 'string' && Object.hasOwn(rules, type) ? rules[type] : undefined
    if (rule === undefined) context.report(`${at}/type`, `unsupported type: ${String(type)}`)
    else rule(value, at, context)
  }

/** The part of a table that may stand at one place. */
export const pick = (rules: Shape, names: readonly string[]): Shape =>
  Object.fromEntries(
    names.map((name) => {
      const rule = rules[name]
      if (rule === undefined) throw new Error(`no rule for ${name}`)
      return [name, rule]
    }),
  )
