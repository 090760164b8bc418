import { describe, expect, it } from 'vitest'
import { toModelsCsv } from './models-csv.ts'

describe('csv', () => {
  const line = (name: string) =>
    toModelsCsv([{ id: 'p/x', name }])
      .split('\r\n')
      .slice(1)
      .join('\r\n')

  it('quotes what would break a line or a field', () => {
    expect(line('one, "two"')).toContain('p/x,"one, ""two""",')
  })

  it.each(['=CMD()', '+1', '-1', '@SUM(A1)'])('keeps a spreadsheet from running %s', (name) => {
    expect(line(name)).toContain(`p/x,'${name},`)
  })

  it('leaves what is unknown empty and gives what is known as figures', () => {
    const [titles = '', values = ''] = toModelsCsv([
      {
        id: 'p/x',
        name: 'X',
        kind: 'chat',
        context_window: 8192,
        pricing: { input: 0 },
        capabilities: { tools: true, vision: false },
      },
    ]).split('\r\n')
    const field = (title: string) => values.split(',')[titles.split(',').indexOf(title)]
    expect(field('context_window')).toBe('8192')
    expect(field('input_usd_per_million')).toBe('0')
    expect(field('output_usd_per_million')).toBe('')
    expect(field('capabilities')).toBe('tools')
  })
})
