import { expect, it } from 'vitest'
import { remember } from '../../src/remember.ts'

const counted = () => {
  const texts: string[] = []
  const read = remember((text) => {
    texts.push(text)
    return text === 'none' ? null : text.length
  })
  return { read, texts }
}

it('reads a text once, be there something in it or not', () => {
  const { read, texts } = counted()
  for (const text of ['one', 'none', 'one', 'none']) expect(read(text)).toBe(text === 'none' ? null : 3)
  expect(texts).toEqual(['one', 'none'])
})

it('reads anew what it had to forget, so that it never grows for ever', () => {
  const { read, texts } = counted()
  for (let at = 0; at <= 10_000; at += 1) read(`text ${at}`)
  expect(read('text 0')).toBe(6)
  expect(texts).toHaveLength(10_002)
})
