import { expect, it } from 'vitest'
import { resultOf } from '../faults/play-adapters.ts'
import { isClean } from '../faults/play-row.ts'
import type { Result } from '../faults/row.ts'
import { faultsPage } from '../faults/table.ts'

const result = (what: string, over: Partial<Result> = {}): Result => ({
  what,
  runs: 1,
  acknowledged: 7,
  lost: [],
  doubled: [],
  disagreements: [],
  ...over,
})
/** The cells of the table. */
const rows = (page: string): readonly (readonly string[])[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

it('The page has what was found now, in order, keeps what it says of other lines, and forgets lines that there are no more', () => {
  const lines = ['one', 'new', 'three']
  const before = faultsPage([result('one'), result('gone'), result('three')], {
    lines: ['one', 'gone', 'three'],
    before: '',
  })
  const now = faultsPage(
    [result('new', { acknowledged: null, lost: null, doubled: null }), result('three', { lost: ['it'] })],
    { lines, before },
  )
  expect(rows(now)).toEqual([
    ['one', '1', '7', '0', '0', '0'],
    ['new', '1', '–', '–', '–', '0'],
    ['three', '1', '7', '1', '0', '0'],
  ])
})

it('The page says on which machine it was written last', () => {
  const before = faultsPage([result('one')], { lines: ['one'], before: '' }).replace(
    /last on .*,/,
    'last on an abacus,',
  )
  expect(faultsPage([], { lines: ['one'], before })).not.toContain('abacus')
})

it.each<readonly [what: string, report: object, runs: number, disagreements: readonly string[]]>([
  [
    'tests that pass',
    {
      success: true,
      testResults: [
        { status: 'passed', message: '', assertionResults: [{ fullName: 'a', status: 'passed' }] },
      ],
    },
    1,
    [],
  ],
  [
    'a test that fails',
    {
      success: false,
      testResults: [
        { status: 'failed', message: '', assertionResults: [{ fullName: 'a', status: 'failed' }] },
      ],
    },
    1,
    ['a'],
  ],
  [
    'a file that cannot be loaded',
    { success: false, testResults: [{ status: 'failed', message: 'no such adapter', assertionResults: [] }] },
    0,
    ['no such adapter'],
  ],
  ['no file', { success: false, testResults: [] }, 0, ['the tests were not run']],
  [
    'a file without a test',
    { success: true, testResults: [{ status: 'passed', assertionResults: [] }] },
    0,
    ['the tests were not run'],
  ],
])("An adapter's line counts %s, and calls nothing else clean", (_what, report, runs, disagreements) => {
  const found = resultOf('one', report)
  expect(found).toEqual({ what: 'one', runs, acknowledged: null, lost: null, doubled: null, disagreements })
  expect(isClean(found)).toBe(disagreements.length === 0)
})
