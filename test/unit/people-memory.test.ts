import { expect, it } from 'vitest'
import { createPeopleMemory } from '../../src/store/sqlite/people-memory.ts'

it('What was read of people is kept, but nothing that was read while a transaction changes them, which may be rolled back', () => {
  let committed = (): void => undefined
  const memory = createPeopleMemory({ onCommit: (listener) => (committed = listener) })
  let name = 'Ann'
  let reads = 0
  const nameOf = memory.remember((account: string, user: string) => {
    reads += 1
    return `${account} ${user} ${name}`
  })
  const read = () => nameOf('wamm', 'U1')
  expect([read(), read(), reads]).toEqual(['wamm U1 Ann', 'wamm U1 Ann', 1])
  expect(nameOf('wamm', 'U2')).toBe('wamm U2 Ann')

  memory.changing()
  name = 'Anna'
  expect(read()).toBe('wamm U1 Anna')
  // Rolled back.
  name = 'Ann'
  committed()
  expect([read(), nameOf('wamm', 'U2')]).toEqual(['wamm U1 Ann', 'wamm U2 Ann'])
  reads = 0
  expect([read(), reads]).toEqual(['wamm U1 Ann', 0])
})
