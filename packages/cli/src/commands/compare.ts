import { styleText } from 'node:util'
import { PROVIDERS } from '@rollcall/core'
import { COMPARED, type ComparedFacts, compareModels } from '@rollcall/core/compare-models'
import type { AvailableModels, Model } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { askProviders } from '../ask-providers.ts'
import { atServer } from '../at-server.ts'
import { findModels } from '../find-models.ts'
import { EXIT, type FactsOptions, refuseLocalOptions, requireKeys } from '../models-options.ts'
import { toColumns } from '../print/columns.ts'
import { toSafeJson } from '../print/safe-json.ts'
import { sourceText } from '../print/source-text.ts'
import { UsageError } from '../usage-error.ts'

/** Prints some models side by side: what differs, and which figure is the best. */
export async function compareCommand(names: readonly string[], options: FactsOptions): Promise<number> {
  const different = new Set(names)
  if (different.size < COMPARED.fewest || different.size > COMPARED.most) {
    throw new UsageError(
      `Name from ${COMPARED.fewest} to ${COMPARED.most} different models, such as openai/gpt-4o groq/llama-3.3-70b-versatile.`,
    )
  }
  const { demo, timeout, catalogue, json, server } = options
  const print = (answer: AvailableModels) => {
    const models = findModels(answer, names)
    const rows = compareModels(models)
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

function toComparison(models: readonly Model[], rows: readonly ComparedFacts[]) {
  return {
    models,
    rows: rows.map(({ field, differs, best }) => ({
      field,
      differs,
      best: models.flatMap(({ id }, index) => (best.has(index) ? [id] : [])),
    })),
  }
}

/** `≠` marks a line in which something known differs, `✓` the best of it. */
function toText(models: readonly Model[], rows: readonly ComparedFacts[]): string {
  const lines = rows.map(({ title, facts, differs, best }) => {
    const cells = facts.map(({ value = '—' }, index) =>
      best.has(index) ? styleText('green', `${value} ✓`) : value,
    )
    return [`${differs ? '≠' : ' '} ${title}`, ...cells]
  })
  const heads = ['', ...models.map(({ id }) => styleText('bold', visible(id)))]
  const sources = [
    ...new Set(
      rows.flatMap(({ facts }) => facts).flatMap(({ source }) => (source ? sourceText(source) : [])),
    ),
  ]
  const note = sources.length > 0 ? `\n\nWhat the providers do not say is from ${sources.join(' and ')}.` : ''
  return `${toColumns([heads, ...lines])}${note}\n`
}
