import { describe, expect, it } from 'vitest'
import { createGrowingMarkdown, type ReadMarkdown, type ReadSource } from './growing-markdown.ts'
import { readMarkdown } from './read-markdown.ts'

const TEXT = `# One

Some *words*
of one paragraph
===

- a

- b
  1. c

> d

\`\`\`ts
const e = 1

const f = 2
\`\`\`

| g | h |
|---|---|
| i | j |

The end.`

function arrange(read: ReadSource = async (source) => readMarkdown(source)) {
  const asked: string[] = []
  const shown: ReadMarkdown[] = []
  const growing = createGrowingMarkdown(
    (source) => {
      asked.push(source)
      return read(source)
    },
    (now) => shown.push(now),
  )
  return { growing, asked, shown }
}

/** All that was begun has ended. */
const idle = () => new Promise((resolve) => setTimeout(resolve))

describe('Markdown that grows', () => {
  it.each([1, 3, 7, 1000])('shows the same in the end, %i characters at a time', async (size) => {
    const { growing, shown, asked } = arrange()
    for (let end = size; end < TEXT.length + size; end += size) {
      growing.grow(TEXT.slice(0, end))
      await idle()
    }
    const whole = arrange()
    whole.growing.grow(TEXT)
    await idle()
    expect(shown.at(-1)).toEqual(whole.shown.at(-1))
    // what has ended is not read again
    expect(Math.max(...asked.map((source) => source.length))).toBeLessThan(size === 1000 ? 1000 : 100)
  })

  it('keeps what stays the same as the same object', async () => {
    const { growing, shown } = arrange()
    growing.grow('a\n\nb\n\nc')
    await idle()
    growing.grow('a\n\nb\n\nc d')
    await idle()
    growing.grow('a\n\nb\n\nc d\n\ne')
    await idle()
    expect(shown[2]?.blocks[0]).toBe(shown[1]?.blocks[0])
    expect(shown[2]?.blocks.map(({ at }) => at)).toEqual([0, 3, 6, 11])
  })

  it('reads one source at a time, and then what has come meanwhile', async () => {
    let answer: () => void = () => undefined
    const { growing, asked } = arrange(async (source) => {
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      return readMarkdown(source)
    })
    for (const text of ['a', 'a b', 'a b c']) growing.grow(text)
    expect(asked).toEqual(['a'])
    answer()
    await idle()
    expect(asked).toEqual(['a', 'a b c'])
  })

  it('gives up on what cannot be read, and keeps what was', async () => {
    const { growing, shown, asked } = arrange(async (source) =>
      source.includes('>>>') ? null : readMarkdown(source),
    )
    growing.grow('a\n\nb')
    await idle()
    growing.grow('a\n\nb\n\n>>>')
    await idle()
    growing.grow('a\n\nb\n\n>>> c')
    await idle()
    expect(shown.at(-1)).toMatchObject({ blocks: [{ at: 0 }], end: 3, isGivenUp: true })
    expect(asked).toHaveLength(2)
  })

  it('does not begin with what is too long', async () => {
    const { growing, shown, asked } = arrange()
    growing.grow('a\n\n'.repeat(40_000))
    await idle()
    expect(asked).toEqual([])
    expect(shown).toEqual([{ blocks: [], end: 0, isGivenUp: true }])
  })
})
