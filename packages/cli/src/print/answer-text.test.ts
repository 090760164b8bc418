import { expect, it } from 'vitest'
import { createAnswerText } from './answer-text.ts'

function written(pieces: readonly string[], isTerminal: boolean): string {
  const text = createAnswerText({ isTerminal })
  return pieces.map(text.pass).join('') + text.rest()
}

it.each<[string, string[], string]>([
  ['lines and tabs', ['a\n', '\tb'], 'a\n\tb'],
  ['line ends of Windows', ['a\r', '\nb\r\nc'], 'a\nb\nc'],
  ['a line that would be written over', ['good\rbad'], 'good\\u{d}bad'],
  ['one at the end', ['a\r'], 'a\\u{d}'],
  ['a sequence in pieces', ['a\u001b', '[2Jb'], 'a\\u{1b}[2Jb'],
  ['its one-character form', ['\u009b31m'], '\\u{9b}31m'],
  ['a turned direction', ['a\u202eb\u2066c'], 'a\\u{202e}b\\u{2066}c'],
  ['unseen letters', ['a\u{e0041}\u200b\ufeff'], 'a\\u{e0041}\\u{200b}\\u{feff}'],
  ['a character in halves', ['a\ud83d', '\ude00b'], 'a😀b'],
  ['half a character', ['a\ud83d'], 'a\\u{d83d}'],
  ['a family', ['👩\u200d👩\u200d👧'], '👩\u200d👩\u200d👧'],
])('at a terminal shows %s', (_, pieces, shown) => {
  expect(written(pieces, true)).toBe(shown)
})

it('elsewhere leaves everything as it is, but whole', () => {
  const pieces = ['a\r', '\n\u001b[2J\ud83d', '\ude00\u202e']
  expect(written(pieces, false)).toBe(pieces.join(''))
  expect(createAnswerText({ isTerminal: false }).pass('a\ud83d')).toBe('a')
})
