import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api'
import { expect, it } from 'vitest'
import * as schema from '../../src/store/sqlite/schema.ts'

it('the migrations make exactly the schema in the code', async () => {
  const meta = fileURLToPath(new URL('../../migrations/meta', import.meta.url))
  const newest = globSync('*_snapshot.json', { cwd: meta }).sort().at(-1) ?? ''
  const migrated = JSON.parse(readFileSync(join(meta, newest), 'utf8'))
  const wanted = await generateSQLiteDrizzleJson(schema, migrated.id)
  expect(await generateSQLiteMigration(migrated, wanted)).toEqual([])
})
