import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Words } from './words.ts'

describe('words', () => {
  it('are what was added, from any place on, whenever one looks', () => {
    const step = fc.oneof(
      fc.string().map((piece) => ({ piece })),
      fc.nat(60).map((offset) => ({ offset })),
      fc.constant({ whole: true }),
    )
    fc.assert(
      fc.property(fc.string(), fc.array(step), (beginning, steps) => {
        const words = new Words(beginning)
        let text = beginning
        for (const one of steps) {
          if ('piece' in one) {
            words.add(one.piece)
            text += one.piece
          } else if ('offset' in one) expect(words.from(one.offset)).toBe(text.slice(one.offset))
          else expect(words.whole()).toBe(text)
          expect(words.length).toBe(text.length)
        }
        expect(words.from(0)).toBe(text)
      }),
    )
  })
})
