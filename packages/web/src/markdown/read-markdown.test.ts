import { describe, expect, it } from 'vitest'
import type { Block } from './nodes.ts'
import { readMarkdown } from './read-markdown.ts'

function blocksOf(source: string): Block[] {
  return readMarkdown(source).flatMap(({ block }) => block ?? [])
}

describe('reading Markdown', () => {
  it.each<[string, string, Block]>([
    ['a heading', '## Two', { type: 'heading', level: 2, children: ['Two'] }],
    [
      'marks',
      '*a* **b** ~~c~~ `d`',
      {
        type: 'paragraph',
        children: [
          { type: 'em', children: ['a'] },
          ' ',
          { type: 'strong', children: ['b'] },
          ' ',
          { type: 'del', children: ['c'] },
          ' ',
          { type: 'code', text: 'd' },
        ],
      },
    ],
    ['code, also before its end', '```js title\nx <b>', { type: 'code', language: 'js', text: 'x <b>' }],
    [
      'a list that begins at three',
      '3. a',
      {
        type: 'list',
        start: 3,
        items: [{ isDone: null, children: [{ type: 'paragraph', children: ['a'] }] }],
      },
    ],
    [
      'tasks',
      '- [x] a',
      {
        type: 'list',
        start: null,
        items: [{ isDone: true, children: [{ type: 'paragraph', children: ['a'] }] }],
      },
    ],
    [
      'a table',
      '|a|b|\n|-|-:|\n|c<br>d|e|',
      {
        type: 'table',
        align: [null, 'right'],
        header: [['a'], ['b']],
        rows: [[['c', { type: 'break' }, 'd'], ['e']]],
      },
    ],
    ['entities', '&lt;b&gt; &amp;amp;', { type: 'paragraph', children: ['<b> &amp;'] }],
    [
      'a link as a browser asks for it',
      '[a](https://ex\u00e4mple.com/\u202e)',
      {
        type: 'paragraph',
        children: [{ type: 'link', address: 'https://xn--exmple-cua.com/%E2%80%AE', children: ['a'] }],
      },
    ],
  ])('knows %s', (_, source, block) => {
    expect(blocksOf(source)).toEqual([block])
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '![a picture](https://example.com/x.png)',
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](data:text/html,x)',
    '[a](vbscript:x)',
    '[a](//example.com/)',
    '[a](/settings)',
    '[a](https://somebody:secret@example.com/)',
    '<javascript:alert(1)>',
    'mailto:a@example.com',
    'a@example.com',
    '[a][b]',
    '<!-- not seen -->',
  ])('leaves %s as it was written', (source) => {
    const [block] = blocksOf(source)
    expect(
      block && 'text' in block ? block.text : block && 'children' in block && block.children.join(''),
    ).toBe(source)
  })

  it('shows where a definition leads instead of using it', () => {
    expect(JSON.stringify(blocksOf('[a][b]\n\n[b]: https://example.com/'))).toContain('[b]: ')
  })

  it('accounts for every character of the source', () => {
    const source =
      '\n\n# a\n\n- b\n\n  c\n- d\n\n> e\nf\n***\n\n<p>\n\n```\n\n\ng\n```\n\n\n|h|\n|-|\n\ni  \nj\n\n    k\n'
    expect(readMarkdown(source).reduce((sum, { length }) => sum + length, 0)).toBe(source.length)
  })

  it('shows what is nested too deep, or too much for one block, as it was written', () => {
    const deep = `${'> '.repeat(30)}a`
    expect(JSON.stringify(blocksOf(deep))).toContain('"type":"text"')
    const many = '*a* '.repeat(3_000)
    expect(blocksOf(many)).toEqual([{ type: 'text', text: expect.stringContaining('*a* *a*') }])
    expect(() => readMarkdown('>'.repeat(50_000))).toThrow()
  })
})
