import { expect, it } from 'vitest'
import { asMs, benchmarksPage, comparison, figure } from '../../bench/report.ts'

const rounds = { ours: [2, 4, 6], bare: [1, 2, 2] }

it('a table has the columns in which a line says something', () => {
  const page = benchmarksPage(
    ['one machine'],
    [
      { title: 'Promised', lines: [comparison('a claim', rounds, asMs, { atMost: 1.5 })] },
      { title: 'Not promised', lines: [comparison('a claim', rounds, asMs)] },
      { title: 'Alone', lines: [figure('a start', 900, asMs, 1_000), figure('its CPU time', 950, asMs)] },
    ],
  )
  const [, ...parts] = page.split('\n## ')
  expect(parts.map((part) => part.trim().split('\n').slice(2))).toEqual([
    [
      '|         |   Baton |    bare |   ratio (min–max) | target |        |',
      '| ------- | ------: | ------: | ----------------: | -----: | -----: |',
      '| a claim | 4.00 ms | 2.00 ms | 2.00× (2.00–3.00) | ≤ 1.5× | MISSED |',
    ],
    [
      '|         |   Baton |    bare |   ratio (min–max) |',
      '| ------- | ------: | ------: | ----------------: |',
      '| a claim | 4.00 ms | 2.00 ms | 2.00× (2.00–3.00) |',
    ],
    [
      '|              |  Baton |    target |     |',
      '| ------------ | -----: | --------: | --: |',
      '| a start      | 900 ms | ≤ 1000 ms | met |',
      '| its CPU time | 950 ms |           |     |',
    ],
  ])
})
