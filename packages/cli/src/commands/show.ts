import { styleText } from 'node:util'
import { sameModels } from '@rollcall/core'
import { usd } from '@rollcall/core/figures'
import type { Model } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { askProviders } from '../ask-providers.ts'
import { findModels } from '../find-models.ts'
import { EXIT, type FactsOptions, requireKeys } from '../models-options.ts'
import { toColumns } from '../print/columns.ts'
import { factsOf } from '../print/facts.ts'
import { toSafeJson } from '../print/safe-json.ts'

/** Prints all that is known of one model, where each figure comes from, and who else serves the same one. */
export async function showCommand(name: string, options: FactsOptions): Promise<number> {
  const { demo, timeout, catalogue, json } = options
  return askProviders({ demo, timeout, catalogue, isTold: !json }, ({ answer, withKey, facts }) => {
    requireKeys(withKey)
    const [model] = findModels(answer, [name])
    if (!model) return EXIT.allFailed
    const ids = sameModels(answer.providers, facts.catalogue).get(model.id) ?? []
    const others = answer.providers
      .flatMap(({ models }) => models)
      .filter(({ id }) => id !== model.id && ids.includes(id))
    if (json) process.stdout.write(`${toSafeJson({ model, same_model: others })}\n`)
    else process.stdout.write(toText(model, others))
    return EXIT.answered
  })
}

function toText(model: Model, others: readonly Model[]): string {
  const rows = factsOf([model]).flatMap((facts) =>
    facts.map(({ title, value, source }) => [
      title,
      value ?? '—',
      value === undefined ? '' : (source ?? 'the provider'),
    ]),
  )
  const parts = [styleText('bold', visible(model.id)), toColumns(rows)]
  if (model.description) parts.push(visible(model.description))
  if (others.length > 0) {
    const prices = [model, ...others].map(({ id, pricing }) => [
      `  ${visible(id)}`,
      usd(pricing?.input),
      usd(pricing?.output),
    ])
    parts.push(toColumns([['The same model at', 'IN $/M', 'OUT $/M'], ...prices]))
  }
  return `${parts.join('\n\n')}\n`
}
