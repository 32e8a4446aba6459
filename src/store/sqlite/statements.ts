import type { Database } from 'better-sqlite3'
import { Column, type GetColumnData, is, Param, Placeholder, type Query, type SQL } from 'drizzle-orm'

/**
 * Drizzle writes the SQL and knows the columns; better-sqlite3 runs it. Drizzle's own prepared statements
 * look at every placeholder and every column again in each run, which takes longer than SQLite itself.
 */
export interface Statements {
  /** `fields` are what the query selects or returns, in its order. */
  rows<F extends Fields>(query: Queryable, fields: F): RowsStatement<RowOf<F>>
  writes(query: Queryable): WriteStatement
}

interface RowsStatement<R> {
  all(values: Values): R[]
  get(values: Values): R | undefined
}

interface WriteStatement {
  /** How many rows were written. */
  run(values: Values): number
}

/** By the placeholders' names; what no placeholder names is not used. */
type Values = Readonly<Record<string, unknown>>
type Queryable = { toSQL(): Query }
type Fields = Readonly<Record<string, Column | SQL>>
type RowOf<F extends Fields> = {
  [Name in keyof F]: F[Name] extends Column
    ? GetColumnData<F[Name]>
    : F[Name] extends SQL<infer T>
      ? T
      : never
}

export function createStatements(sqlite: Database): Statements {
  function prepare(query: Queryable) {
    const { sql, params } = query.toSQL()
    // Without the plus SQLite compiles a statement anew for each value that might change its plan, which takes ten times
    // as long as running it: https://sqlite.org/c3ref/prepare.html
    const compiledOnce = sql.replaceAll('?', '+?')
    const encoders = params.map(encoder)
    const encode = (values: Values): unknown[] => encoders.map((encodeOne) => encodeOne(values))
    return { statement: sqlite.prepare<unknown[], unknown>(compiledOnce), encode }
  }
  return {
    rows<F extends Fields>(query: Queryable, fields: F) {
      const { statement, encode } = prepare(query)
      const decode = rowDecoder(fields)
      statement.raw()
      return {
        all: (values) => statement.all(...encode(values)).map(decode),
        get: (values) => {
          const row = statement.get(...encode(values))
          return row === undefined ? undefined : decode(row)
        },
      }
    },
    writes(query) {
      const { statement, encode } = prepare(query)
      return { run: (values) => statement.run(...encode(values)).changes }
    },
  }
}

function encoder(param: unknown): (values: Values) => unknown {
  if (is(param, Placeholder)) return (values) => values[param.name]
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { name } = param.value
    return (values) => param.encoder.mapToDriverValue(values[name])
  }
  return () => param
}

function rowDecoder<F extends Fields>(fields: F): (row: unknown) => RowOf<F> {
  const columns = Object.entries(fields).map(([name, field]) => ({
    name,
    decode: is(field, Column)
      ? (value: unknown) => field.mapFromDriverValue(value)
      : (value: unknown) => value,
  }))
  return (row) => {
    const values = row as readonly unknown[]
    const decoded: Record<string, unknown> = {}
    for (const [index, { name, decode }] of columns.entries()) {
      const value = values[index]
      decoded[name] = value === null ? null : decode(value)
    }
    return decoded as RowOf<F>
  }
}
