import { sendFixed, sendText } from '../exchange.ts'
import type { Entry, ListRoute } from '../stand-in.ts'
import type { ListAnswer } from '../well-answer.ts'
import type { HttpFault } from './fault.ts'
import { http } from './fault.ts'
import { entries, identified, named, onList } from './list-fault.ts'
import { streamEntries } from './stream-entries.ts'

const MEGABYTE = 1_000_000
const MANY_MODELS = 100_000

/** The envelope with something else where its entries should be. */
function envelope(row: string, title: string, change: (list: ListAnswer) => unknown): HttpFault {
  return onList(row, title, (exchange, list) => sendText(exchange, JSON.stringify(change(list))))
}

function instead(value: unknown) {
  return ({ route, page }: ListAnswer): unknown => {
    if (!route.listField) return value === undefined ? {} : value
    return { ...(route.envelope(page) as Entry), [route.listField]: value }
  }
}

function swapped({ route, page }: ListAnswer): unknown {
  return route.listField ? page.entries : { object: 'list', data: page.entries }
}

function firstId(models: Entry[], { idField }: ListRoute): string {
  return String(models[0]?.[idField])
}

function withOddIds(models: Entry[], { idField }: ListRoute): Entry[] {
  const { [idField]: _id, ...nameless } = models[0] ?? {}
  const odd = ['', 42, { nested: 'id' }, null, ['id'], true].map((id) => ({ ...nameless, [idField]: id }))
  return [nameless, ...models, ...odd]
}

function withTwins(models: Entry[], route: ListRoute): Entry[] {
  const [first = {}, second = {}] = models
  const other = Object.fromEntries(
    Object.entries(second).map(([name, value]) => [name, typeof value === 'number' ? value + 1 : value]),
  )
  const { idField, idPrefix = '' } = route
  const id = firstId(models, route)
  const caseTwin = { ...first, [idField]: idPrefix + id.slice(idPrefix.length).toUpperCase() }
  return [...models, first, other, { ...second, description: 'the same id, other words' }, caseTwin]
}

const prototypeNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

function withPrototypeNames(models: Entry[], route: ListRoute): Entry[] {
  // Only JSON.parse makes these plain members.
  const keys: Entry = JSON.parse(
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1}',
  )
  return [...models, ...identified(models, route, prototypeNames), { ...models[0], ...keys }]
}

const invisible = [
  'right-to-left \u202e override',
  'zero\u200bwidth\u200djoined\ufeff',
  'bell\u0007 and escape\u001b[31mred\u001b[0m',
  'terminal title \u001b]0;owned\u0007',
  'link \u001b]8;;http://evil.example\u001b\\here\u001b]8;;\u001b\\',
  'C1 \u009b31m control',
  'nul\u0000byte',
  'isolate \u2066hidden\u2069',
]

const markup = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '![picture](http://evil.example/track.png)',
  '[click](javascript:alert(1))',
  '=HYPERLINK("http://evil.example","prize")',
  '=CMD()',
  '+1+1',
  '@SUM(A1)',
  '-2+3',
]

const pathLike = [
  'a/b/c',
  '../../etc/passwd',
  'what?limit=1',
  'half#fragment',
  '100%25',
  '%2e%2e%2f',
  'new\nline',
  'a b',
  '.',
]

const foreign = [
  'openai/gpt-5.5',
  'anthropic/claude-opus-5',
  'google/gemini-3.5-flash',
  'openai:gpt-5.5',
  'groq/groq/compound',
]

const contextFields = [
  'context_window',
  'context_length',
  'contextLength',
  'max_context_length',
  'inputTokenLimit',
  'max_input_tokens',
]
const dateFields = ['created', 'created_at', 'createTime']

/** The first entries with figures nobody can believe. */
function withWildFigures(models: Entry[]): Entry[] {
  const wild = [-1, 9e15, 0.5, '128000']
  return models.map((model, position) => {
    const figure = wild[position]
    if (figure === undefined) return model
    const changed: Entry = { ...model }
    for (const name of contextFields) if (name in model) changed[name] = figure
    for (const name of dateFields)
      if (name in model) changed[name] = name === 'created' ? 253_402_300_799 : '9999-12-31T23:59:59Z'
    if ('pricing' in model) changed.pricing = wildPricing(model.pricing, position)
    return changed
  })
}

function wildPricing(pricing: unknown, position: number): unknown {
  if (position > 1 || typeof pricing !== 'object' || pricing === null)
    return position % 2 === 0 ? 'free' : [1, 2]
  const otherType = (value: unknown) => (typeof value === 'number' ? String(value) : { amount: value })
  const negative = (value: unknown) => (typeof value === 'number' ? -3 : '-0.5')
  return Object.fromEntries(
    Object.entries(pricing).map(([name, value]) => [
      name,
      position === 0 ? otherType(value) : negative(value),
    ]),
  )
}

function withHugeName(models: Entry[], route: ListRoute): Entry[] {
  return [...models, ...named(models, route, ['N'.repeat(MEGABYTE)])]
}

/** G: JSON whose content is not what it should be. */
export const entryFaults = {
  G1: envelope('G1', 'array for object, object for array', swapped),
  'G2-missing': envelope('G2', 'the list is missing', instead(undefined)),
  'G2-null': envelope('G2', 'the list is null', instead(null)),
  'G2-object': envelope('G2', 'the list is an object', instead({ '0': { id: 'not-a-list' } })),
  'G2-string': envelope('G2', 'the list is a string', instead('not a list')),
  G3: http('G3', "200 with the provider's bad-key error", (exchange) =>
    sendFixed(exchange, { ...exchange.standIn.errors.badKey('sim-rejected-key-0000'), status: 200 }),
  ),
  'G3-other': http('G3', '200 with an error nobody knows', (exchange) =>
    sendFixed(exchange, {
      status: 200,
      body: exchange.standIn.errors.shape(418, 'The moon is in the wrong house.'),
    }),
  ),
  G4: entries('G4', 'null, number, string and array entries among good ones', (models) => [
    null,
    42,
    ...models,
    'a string',
    ['an', 'array'],
    true,
  ]),
  G5: entries('G5', 'missing, empty, number and object ids among good ones', withOddIds),
  G6: entries('G6', 'equal duplicates, unequal duplicates and a twin in capitals', withTwins),
  G7: entries('G7', '__proto__, constructor and toString as ids and keys', withPrototypeNames),
  G8: entries('G8', 'bidi, zero-width, control and escape characters', (models, route) => [
    ...models,
    ...named(models, route, invisible),
  ]),
  G9: entries('G9', 'HTML, markdown and spreadsheet formulas', (models, route) => [
    ...models,
    ...named(models, route, markup),
  ]),
  G10: entries('G10', 'ids with slashes, dots, ?, #, % and a line break', (models, route) => [
    ...models,
    ...identified(models, route, pathLike),
  ]),
  G11: entries('G11', 'a name of one megabyte', withHugeName),
  G12: onList('G12', '100,000 minimal models', (exchange, list) => {
    const { idField, idPrefix = '' } = list.route
    return streamEntries(exchange, list, (index) => `{"${idField}":"${idPrefix}minimal-${index}"}`, {
      count: MANY_MODELS,
    })
  }),
  G13: entries('G13', 'an empty list', () => []),
  G14: entries('G14', 'a list of less than half its size', (models) =>
    models.slice(0, Math.ceil(models.length * 0.4)),
  ),
  G15: entries(
    'G15',
    'negative and huge figures, prices of the wrong type, births in the far future',
    withWildFigures,
  ),
  G16: entries('G16', "ids that claim another provider's names", (models, route) => [
    ...models,
    ...identified(models, route, foreign),
  ]),
} satisfies Record<string, HttpFault>
