import { stripVTControlCharacters } from 'node:util'
import type { Model } from '@rollcall/core/schema'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { toTable } from './table.ts'

const MODELS: Model[] = [
  {
    id: 'openai/gpt-4o',
    name: 'GPT-4o',
    kind: 'chat',
    context_window: 128_000,
    max_output_tokens: 16_384,
    pricing: { input: 2.5, output: 10 },
    released_at: '2024-05-10T18:50:49Z',
  },
  {
    id: 'fireworks/accounts/fireworks/models/a-model-with-quite-a-long-name-indeed',
    name: '通义千问 超大规模语言模型 👩‍👩‍👧 with a long name that does not end soon',
    kind: 'embedding',
    pricing: { input: 0.0028, output: 0 },
  },
]

const lines = (width: number) => stripVTControlCharacters(toTable(MODELS, width)).split('\n')

describe('the table', () => {
  it.each([20, 40, 60, 80, 100, 120, 160, 300])('fits %i cells', (width) => {
    for (const line of lines(width)) expect(stringWidth(line), line).toBeLessThanOrEqual(width)
    expect(lines(width)).toHaveLength(3)
  })

  it('is aligned, also beside characters of two cells', () => {
    const [titles = '', ...rows] = lines(300)
    const kindAt = titles.indexOf('KIND')
    for (const row of rows) {
      const before = row.slice(0, row.search(/chat|embedding/))
      expect(stringWidth(before)).toBe(kindAt)
    }
  })

  it('shows figures shortly and what is unknown as a dash', () => {
    const [, first = '', second = ''] = lines(300)
    expect(first).toMatch(/128k +16k +\$2\.50 +\$10 +2024-05-10$/)
    expect(second).toMatch(/— +— +\$0\.0028 +free +—$/)
  })

  it('leaves columns out rather than the id, and cuts the id last', () => {
    expect(lines(300)[0]).toMatch(/MODEL +NAME +KIND +CONTEXT +MAX OUT +IN \$\/M +OUT \$\/M +RELEASED/)
    expect(lines(60)[0]).toMatch(/^MODEL/)
    expect(lines(60)[0]).not.toContain('RELEASED')
    expect(lines(60)[1]).toContain('openai/gpt-4o')
    expect(lines(20)[2]).toMatch(/^fireworks.*…$/)
  })
})
