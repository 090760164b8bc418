// @ts-expect-error core is compiled without Node's types, so that no source of it can use Node; this test reads files
import { readdirSync, readFileSync } from 'node:fs'
// @ts-expect-error for the same reason
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { enrich } from './enrich.ts'
import { createKnownPrices } from './known-prices.ts'
import { sameModels } from './same-models.ts'
import type { Model } from './schema/model.ts'
import { QUOTED_FIGURES, SET_ASIDE } from './testing/quoted-figures.ts'
import { QUOTED_PAGES } from './testing/quoted-pages.ts'
import { READ_ON, readRecordedCatalogue, readRecordedLists } from './testing/recorded-lists.ts'

/** Of the providers' own pages: Mistral's changelog, Cohere's release notes, Google's announcements. */
const RELEASES: Record<string, string> = {
  'mistral/mistral-medium-2505': '2025-05-07',
  'mistral/mistral-small-2506': '2025-06-20',
  'mistral/devstral-small-2507': '2025-07-10',
  'mistral/mistral-medium-2508': '2025-08-12',
  'mistral/devstral-2512': '2025-12-09',
  'cohere/command-r-08-2024': '2024-08-30',
  'cohere/command-a-03-2025': '2025-03-13',
  'cohere/command-a-vision-07-2025': '2025-07-31',
  'cohere/command-a-reasoning-08-2025': '2025-08-21',
  'google/gemini-3-pro-preview': '2025-11-18',
  'google/gemini-3-flash-preview': '2025-12-17',
}

/** What OpenRouter now asks of these is not what it asked when the catalogue was recorded. */
const AUTHORS_WITH_LASTING_PRICES = /^openrouter\/(openai|anthropic)\/(?!gpt-oss)/

/** Prices of what was read before, as shares of the price: by their pages, of every model of theirs. */
const CACHED_SHARES: readonly [provider: string, share: number, page: string, words: string][] = [
  [
    'mistral',
    0.1,
    'https://docs.mistral.ai/studio-api/conversations/advanced/prompt-caching',
    'Cached tokens are billed at 10% of the standard input token price.',
  ],
  ['groq', 0.5, 'https://groq.com/pricing', 'Cached input tokens priced at 50% of uncached'],
  [
    'anthropic',
    0.1,
    'https://platform.claude.com/docs/en/build-with-claude/prompt-caching',
    'Cache read tokens are 0.1 times the base input tokens price',
  ],
]
/** Its cached price is quoted: 0.03, which is no tenth. */
const ROUNDED_UP = 'anthropic/claude-3-haiku-20240307'

const FIELDS: Readonly<Record<string, (model: Model) => unknown>> = {
  input: ({ pricing }) => pricing?.input,
  output: ({ pricing }) => pricing?.output,
  cached: ({ pricing }) => pricing?.cached_input,
  window: ({ context_window }) => context_window,
  most: ({ max_output_tokens }) => max_output_tokens,
  reads: ({ modalities }) => modalities?.input?.toSorted().join('+'),
  released: ({ released_at }) => released_at,
}

/** Figures by field, as `input 2.5 output 10` gives them. */
function figuresIn(text: string): [field: string, figure: string][] {
  return [...text.matchAll(/(\S+) (\S+)/g)].map(([, field = '', figure = '']) => [
    field,
    field === 'reads' ? figure.split('+').sort().join('+') : figure,
  ])
}

/** Whether the quoted words really say the figure: as it is, in thousands, or in words. */
function say(words: string, field: string, figure: string): boolean {
  if (field === 'reads') return figure.split('+').every((one) => words.toLowerCase().includes(one))
  if (field === 'released') {
    const day = new Date(figure).toLocaleDateString('en', {
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      timeZone: 'UTC',
    })
    return words.includes(figure) || words.includes(day)
  }
  const wanted = Number(figure)
  return [...words.matchAll(/([\d,]*\.?\d+)([KM]?)\b/g)].some(([, digits = '', unit]) => {
    const said = Number(digits.replaceAll(',', ''))
    if (unit === 'M') return said * 1_000_000 === wanted
    return unit === 'K' ? said === Math.floor(wanted / 1_000) : said === wanted
  })
}

/** Other people's data, and so not part of this repository. */
const lists: string | undefined = process.env.ROLLCALL_RECORDED_DIR
const catalogues: string | undefined = process.env.ROLLCALL_CATALOGUE_DIR
const isHere = Boolean(lists && catalogues)

const title = isHere
  ? 'facts about recorded lists'
  : 'facts about recorded lists: skipped, ROLLCALL_RECORDED_DIR and ROLLCALL_CATALOGUE_DIR name no folders of them'

describe.skipIf(!isHere)(title, () => {
  const recorded = isHere ? readRecordedLists((file) => readFileSync(`${lists}/${file}`)) : []
  const facts = isHere
    ? {
        catalogue: readRecordedCatalogue(readdirSync(catalogues), (file) =>
          readFileSync(`${catalogues}/${file}`),
        ),
        prices: createKnownPrices(() => READ_ON),
      }
    : {}
  const models = new Map(
    recorded.flatMap((list) => enrich(list.models, facts)).map((model) => [model.id, model] as const),
  )
  const quoted = QUOTED_FIGURES.trim().split('\n')
  const pages = QUOTED_PAGES.flatMap(({ title, says }) =>
    says
      .trim()
      .split('\n')
      .map((line) => {
        const [, id = '', figures = '', words = ''] = /^(\S+) \| ([^|]+) \| (.+)$/.exec(line) ?? []
        return { id, figures, words, title }
      }),
  )

  it('are quoted of enough models', () => {
    expect(quoted.length).toBeGreaterThanOrEqual(60)
    expect(new Set(quoted.map((line) => line.split('/')[0])).size).toBe(9)
    const paged = new Set(pages.map(({ id }) => id))
    expect(paged.size).toBeGreaterThanOrEqual(60)
    expect(new Set([...paged].map((id) => id.split('/')[0])).size).toBe(9)
  })

  it.each(pages)('$id: $figures, as $title says', ({ id, figures, words }) => {
    const model = models.get(id)
    expect(model).toBeDefined()
    for (const [field, figure] of figuresIn(figures)) {
      const known = model && FIELDS[field]?.(model)
      expect([field, String(known ?? '-')]).toEqual([field, figure])
      if (figure !== '-')
        expect([words, field, figure, say(words, field, figure)]).toEqual([words, field, figure, true])
    }
  })

  it.each(CACHED_SHARES)('%s: cached input costs the share that its page says', (provider, share) => {
    const shares = [...models.values()].flatMap(({ id, pricing: { input, cached_input: cached } = {} }) =>
      id.startsWith(`${provider}/`) && id !== ROUNDED_UP && input !== undefined && cached !== undefined
        ? [[id, cached, Number((input * share).toPrecision(6))]]
        : [],
    )
    expect(shares.length).toBeGreaterThan(2)
    for (const [id, cached, expected] of shares) expect([id, cached]).toEqual([id, expected])
  })

  it.each(SET_ASIDE)('another source is not followed: $why', ({ figures }) => {
    for (const line of figures.trim().split('\n')) {
      const [id = '', ...rest] = line.split(' ')
      const model = models.get(id)
      expect([id, model !== undefined]).toEqual([id, true])
      for (const [field, figure] of figuresIn(rest.join(' ')))
        expect([id, field, model && FIELDS[field]?.(model)]).not.toEqual([id, field, Number(figure)])
    }
  })

  it.each(quoted.map((line) => line.split(' ')))(
    '%s: every figure as a third source has it',
    (id = '', ...figures) => {
      const model = models.get(id)
      const known = [
        model?.pricing?.input,
        model?.pricing?.output,
        model?.pricing?.cached_input,
        model?.context_window,
        model?.max_output_tokens,
      ]
      const compared = figures.map((figure, index) => (figure === '-' ? '-' : String(known[index])))
      expect(compared).toEqual(figures)
    },
  )

  it.each(Object.entries(RELEASES))('%s was released on %s', (id, date) => {
    expect(models.get(id)?.released_at).toBe(date)
  })

  it.each<[string, (model: Model) => unknown, unknown]>([
    // the package still has the price of the model that this name stood for before
    ['mistral/mistral-large-latest', ({ pricing }) => pricing?.input, 0.5],
    ['mistral/codestral-latest', ({ pricing }) => pricing?.output, 0.9],
    // the catalogue has the one of 2024 there
    ['mistral/ministral-8b-latest', ({ pricing }) => pricing?.input, 0.15],
    ['mistral/mistral-large-2512', ({ released_at }) => released_at, undefined],
    // moved on since the catalogue was written
    [
      'google/gemini-flash-latest',
      ({ pricing, released_at }) => [pricing, released_at],
      [undefined, undefined],
    ],
    ['mistral/devstral-medium-latest', ({ released_at }) => released_at, '2025-12-09'],
    // months without a day, and days of a preview
    ['mistral/mistral-large-2411', ({ released_at }) => released_at, undefined],
    ['google/gemini-2.5-pro', ({ released_at }) => released_at, undefined],
    ['together/zai-org/GLM-4.7', ({ released_at }) => released_at, undefined],
    // dearer than what it is a discount of
    ['openai/gpt-3.5-turbo', ({ pricing }) => pricing, { input: 0.5, output: 1.5 }],
    // another snapshot than the one the undated name means
    ['openai/gpt-4o-2024-05-13', ({ pricing }) => pricing?.input, 5],
    ['openai/gpt-3.5-turbo-1106', ({ pricing }) => pricing?.output, 2],
    // not a date: it is another model, with a price of its own
    ['fireworks/accounts/fireworks/models/kimi-k2-instruct-0905', ({ pricing }) => pricing, undefined],
    // what embeddings put out are no tokens, and cost nothing
    [
      'openai/text-embedding-3-small',
      (model) => [model.max_output_tokens, model.pricing?.output],
      [undefined, undefined],
    ],
    // of the model without -chat
    [
      'openai/gpt-5-chat-latest',
      (model) => [model.context_window, model.max_output_tokens, model.capabilities?.reasoning],
      [undefined, undefined, undefined],
    ],
    // for trial alone: who wants more asks sales
    ['cohere/command-a-reasoning-08-2025', ({ pricing }) => pricing, undefined],
    // rounded or outdated in the catalogue
    ['openai/gpt-4.1-nano', ({ pricing }) => pricing?.cached_input, 0.025],
    ['google/gemini-2.5-pro', ({ pricing }) => pricing?.cached_input, 0.125],
    // pictures are not paid by their tokens alone
    ['google/gemini-2.5-flash-image', ({ pricing }) => pricing, undefined],
    // rented whole, which the wire calls 0
    ['together/mistralai/Mixtral-8x7B-Instruct-v0.1', ({ pricing }) => pricing?.input, 0.6],
    ['together/Qwen/Qwen2.5-14B', ({ pricing }) => pricing, undefined],
    ['openrouter/openrouter/auto', ({ pricing }) => pricing, undefined],
  ])('%s is no trap', (id, read, expected) => {
    const model = models.get(id)
    expect(model).toBeDefined()
    expect(model && read(model)).toEqual(expected)
  })

  it('fills OpenRouter’s output prices, once taken away, with those it said itself', () => {
    const own = recorded.find(({ provider_key }) => provider_key === 'openrouter')?.models ?? []
    const lasting = own.filter(({ id }) => AUTHORS_WITH_LASTING_PRICES.test(id))
    const bare = lasting.map((model) => {
      const { pricing: { input } = {}, ...rest } = model
      return { ...rest, pricing: { ...(input === undefined ? {} : { input }) } }
    })
    const filled = enrich(bare, facts).flatMap((model, index) =>
      model.pricing?.output === undefined
        ? []
        : [[model.id, model.pricing.output, lasting[index]?.pricing?.output]],
    )
    expect(filled.length).toBeGreaterThan(20)
    for (const [id, price, said] of filled) expect([id, price]).toEqual([id, said])
  })

  it('says of what Together’s models read the same as OpenRouter says of them', () => {
    const groups = sameModels(recorded, facts.catalogue)
    const pairs = [...models.values()].flatMap((model) => {
      const reads = model.modalities?.input
      const other = groups.get(model.id)?.find((id) => id.startsWith('openrouter/'))
      return model.id.startsWith('together/') && reads && other ? [[model.id, reads, other] as const] : []
    })
    expect(pairs.length).toBeGreaterThan(5)
    const known = new Map(recorded.flatMap((list) => list.models).map((model) => [model.id, model]))
    for (const [id, reads, other] of pairs) {
      const said = known.get(other)?.modalities?.input ?? []
      expect([id, [...reads].filter((one) => one !== 'video').sort()]).toEqual([
        id,
        said.filter((one) => one !== 'video').sort(),
      ])
    }
  })
})
