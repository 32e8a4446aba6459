import { expect, it } from 'vitest'
import { fullDisk } from '../faults/disks.ts'
import { playRow } from '../faults/play-row.ts'

it('Answered means kept: what people do while the disk is full is refused or kept, and all agrees once it is not', {
  timeout: 120_000,
}, async () => {
  expect(await playRow({ ...fullDisk, runs: 1 })).toMatchObject({ lost: [], doubled: [], disagreements: [] })
})
