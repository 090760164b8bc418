import { describe, expect, it } from 'vitest'
import { markedParts } from './model-picker-marked.tsx'

const marked = (text: string, ...words: string[]) =>
  markedParts(text, words)
    .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
    .join('')

describe('markedParts', () => {
  it('marks every place of every word, whatever its case', () => {
    expect(marked('GPT-4o gpt', 'gpt', '4')).toBe('[GPT]-[4]o [gpt]')
    expect(marked('anana', 'ana')).toBe('[ana]na')
    expect(marked('none')).toBe('none')
  })

  it('marks nothing where folding moves the letters', () => {
    expect(marked('ﬁx', 'x')).toBe('ﬁx')
  })
})
