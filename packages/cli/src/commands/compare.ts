import { styleText } from 'node:util'
import { PROVIDERS } from '@rollcall/core'
import type { AvailableModels, Model } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { askProviders } from '../ask-providers.ts'
import { atServer } from '../at-server.ts'
import { findModels } from '../find-models.ts'
import { EXIT, type FactsOptions, refuseLocalOptions, requireKeys } from '../models-options.ts'
import { toColumns } from '../print/columns.ts'
import { type Fact, factsOf } from '../print/facts.ts'
import { toSafeJson } from '../print/safe-json.ts'
import { UsageError } from '../usage-error.ts'

const FEWEST = 2
const MOST = 6

/** Prints some models side by side: what differs, and which figure is the best. */
export async function compareCommand(names: readonly string[], options: FactsOptions): Promise<number> {
  const different = new Set(names)
  if (different.size < FEWEST || different.size > MOST) {
    throw new UsageError(
      `Name from ${FEWEST} to ${MOST} different models, such as openai/gpt-4o groq/llama-3.3-70b-versatile.`,
    )
  }
  const { demo, timeout, catalogue, json, server } = options
  const print = (answer: AvailableModels) => {
    const models = findModels(answer, names)
    const rows = factsOf(models)
    if (json) process.stdout.write(`${toSafeJson(toComparison(models, rows))}\n`)
    else process.stdout.write(toText(models, rows))
    return EXIT.answered
  }
  if (server !== undefined) {
    refuseLocalOptions(options)
    return atServer(server, ({ call }) => call('availableModels', {}), print)
  }
  const named = PROVIDERS.filter(({ key }) => names.some((name) => name.startsWith(`${key}/`)))
  // a name that does not begin with a provider may be anybody's
  const areAllNamed = names.every((name) => named.some(({ key }) => name.startsWith(`${key}/`)))
  const wanted = areAllNamed ? named : undefined
  return askProviders({ wanted, demo, timeout, catalogue, isTold: !json }, ({ answer, withKey }) => {
    requireKeys(withKey, wanted)
    return print(answer)
  })
}

function toComparison(models: readonly Model[], rows: readonly Fact[][]) {
  const idsOf = (isChosen: (index: number) => boolean) =>
    models.filter((_, index) => isChosen(index)).map(({ id }) => id)
  return {
    models,
    rows: rows.map((facts) => {
      const best = bestOf(facts)
      return {
        field: facts[0]?.field ?? '',
        differs: areDifferent(facts),
        best: idsOf((index) => best.has(index)),
      }
    }),
  }
}

/** `≠` marks a line in which something known differs, `✓` the best of it. */
function toText(models: readonly Model[], rows: readonly Fact[][]): string {
  const lines = rows.map((facts) => {
    const best = bestOf(facts)
    const cells = facts.map(({ value = '—' }, index) =>
      best.has(index) ? styleText('green', `${value} ✓`) : value,
    )
    return [`${areDifferent(facts) ? '≠' : ' '} ${facts[0]?.title ?? ''}`, ...cells]
  })
  const heads = ['', ...models.map(({ id }) => styleText('bold', visible(id)))]
  const sources = [...new Set(rows.flat().flatMap(({ source }) => source ?? []))].filter(
    (source) => source !== '',
  )
  const note = sources.length > 0 ? `\n\nWhat the providers do not say is from ${sources.join(' and ')}.` : ''
  return `${toColumns([heads, ...lines])}${note}\n`
}

/** Unknown is not another value, and not the same. */
function areDifferent(facts: readonly Fact[]): boolean {
  return new Set(facts.flatMap(({ value }) => value ?? [])).size > 1
}

/** The places of the best; none where all that is known is alike, or where nothing is better. */
function bestOf(facts: readonly Fact[]): ReadonlySet<number> {
  const ranks = facts.map(({ rank }) => rank)
  const known = ranks.filter((rank) => rank !== undefined)
  const most = Math.max(...known)
  if (known.length < 2 || known.every((rank) => rank === most)) return new Set()
  return new Set(ranks.flatMap((rank, index) => (rank === most ? [index] : [])))
}
