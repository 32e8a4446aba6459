import { expect, it } from 'vitest'
import { spaceFound, stateFound } from '../../src/doctor/check-database.ts'
import type { DatabaseState } from '../../src/store/sqlite/look-at-database.ts'

const found = (state: DatabaseState, isRunning = false): string => {
  const [{ result = '', says = '' } = {}] = stateFound({ file: '/data/baton.db', state, isRunning })
  return `${result}: ${says}`
}

it.each<readonly [DatabaseState, RegExp]>([
  [{ kind: 'sound' }, /^ok: \/data\/baton\.db is whole, up to date, and takes writes\.$/],
  [{ kind: 'older' }, /^ok: .* the next start brings it up to date\.$/],
  [{ kind: 'newer' }, /^wrong: A newer Baton has worked on \/data\/baton\.db\. Start that version/],
  [{ kind: 'broken' }, /^wrong: SQLite finds \/data\/baton\.db damaged\. .* npm run restore\.$/],
  [
    { kind: 'unreadable', code: 'SQLITE_NOTADB' },
    /^wrong: .*cannot be opened as a database \(SQLITE_NOTADB\)/,
  ],
  [
    { kind: 'not-writable', code: 'SQLITE_READONLY' },
    /^wrong: \/data\/baton\.db can be read and not written \(SQLITE_READONLY\)\. .*chown.* full or read-only\.$/,
  ],
  [{ kind: 'busy' }, /^unknown: Somebody else has been writing .* Run the doctor again in a minute\.$/],
])('says of a database that is $kind whether that is right, and what to do', (state, says) => {
  expect(found(state)).toMatch(says)
})

it('does not let a running Baton be older than the files here', () => {
  expect(found({ kind: 'older' }, true)).toMatch(/^wrong: The running Baton is older .* Restart it\.$/)
})

const MB = 1_000_000

it.each([
  [
    49 * MB,
    0,
    'wrong',
    /^49 MB are free where the database is\. Make room, or nothing can be decided soon\.$/,
  ],
  [50 * MB, 0, 'warning', /^50 MB are free .* That is little: make room\.$/],
  [499 * MB, 0, 'warning', /^499 MB/],
  [500 * MB, 0, 'ok', /^500 MB are free where the database is\.$/],
  [1_999 * MB, 1_000 * MB, 'warning', /^1,999 MB are free .* make room\.$/],
  [2_000 * MB, 1_000 * MB, 'ok', /^2,000 MB are free/],
])('finds %i bytes beside a database of %i %s', (free, size, result, says) => {
  expect(spaceFound({ free, size })).toEqual([
    { check: 'Disk space', result, says: expect.stringMatching(says) },
  ])
})
