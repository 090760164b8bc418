import { authorise, PROVIDERS } from '@rollcall/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createKeyWatch } from './key-watch.ts'
import { keyOf } from './testing/ask-simulator.ts'

const SECRET = 'sk-watched-0123456789'
const [provider] = PROVIDERS
if (!provider) throw new Error('there is no provider')
const echoes = authorise(provider, keyOf(SECRET))

/** What is shown of these pieces, and whether the key was seen. */
function watch(pieces: string[]): { shown: string; isSeen: boolean } {
  const { pass, rest } = createKeyWatch(echoes)
  let shown = ''
  for (const piece of pieces) {
    const text = pass(piece)
    if (text === undefined) return { shown, isSeen: true }
    shown += text
  }
  return { shown: shown + rest(), isSeen: false }
}

/** A text cut at these places. */
function cut(text: string, places: number[]): string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b)
  return [0, ...ends].map((start, index) => text.slice(start, ends[index]))
}

const places = fc.array(fc.nat(200))

it('shows every text that does not hold the key, whole and in order', () => {
  const nearly = fc.constantFrom('s', 'sk', 'sk-watched', SECRET.slice(0, -1), SECRET.slice(1), ' ', '世界')
  fc.assert(
    fc.property(fc.array(nearly), places, (words, at) => {
      const text = words.join(' ')
      expect(watch(cut(text, at))).toEqual({ shown: text, isSeen: false })
    }),
  )
})

it('shows nothing of the key, however it is cut', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), places, (before, after, at) => {
      const { shown, isSeen } = watch(cut(before + SECRET + after, at))
      expect(isSeen).toBe(true)
      expect(before.startsWith(shown)).toBe(true)
    }),
  )
})

it('sees it in disguise as well', () => {
  const text = `x ${btoa(SECRET)} y`
  expect(watch([...text]).isSeen).toBe(true)
  expect(watch([...text.slice(0, 10)]).isSeen).toBe(false)
})
